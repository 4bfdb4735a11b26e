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
 * @param part whether these are the results of a shard: a case that is not there may fail in another
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
        `The expected failure ${entry.pattern}${where} expired on ${entry.expires}: mend the target or give it a new date.`,
      );
      continue;
    }
    const matches = picomatch(entry.pattern, { bash: true });
    const failed = results.filter(
      (result) => matches(result.id) && (result.status === 'fail' || result.status === 'warn'),
    );
    for (const result of failed) result.expectedFailure = entry.reason;
    // A glob may name cases of several shards; an id stands in one.
    if (failed.length === 0 && (!part || results.some(({ id }) => id === entry.pattern)))
      notes.push(
        `The expected failure ${entry.pattern}${where} is stale: no case that it names fails any more. Take it out of the list.`,
      );
  }
  return notes;
}
