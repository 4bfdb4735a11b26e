import { distance } from 'fastest-levenshtein';

/**
 * @param wrong what was written
 * @param known what could have been meant
 * @returns the closest one, when it is close enough to be a slip of the finger
 */
export function closest(wrong: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const one of known) {
    const steps = distance(wrong.toLowerCase(), one.toLowerCase());
    if (steps < least) {
      least = steps;
      best = one;
    }
  }
  return best;
}

/** @returns ` Did you mean "…"?`, or nothing */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const best = closest(wrong, known);
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}
