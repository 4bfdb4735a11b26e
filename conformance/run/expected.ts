/** Failures that a user knows of and has given a reason for. */
import picomatch from 'picomatch';
import type { CaseResult } from '../model/index.ts';

export interface ExpectedFailure {
  /** A case id or a glob over them. */
  pattern: string;
  reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  expires?: string;
  line?: number;
}

/**
 * Marks the results that were expected to fail.
 *
 * @param results the results, which are changed
 * @param expected the user's list
 * @param today `YYYY-MM-DD`
 * @param part whether these are the results of a shard or of a selection: a case that is not there may fail elsewhere
 * @returns sentences about entries that are stale or expired; both count as failures
 */
export function applyExpected(
  results: CaseResult[],
  expected: readonly ExpectedFailure[],
  today: string,
  part = false,
): string[] {
  const notes: string[] = [];
  for (const entry of expected) {
    const where = entry.line === undefined ? '' : ` (line ${String(entry.line)})`;
    if (entry.expires !== undefined && entry.expires < today) {
      notes.push(
        `The expected failure ${entry.pattern}${where} expired on ${entry.expires}: fix the target or give it a new date.`,
      );
      continue;
    }
    const matches = picomatch(entry.pattern, { bash: true });
    const failed = results.filter(
      (result) => matches(result.id) && (result.status === 'fail' || result.status === 'warn'),
    );
    for (const result of failed) result.expectedFailure = entry.reason;
    if (failed.length === 0 && isAsked(results, entry.pattern, matches, part))
      notes.push(
        `The expected failure ${entry.pattern}${where} is stale: no case that it names fails any more. Take it out of the list.`,
      );
  }
  return notes;
}

/** Only what was asked and passed can be stale: a dead target or a wrong token fixes nothing. A glob may name cases of other shards. */
function isAsked(
  results: readonly CaseResult[],
  pattern: string,
  matches: (id: string) => boolean,
  part: boolean,
): boolean {
  const named = results.filter(({ id }) => id === pattern || matches(id));
  if (part) return named.some(({ id, status }) => id === pattern && status === 'pass');
  return named.every(({ status }) => status === 'pass' || status === 'not-applicable');
}
