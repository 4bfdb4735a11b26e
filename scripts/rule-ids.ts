import { ruleIds as known } from '../conformance/rules/index.ts';

/** Ids of all rules, for the scripts that check names against them; `explore` is a rule by its option alone. */
export const ruleIds: readonly string[] = [...new Set([...known, 'explore'])];
