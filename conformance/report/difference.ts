/** Says of each row of a finding's evidence in a few words what is wrong with it; the classifier is the model's. */
import { differenceOf, differenceWords } from '../model/breach/difference.ts';
import type { Evidence } from '../model/index.ts';

/**
 * @param sent what was sent
 * @param got what came back
 * @returns words for how they differ: `in lower case`, `cut after 64 of 255 characters`
 */
export function difference(sent: unknown, got: unknown): string {
  return differenceWords(differenceOf(sent, got));
}

/**
 * @param row a row of the evidence
 * @param evidence the evidence that it belongs to
 * @returns the verdict on the row in a few words
 */
export function judgeRow(row: Evidence['got'][number], evidence: Evidence): string {
  if (row.ok && row.missing === true) return 'absent, as it may be';
  // A status is the answer to what was sent, and not the value come back.
  if (row.where === 'status') return row.ok ? 'as the contract says' : 'not as the contract says';
  if (row.ok) return evidence.sent === undefined ? 'as the contract says' : 'as sent';
  if (row.missing === true) return 'missing';
  return evidence.sent === undefined ? 'not as the contract says' : difference(evidence.sent, row.got);
}
