/** Which requirement a case tests. */
import { requirementFor } from '../contract/requirements.ts';
import type { Contract } from '../contract/types.ts';
import type { RequirementInfo } from '../model/index.ts';
import type { Case, Rule } from '../rules/types.ts';

/**
 * @param contract the contract; one without requirements of its own gets the rule's sentence
 * @param rule the case's rule
 * @param testCase the case
 */
export function requirementOf(contract: Contract, rule: Rule, testCase: Case): RequirementInfo {
  const row = requirementFor(contract.requirements, {
    rule: rule.id,
    operation: testCase.operation,
    field: testCase.field,
    level: testCase.level,
  });
  if (row) return { id: row.id, level: row.level, sentence: row.sentence, source: row.source };
  return { id: `RULE-${rule.id.toUpperCase()}`, level: testCase.level, sentence: rule.sentence };
}
