import type { Behaviour } from '../fault.ts';
import { isObject } from '../json.ts';
import { recordsSeen } from './altering.ts';

/**
 * Applies a value that only the server may set, when a client sends it.
 * @param operation the write that applies it
 * @param field the field
 * @returns the behaviour
 */
export function forging(operation: string, field: string): Behaviour {
  return (api) => {
    const forged = new Map<string, unknown>();
    return async (asked, next) => {
      const answered = await next(asked);
      for (const { record, id } of recordsSeen(api, asked, answered)) {
        if (asked.operation === operation && isObject(asked.body) && asked.body[field] !== undefined)
          forged.set(id, asked.body[field]);
        if (forged.has(id)) record[field] = forged.get(id);
      }
      return answered;
    };
  };
}

/**
 * Takes a client's own id for a new record, which can then be read and written under it.
 * @param operation the create
 * @returns the behaviour
 */
export function forgingId(operation: string): Behaviour {
  return (api) => {
    const realByForged = new Map<string, string>();
    const forgedByReal = new Map<string, string>();
    return async (asked, next) => {
      const real = asked.id === undefined ? undefined : realByForged.get(decodeURIComponent(asked.id));
      const answered = await next(real === undefined ? asked : { ...asked, id: real, path: api.pathOf(real) });
      for (const { record, id } of recordsSeen(api, asked, answered)) {
        const wanted = asked.operation === operation && isObject(asked.body) ? asked.body[api.idProperty] : undefined;
        if (typeof wanted === 'string') {
          realByForged.set(wanted, id);
          forgedByReal.set(id, wanted);
        }
        record[api.idProperty] = forgedByReal.get(id) ?? id;
      }
      return answered;
    };
  };
}
