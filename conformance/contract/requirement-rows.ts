/** Which row of a contract's requirements a case belongs to, and where the rows stand. */
import type { Level } from '../model/index.ts';
import type { Requirement } from './types.ts';

/** What is known of a case when its requirement is looked for. */
export interface CaseKey {
  rule: string;
  operation?: string;
  field?: string;
  level?: Level;
}

/**
 * The row that a case or a finding belongs to: of the rows with its own level the one that names its rule most closely (fields
 * and operations, fields, operations, neither); a row with another level only where none has its own, so that no SHOULD is
 * printed below a sentence that says MUST.
 *
 * @param requirements the contract's rows
 * @param key the case
 * @returns the row, or undefined when no row names the rule for it
 */
export function requirementFor(requirements: readonly Requirement[], key: CaseKey): Requirement | undefined {
  let best: Requirement | undefined;
  let bestRank = -1;
  for (const row of rowsOf(requirements, key.rule)) {
    if (row.operations && (key.operation === undefined || !row.operations.includes(key.operation))) continue;
    if (row.fields && (key.field === undefined || !row.fields.includes(key.field))) continue;
    const rank = (row.level === key.level ? 8 : 0) + (row.fields ? 4 : 0) + (row.operations ? 2 : 0);
    if (rank > bestRank) [best, bestRank] = [row, rank];
  }
  return best;
}

const byRule = new WeakMap<readonly Requirement[], Map<string, Requirement[]>>();

/** The rows that a rule tests; every case of a run asks. */
function rowsOf(requirements: readonly Requirement[], rule: string): Requirement[] {
  const known = byRule.get(requirements) ?? new Map<string, Requirement[]>();
  byRule.set(requirements, known);
  const rows = known.get(rule) ?? requirements.filter(({ rules }) => rules.includes(rule));
  known.set(rule, rows);
  return rows;
}

/** @returns where a contract's requirements stand: `openapi/calls.yaml` has `openapi/calls.requirements.yaml` */
export function requirementsFileOf(file: string): string {
  return file.replace(/\.(ya?ml|json)$/i, '') + '.requirements.yaml';
}
