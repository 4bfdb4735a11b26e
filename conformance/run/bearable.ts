/** What a target sent is kept to the end of a run and told in every report: as much of it as a person needs. */
import type { Breach, Exchange } from '../model/index.ts';
import type { Outcome } from '../rules/types.ts';

/** No message of ours comes near it; names and values that a target chose may stand in one. */
const LONGEST_TEXT = 4000;

/** Values in one piece of evidence, beyond which nobody reads. */
const MOST_VALUES = 500;

/** @returns the outcome of a case without what is too big to be kept hundreds of times */
export function bearable(outcome: Outcome): Outcome {
  const { message, field, evidence, exchanges, also, breach } = outcome;
  return {
    ...outcome,
    message: message === undefined ? undefined : shortText(message),
    field: field === undefined ? undefined : shortText(field),
    exchanges: exchanges?.map(withoutJson),
    evidence: evidence && { ...evidence, got: evidence.got.map((row) => withGot(row, shortValue)) },
    also: also?.map(bearable),
    breach: breach && boundedBreach(breach),
  };
}

/** @returns the breach with long values cut */
export function boundedBreach(breach: Breach): Breach {
  return Object.fromEntries(
    Object.entries(breach).map(([name, value]) => [name, shortValue(value)]),
  ) as unknown as Breach;
}

/** @returns the exchange as reports show it: with its bodies as text, which hold the same and are bounded */
export function withoutJson(exchange: Exchange): Exchange {
  if (!exchange.response) return exchange;
  const { json: _json, ...response } = exchange.response;
  return { ...exchange, response };
}

function withGot<T extends { got?: unknown }>(row: T, change: (value: unknown) => unknown): T {
  return row.got === undefined ? row : { ...row, got: change(row.got) };
}

/** @returns the text, cut in the middle when it is very long */
export function shortText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, LONGEST_TEXT - 100)}…${text.slice(-60)} (${String(text.length)} characters)`;
}

/** @returns the JSON value with long texts cut, and without what comes after its first few hundred values */
export function shortValue(value: unknown): unknown {
  let left = MOST_VALUES;
  const short = (item: unknown): unknown => {
    left -= 1;
    if (typeof item === 'string') return shortText(item);
    if (typeof item !== 'object' || item === null) return item;
    const entries: [string, unknown][] = [];
    const all = Object.entries(item);
    for (const [key, inner] of all) {
      if (left <= 0) break;
      entries.push([shortText(key), short(inner)]);
    }
    const missing = all.length - entries.length;
    const rest = missing > 0 ? `(${String(missing)} more)` : undefined;
    if (Array.isArray(item)) return [...entries.map(([, inner]) => inner), ...(rest === undefined ? [] : [rest])];
    return Object.fromEntries(rest === undefined ? entries : [...entries, ['…', rest]]);
  };
  return short(value);
}
