import type { Behaviour } from '../fault.ts';
import { dig } from '../json.ts';
import { answering } from './answering.ts';

/**
 * Refuses a text that is longer than a limit, measured in a way of its own.
 * @param operations the writes that do
 * @param field the field
 * @param limit the most it may measure
 * @param measure how long a text is
 * @returns the behaviour
 */
export function limiting(
  operations: readonly string[],
  field: string,
  limit: number,
  measure: (text: string) => number,
): Behaviour {
  return answering(
    ({ operation, body }) => {
      const value = dig(body, field);
      return operations.includes(operation ?? '') && typeof value === 'string' && measure(value) > limit;
    },
    (_asked, api) => api.refusal(400, field),
  );
}
