import { setTimeout as sleep } from 'node:timers/promises';
import type { Answered, Behaviour } from '../fault.ts';
import { isObject } from '../json.ts';
import { isSuccess, recordsSeen } from './altering.ts';
import { removeFromList } from './listing.ts';

/** Long enough for requests that were sent together to arrive together. */
const OVERLAP_MS = 15;

/**
 * Keeps a field of a new record in a variable that all requests share: of creates that overlap, all store the last one's value.
 * @param operation the create
 * @param field the field
 * @returns the behaviour
 */
export function sharingVariable(operation: string, field: string): Behaviour {
  return () => {
    let shared: unknown;
    return async (asked, next) => {
      if (asked.operation !== operation || !isObject(asked.body) || typeof asked.body[field] !== 'string')
        return next(asked);
      const { body } = asked;
      const own = body[field];
      shared = own;
      await sleep(OVERLAP_MS);
      return next(shared === own ? asked : { ...asked, body: { ...body, [field]: shared }, raw: undefined });
    };
  };
}

/**
 * Gives records whose creates overlap one and the same id.
 * @param operation the create
 * @returns the behaviour
 */
export function repeatingIds(operation: string): Behaviour {
  return (api) => {
    let inFlight = 0;
    let last: unknown;
    return async (asked, next) => {
      if (asked.operation !== operation) return next(asked);
      inFlight += 1;
      await sleep(OVERLAP_MS);
      const answered = await next(asked);
      inFlight -= 1;
      for (const { record } of recordsSeen(api, asked, answered)) {
        if (inFlight > 0 && last === undefined) last = record[api.idProperty];
        else if (last !== undefined) record[api.idProperty] = last;
      }
      if (inFlight === 0) last = undefined;
      return answered;
    };
  };
}

/**
 * Answers all of the creates that overlap, and stores only one of them.
 * @param operation the create
 * @returns the behaviour
 */
export function losingOverlaps(operation: string): Behaviour {
  return (api) => {
    let inFlight = 0;
    const lost = new Set<string>();
    return async (asked, next) => {
      if (asked.id !== undefined && lost.has(asked.id)) return api.refusal(404);
      if (asked.operation !== operation) {
        const answered = await next(asked);
        removeFromList(api, asked, answered, (id) => lost.has(id));
        return answered;
      }
      inFlight += 1;
      await sleep(OVERLAP_MS);
      const answered = await next(asked);
      inFlight -= 1;
      if (inFlight > 0) for (const { id } of recordsSeen(api, asked, answered)) lost.add(id);
      return answered;
    };
  };
}

/**
 * Answers a create whose field has the value of an earlier record with that record, as if it had made one.
 * @param operation the create
 * @param field the field
 * @returns the behaviour
 */
export function answeringOlder(operation: string, field: string): Behaviour {
  return () => {
    const known = new Map<unknown, Answered>();
    return async (asked, next) => {
      const value = asked.operation === operation && isObject(asked.body) ? asked.body[field] : undefined;
      const older = known.get(value);
      // Only what would have succeeded: other refusals come first.
      const answered = await next(asked);
      if (value === undefined || !isSuccess(answered)) return answered;
      if (older !== undefined) return structuredClone(older);
      known.set(value, structuredClone(answered));
      return answered;
    };
  };
}

/**
 * Makes two records of each create, and answers with the first.
 * @param operation the create
 * @returns the behaviour
 */
export function makingTwo(operation: string): Behaviour {
  return () => async (asked, next) => {
    const answered = await next(asked);
    if (asked.operation === operation && isSuccess(answered)) await next(asked);
    return answered;
  };
}
