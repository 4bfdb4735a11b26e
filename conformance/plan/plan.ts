import type { Contract } from '../contract/types.ts';
import type { Level, RequirementInfo } from '../model/index.ts';
import { rules } from '../rules/index.ts';
import type { Case, Rule } from '../rules/types.ts';
import { requirementOf } from './requirement.ts';
import { selector, shardOf, type Selection } from './selection.ts';

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
  const options = {
    roles: selection.roles,
    fixtures: selection.fixtures,
    explore: selection.explore,
    readOnly: selection.readOnly,
  };
  const all = rules.flatMap((rule) => rule.cases(contract, options).map((testCase): [Rule, Case] => [rule, testCase]));
  refuseTwins(all.map(([, testCase]) => testCase.id));
  const wanted = selector(
    all.map(([, testCase]) => testCase.id),
    selection,
  );
  const { shard } = selection;
  const chosen = all
    // Naming a case is wanting it, whatever the profile.
    .filter(([rule]) => selection.profile === 'full' || rule.profile === 'core' || selection.include.length > 0)
    .filter(([, testCase]) => wanted(testCase.id))
    .filter(([, testCase]) => !selection.readOnly || testCase.writes.length === 0)
    .filter(([, testCase]) => !shard || shardOf(testCase.id, shard.count) === shard.index);
  return chosen.map(([rule, testCase]) => {
    const requirement = requirementOf(contract, rule, testCase);
    const { id, level, title, operation, field, way } = testCase;
    return {
      id,
      rule: rule.id,
      requirement: requirement.id,
      level,
      title,
      operation,
      field,
      way,
      case: testCase,
      requirementInfo: requirement,
    };
  });
}

function refuseTwins(ids: string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new Error(`two cases have the id ${id}`);
    seen.add(id);
  }
}
