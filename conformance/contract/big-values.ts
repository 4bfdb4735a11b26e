/**
 * Holding a value to a schema takes time that grows with the square of what is wrong with it (Ajv joins the breaches of each item to
 * all before), and a target chooses both.
 */
import { UnjudgedError } from './errors.ts';
import { within } from './time-limit.ts';

/** Parts of a value up to which a validator is done in an instant, whatever is wrong. */
const SMALL = 5000;

/** Items of an array that are looked at first: whoever sends thousands of wrong ones sends a wrong one among these. */
const FIRST_ITEMS = 100;

/** Long enough for ten thousand right records, even on a busy machine. */
const TIMEOUT_MS = 2000;

/** What an array is held to as a whole says nothing about its first items. */
const OF_ALL_ITEMS = new Set(['minItems', 'contains', 'minContains']);

interface Breach {
  keyword: string;
}

/**
 * @param validate gives the breaches of a value, in the time it takes
 * @param value the value
 * @returns its breaches, or as many of them as can be found in bearable time
 * @throws UnjudgedError when none are found in that time
 */
export function breachesInTime<T extends Breach>(
  validate: (value: unknown) => readonly T[],
  value: unknown,
): readonly T[] {
  if (isSmall(value)) return validate(value);
  const first = within(TIMEOUT_MS, () => validate(firstItems(value)))?.result ?? [];
  const sure = first.filter(({ keyword }) => !OF_ALL_ITEMS.has(keyword));
  if (sure.length > 0) return sure;
  const all = within(TIMEOUT_MS, () => validate(value));
  if (all) return all.result;
  throw new UnjudgedError(
    `The body is too long to be held to its schema within ${String(TIMEOUT_MS / 1000)} s: nothing can be said about it.`,
  );
}

function isSmall(value: unknown): boolean {
  let left = SMALL;
  const count = (item: unknown): boolean => {
    left -= 1;
    if (left < 0) return false;
    if (typeof item !== 'object' || item === null) return true;
    return Object.values(item).every(count);
  };
  return count(value);
}

function firstItems(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, FIRST_ITEMS).map(firstItems);
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [name, inner] of Object.entries(value)) copy[name] = firstItems(inner);
  return copy;
}
