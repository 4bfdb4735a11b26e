/** Finds the smallest value that still fails. */
import type { Arbitrary } from 'fast-check';
import type { Outcome } from '../types.ts';
import type { FastCheck } from './arbitraries.ts';

/** A value that failed. */
export interface Failing {
  value: unknown;
  outcome: Outcome;
}

/**
 * @param fc the library
 * @param arbitrary where the value came from
 * @param from the value that failed, and the seed that made it
 * @param fails the outcome of a value that fails as well; `undefined` for one that does not, or when enough were asked
 * @returns the smallest that was found
 */
export async function smallest(
  fc: FastCheck,
  arbitrary: Arbitrary<unknown>,
  from: Failing & { seed: number },
  fails: (value: unknown) => Promise<Outcome | undefined>,
): Promise<Failing> {
  let best: Failing = { value: from.value, outcome: from.outcome };
  const first = JSON.stringify(from.value);
  const known = new Set([first]);
  await fc.check(
    fc.asyncProperty(arbitrary, async (value) => {
      const text = JSON.stringify(value);
      if (text === first) return false;
      if (known.has(text)) return true;
      known.add(text);
      const outcome = await fails(value);
      if (outcome) best = { value, outcome };
      return outcome === undefined;
    }),
    { seed: from.seed, numRuns: 20 },
  );
  return best;
}
