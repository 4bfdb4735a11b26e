/** What of a document was judged, and which values would let more of it be judged. */
import type { Report } from '../model/index.ts';
import { plural, thousands } from './summary.ts';

/** A value to give, and how many operations wait for it. */
export interface Unlocking {
  /** As `--fixture` takes it. */
  fixture: string;
  operations: number;
}

const JUDGED = new Set(['pass', 'fail', 'warn']);

/**
 * @param report a run's report
 * @returns how many of the written properties were read back, in one clause; nothing where the run has no such case
 */
export function roundTripClause({ cases }: Report): string | undefined {
  const trips = cases.filter(({ rule }) => rule === 'round-trip' || rule === 'presence');
  if (trips.length === 0) return undefined;
  const judged = trips.filter(({ status }) => JUDGED.has(status));
  const writes = (of: typeof trips): number => new Set(of.map(({ operation }) => operation)).size;
  return `${thousands(judged.length)} of ${plural(trips.length, 'round-trip')} (in ${thousands(writes(judged))} of ${plural(writes(trips), 'write')})`;
}

/**
 * @param report a run's report
 * @returns the fixtures that operations wait for, themselves or for a record that another operation makes; the one that most wait for first
 */
export function unlocking({ untouched, cases }: Report): Unlocking[] {
  const reasons = new Map(untouched.filter(({ kind }) => kind === 'operation').map(({ id, reason }) => [id, reason]));
  const waitsFor = new Map<string, string>();
  for (const { operation, blockedBy } of cases) {
    const [what, maker] = blockedBy?.split('|') ?? [];
    if (what === 'accepts' && maker !== undefined && maker !== operation) waitsFor.set(operation, maker);
  }
  const counts = new Map<string, number>();
  for (const [id, reason] of reasons) {
    const fixture = fixtureIn(reason) ?? fixtureIn(reasons.get(waitsFor.get(id) ?? '') ?? '');
    if (fixture !== undefined) counts.set(fixture, (counts.get(fixture) ?? 0) + 1);
  }
  return [...counts]
    .map(([fixture, operations]) => ({ fixture, operations }))
    .sort((a, b) => b.operations - a.operations);
}

/** Reasons end in the option that would help, as it is typed. */
function fixtureIn(reason: string): string | undefined {
  return /--fixture ([^\s=]+)=/.exec(reason)?.[1];
}
