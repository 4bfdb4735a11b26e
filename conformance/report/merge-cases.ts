/** The cases of a split run: those that judge what other cases saw stand in every shard, and are joined. */
import { causeOf, sameCause } from '../model/breach/cause.ts';
import type { CaseBreach, CaseResult, CaseStatus, Report } from '../model/index.ts';

/** What one shard could not ask the whole cannot say; a shard that had nothing to assert leaves it to the others. */
const order: readonly CaseStatus[] = ['fail', 'error', 'warn', 'not-tested', 'pass', 'not-applicable'];

/**
 * @param reports the shards' reports
 * @returns each case once: of one that stands in several reports the worst outcome, with the breaches of all
 */
export function joinCases(reports: readonly Report[]): CaseResult[] {
  const joined = new Map<string, CaseResult>();
  for (const one of reports.flatMap(({ cases }) => cases)) {
    const known = joined.get(one.id);
    joined.set(one.id, known === undefined ? one : join(known, one));
  }
  return [...joined.values()];
}

function join(one: CaseResult, other: CaseResult): CaseResult {
  const [worst, better] = order.indexOf(other.status) < order.indexOf(one.status) ? [other, one] : [one, other];
  const breaches = distinct([...(worst.breaches ?? []), ...(better.breaches ?? [])]);
  const { exchangeIds: _ids, expectedFailure, ...rest } = worst;
  // Exchange ids count per shard; a failure is expected only if every shard that saw it says so.
  const unexpected = [one, other].some(
    ({ status, expectedFailure: reason }) => (status === 'fail' || status === 'warn') && reason === undefined,
  );
  return {
    ...rest,
    durationMs: one.durationMs + other.durationMs,
    ...(breaches.length > 0 ? { breaches } : {}),
    ...(expectedFailure === undefined || unexpected ? {} : { expectedFailure }),
  };
}

/** As one run has them: each cause once, what is worse first; of two equal ones that which leads its cause. */
function distinct(breaches: readonly CaseBreach[]): CaseBreach[] {
  const kept: CaseBreach[] = [];
  for (const one of breaches) {
    const at = kept.findIndex((known) => known.level === one.level && sameCause(causeOf(known), causeOf(one)));
    const known = kept[at];
    if (!known) kept.push(one);
    else if (known.reproduce === undefined && one.reproduce !== undefined) kept[at] = one;
  }
  return kept.sort((a, b) => Number(b.level === 'MUST') - Number(a.level === 'MUST'));
}
