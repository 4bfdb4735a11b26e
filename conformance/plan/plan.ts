import type { Contract } from '../contract/types.ts';
import type { Level, RequirementInfo } from '../model/index.ts';
import { rules } from '../rules/index.ts';
import type { Case } from '../rules/types.ts';
import { requirementsOf } from './requirement.ts';
import { shardOf, Wanted, type Selection } from './selection.ts';

/** A case with its place in the run. */
export interface PlannedCase {
  id: string;
  rule: string;
  requirement: string;
  level: Level;
  title: string;
  operation: string;
  field?: string;
  way?: string;
  /** For the run. */
  case: Case;
  requirementInfo: RequirementInfo;
}

/**
 * @param contract the contract
 * @param selection what the user wants
 * @returns the cases in the order of the rules and of the contract; none when the selection leaves none
 * @throws SelectionError when a pattern matches nothing
 */
export function planCases(contract: Contract, selection: Selection): PlannedCase[] {
  return [...eachCase(contract, selection)];
}

/**
 * The same one after the other, so that who wants a line of each does not hold them all: a contract of a thousand operations
 * has a hundred thousand cases.
 * @param contract the contract
 * @param selection what the user wants
 * @returns the cases in the order of the rules and of the contract
 * @throws SelectionError after the last one, when a pattern has matched nothing
 */
export function* eachCase(contract: Contract, selection: Selection): Generator<PlannedCase, void> {
  const { roles, fixtures, explore, readOnly, shard } = selection;
  const requirementOf = requirementsOf(contract);
  const wanted = new Wanted(selection);
  const ids = new Set<string>();
  const unusable = new Set(contract.operations.flatMap((one) => (one.unusable === undefined ? [] : [one.id])));
  for (const rule of [...rules, ...(selection.rules ?? [])]) {
    // Naming a case is wanting it, whatever the profile.
    const inProfile = selection.profile === 'full' || rule.profile === 'core' || selection.include.length > 0;
    for (const testCase of rule.cases(contract, { roles, fixtures, explore, readOnly })) {
      const { id, level, title, operation, field, way } = testCase;
      // What cannot be read cannot be asked; the report names it with the reason.
      if (unusable.has(operation)) continue;
      if (ids.has(id)) throw new Error(`two cases have the id ${id}`);
      ids.add(id);
      if (!wanted.has(id) || !inProfile) continue;
      if (readOnly && testCase.writes.length > 0) continue;
      if (shard && !testCase.everywhere && shardOf(id, shard.count) !== shard.index) continue;
      const requirementInfo = requirementOf(rule, testCase);
      const requirement = requirementInfo.id;
      yield {
        id,
        rule: rule.id,
        requirement,
        level,
        title,
        operation,
        field,
        way,
        case: testCase,
        requirementInfo,
      };
    }
  }
  wanted.refuseUnmatched([...ids]);
}
