import type { Answered, Api, Asked, Behaviour, JsonObject, Way } from '../fault.ts';

/** A record in an answer, which may be changed in place. */
export interface Seen {
  readonly record: JsonObject;
  readonly way: Way;
  readonly asked: Asked;
  readonly id: string;
}

/**
 * @param api the API
 * @param asked the request
 * @param answered its answer
 * @returns the records in the answer, when it is a success
 */
export function recordsSeen(api: Api, asked: Asked, answered: Answered): Seen[] {
  const way = asked.operation === undefined ? undefined : api.ways[asked.operation];
  if (way === undefined || asked.operation === undefined || !isSuccess(answered)) return [];
  return api
    .recordsIn(asked.operation, answered.body)
    .map((record) => ({ record, way, asked, id: String(record[api.idProperty]) }));
}

/**
 * @param answered an answer
 * @returns whether its status is a 2xx
 */
export function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

/**
 * Changes records on their way out.
 * @param change changes one record in place
 * @param ways the ways in which it does; all unless named
 * @returns the behaviour
 */
export function altering(change: (seen: Seen) => void, ways?: readonly Way[]): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    for (const seen of recordsSeen(api, asked, answered)) if (ways?.includes(seen.way) ?? true) change(seen);
    return answered;
  };
}

/**
 * Changes one field of every record on its way out; undefined leaves the field out.
 * @param field the field
 * @param change makes the new value
 * @param ways the ways in which it does; all unless named
 * @returns the behaviour
 */
export function alteringField(
  field: string,
  change: (value: unknown, record: JsonObject) => unknown,
  ways?: readonly Way[],
): Behaviour {
  return altering(({ record }) => {
    if (field in record) record[field] = change(record[field], record);
  }, ways);
}

/**
 * Like `altering`, with a memory of its own for every server.
 * @param start makes the memory, and what changes one record with it
 * @returns the behaviour
 */
export function alteringWithMemory(start: () => (seen: Seen) => void): Behaviour {
  return (api) => altering(start())(api);
}

/**
 * Shows a field as it was when the record was first seen, whatever was written later.
 * @param field the field
 * @param ways the ways in which it does; all unless named
 * @returns the behaviour
 */
export function stuck(field: string, ways?: readonly Way[]): Behaviour {
  return alteringWithMemory(() => {
    const first = new Map<string, unknown>();
    return ({ record, id, way }) => {
      if (!first.has(id)) first.set(id, record[field]);
      else if (ways?.includes(way) ?? true) record[field] = first.get(id);
    };
  });
}

/**
 * Shows a field of one record with the value of the record that was created before it.
 * @param field the field
 * @param ways the ways in which it does
 * @returns the behaviour
 */
export function swapped(field: string, ways: readonly Way[]): Behaviour {
  return alteringWithMemory(() => {
    const earlier = new Map<string, unknown>();
    let last: unknown;
    return ({ record, id, way }) => {
      if (way === 'create') {
        earlier.set(id, last);
        last = record[field];
      }
      if (ways.includes(way) && earlier.get(id) !== undefined) record[field] = earlier.get(id);
    };
  });
}
