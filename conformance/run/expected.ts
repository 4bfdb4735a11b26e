/** Failures that a user knows of and has given a reason for. */
import picomatch from 'picomatch';
import { causeId, causeOf } from '../model/breach/cause.ts';
import type { CaseResult } from '../model/index.ts';

export interface ExpectedFailure {
  /** A case id or a glob over them; beside `causes` one case that showed the finding. */
  pattern: string;
  /** Ids of the causes of a finding: what fails for these is expected, and nothing else. */
  causes?: readonly string[];
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
  part: boolean | 'shard' = false,
): string[] {
  const notes: string[] = [];
  for (const entry of expected) {
    const where = entry.line === undefined ? '' : ` (line ${String(entry.line)})`;
    if (entry.expires !== undefined && entry.expires < today) {
      notes.push(
        `The expected failure ${nameOf(entry)}${where} expired on ${entry.expires}: fix the target or give it a new date.`,
      );
      continue;
    }
    const matches = picomatch(entry.pattern, { bash: true });
    const failed = results.filter(
      (result) => isNamed(entry, result, matches) && (result.status === 'fail' || result.status === 'warn'),
    );
    for (const result of failed) {
      // A case with two causes is expected to fail only if both are.
      const open = entry.causes && openCauses(result, expected, today);
      if (!open || open.length === 0) result.expectedFailure = entry.reason;
    }
    // What one shard fixed another may still show.
    if (failed.length === 0 && entry.causes && part === 'shard') continue;
    if (failed.length === 0 && isAsked(results, entry.pattern, matches, part !== false))
      notes.push(
        `The expected failure ${nameOf(entry)}${where} is stale: no case that it names fails any more. Take it out of the list.`,
      );
  }
  return notes;
}

function nameOf({ pattern, causes }: ExpectedFailure): string {
  return causes?.[0] ?? pattern;
}

/** @returns whether an entry is about a result: by its id, or by the cause of what it broke */
export function isNamed(
  { causes }: Pick<ExpectedFailure, 'causes'>,
  result: CaseResult,
  matches: (id: string) => boolean,
): boolean {
  return causes ? causesOf(result).some((cause) => causes.includes(cause)) : matches(result.id);
}

/** @returns the ids of the causes of what a case broke */
export function causesOf({ breaches = [] }: CaseResult): string[] {
  return [...new Set(breaches.map((one) => causeId(causeOf(one), one.level)))];
}

/** Causes of a case that no entry expects; what is only a SHOULD beside a broken MUST is not asked for. */
function openCauses(result: CaseResult, expected: readonly ExpectedFailure[], today: string): string[] {
  const known = new Set(
    expected.flatMap(({ causes = [], expires }) => (expires !== undefined && expires < today ? [] : causes)),
  );
  const grave = (result.breaches ?? []).filter(({ level }) => result.status !== 'fail' || level === 'MUST');
  return causesOf({ ...result, breaches: grave }).filter((cause) => !known.has(cause));
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
