import { idempotencyRule, notRefused, repeated, sendKeyed } from './kit/idempotency.ts';
import { notApplicable, pass } from './kit/outcome.ts';
import type { Rule } from './types.ts';

const words = {
  title: 'a repeated idempotency key is refused',
  about: 'A create with a key succeeds and is sent again, word for word: at once, and once more at the end of the run.',
  example: 'The same Idempotency-Key gives a second call.',
  sentence: 'The same idempotency key again is answered with its documented status.',
};

const atOnce = idempotencyRule(
  'idempotency-repeat',
  words,
  'MUST',
  'the same idempotency key again is refused',
  2,
  async (session, keyed) => {
    const { first, again } = await repeated(session, keyed);
    if (again.response?.status === keyed.status) return pass(first, again);
    return notRefused(keyed, again, {}, [first, again]);
  },
);

/** A key that is kept in a cache of the last few, or for an instant, is forgotten by then. */
const atTheEnd = idempotencyRule(
  'idempotency-repeat',
  words,
  'MUST',
  'the same idempotency key is refused at the end of the run as well',
  1,
  async (session, keyed) => {
    const { first, again, key, json } = await repeated(session, keyed);
    if (again.response?.status !== keyed.status)
      return notApplicable('the repeat was not refused at once, which another case tells');
    const last = await sendKeyed(session, keyed, key, 'repeat-at-the-end', json);
    if (last.response?.status === keyed.status) return pass(first, last);
    return notRefused(keyed, last, { later: true }, [first, last]);
  },
  { detail: 'later', phase: 'end' },
);

/** The same key again makes no second record. */
export const idempotencyRepeat: Rule = {
  ...atOnce,
  cases: (contract, options) => [...atOnce.cases(contract, options), ...atTheEnd.cases(contract, options)],
};
