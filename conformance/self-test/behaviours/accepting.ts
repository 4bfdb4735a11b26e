import type { Behaviour, JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import { isSuccess, recordsSeen } from './altering.ts';

/** What a server takes that it has to refuse. */
export interface Accepting {
  readonly operations: readonly string[];
  readonly field: string;
  /** Whether this value (undefined: left out) is the one. */
  readonly when: (value: unknown, body: JsonObject) => boolean;
  /** Shows the value in a record; by default in the property of the same name, which undefined leaves out. */
  readonly show?: (record: JsonObject, value: unknown) => void;
}

/**
 * Takes a wrong value and stores it: a right one goes to the reference server in its place, and the wrong one is shown
 * in the record ever after, until it is written anew.
 * @param what the value and its field
 * @returns the behaviour
 */
export function accepting({ operations, field, when, show }: Accepting): Behaviour {
  return (api) => {
    const shown = new Map<string, unknown>();
    return async (asked, next) => {
      const { body } = asked;
      const writes = operations.includes(asked.operation ?? '') && isObject(body);
      const taken = writes && when(body[field], body);
      const answered = await next(
        taken ? { ...asked, body: { ...body, [field]: api.samples[field] }, raw: undefined } : asked,
      );
      for (const { record, id } of recordsSeen(api, asked, answered)) {
        if (taken) shown.set(id, body[field]);
        else if (writes && isSuccess(answered)) shown.delete(id);
        if (!shown.has(id)) continue;
        if (show !== undefined) show(record, shown.get(id));
        else record[field] = shown.get(id);
      }
      return answered;
    };
  };
}

/**
 * Tells values by their JSON type.
 * @param type a name as `typeof` tells it, or `null`, `missing`, `array`
 * @returns a condition for `when`
 */
export function isA(
  type: 'missing' | 'null' | 'array' | 'string' | 'number' | 'boolean' | 'object',
): (value: unknown) => boolean {
  return (value) => {
    if (value === undefined) return type === 'missing';
    if (value === null) return type === 'null';
    return type === (Array.isArray(value) ? 'array' : typeof value);
  };
}

/**
 * @param pattern a regular expression
 * @returns a condition for `when`: a text that matches
 */
export function matches(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}

/**
 * @param values texts that are right
 * @returns a condition for `when`: a text that is one of them in another case
 */
export function inOtherCase(...values: string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === 'string' &&
    !values.includes(value) &&
    values.some((right) => right.toLowerCase() === value.toLowerCase());
}
