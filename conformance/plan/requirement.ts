/** Which requirement a case tests. */
import { requirementFor } from '../contract/requirement-rows.ts';
import type { Contract } from '../contract/types.ts';
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
