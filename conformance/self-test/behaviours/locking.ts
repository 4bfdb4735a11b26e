import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from '../fault.ts';
import { isSuccess } from './altering.ts';

/** Long enough for a write to overlap with another one that was sent at the same time. */
const TRANSACTION_MS = 5;

/**
 * Locks optimistically: of updates of one record that overlap, the first is stored and the others answer 409.
 * @see RFC 9110, section 15.5.10
 */
export const optimisticLocks: Behaviour = (api) => {
  const versions = new Map<string, number>();
  return async (asked, next) => {
    const { id, operation = '' } = asked;
    if (id === undefined || api.ways[operation] !== 'update') return next(asked);
    const read = versions.get(id) ?? 0;
    await sleep(TRANSACTION_MS);
    if ((versions.get(id) ?? 0) !== read) return api.refusal(409);
    const answered = await next(asked);
    if (isSuccess(answered)) versions.set(id, read + 1);
    return answered;
  };
};
