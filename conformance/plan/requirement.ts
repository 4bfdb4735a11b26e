/** Which requirement a case tests. */
import { requirementFor } from '../contract/requirement-rows.ts';
import type { Contract, Requirement } from '../contract/types.ts';
import type { RequirementInfo } from '../model/index.ts';
import type { Case, Rule } from '../rules/types.ts';

/**
 * @param contract the contract; one without requirements of its own gets the rules' sentences
 * @returns tells the requirement of a case; cases of one requirement are told one and the same object
 */
export function requirementsOf(contract: Contract): (rule: Rule, testCase: Case) => RequirementInfo {
  const told = new Map<unknown, RequirementInfo>();
  const once = (key: unknown, make: () => RequirementInfo): RequirementInfo => {
    const info = told.get(key) ?? make();
    told.set(key, info);
    return info;
  };
  return (rule, { operation, field, level }) => {
    const row = requirementFor(contract.requirements, { rule: rule.id, operation, field, level });
    if (row) return once(row, () => ({ id: row.id, level: row.level, sentence: row.sentence, source: row.source }));
    return once(`${rule.id} ${level}`, () => ({
      id: `RULE-${rule.id.toUpperCase()}`,
      level,
      sentence: rule.sentence,
    }));
  };
}

/**
 * @param contract the contract
 * @param cases all cases that it gives rise to
 * @returns the rows that name rules and that no case or finding can ever name: what they ask is not asked
 */
export function idleRequirements(
  contract: Contract,
  cases: readonly { rule: string; operation: string; field?: string }[],
): Requirement[] {
  const named = new Set<Requirement | undefined>();
  for (const level of ['MUST', 'SHOULD', 'MAY'] as const)
    for (const { rule, operation, field } of cases)
      named.add(requirementFor(contract.requirements, { rule, operation, field, level }));
  return contract.requirements.filter((row) => row.rules.length > 0 && !named.has(row));
}
