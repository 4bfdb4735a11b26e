import { idempotencyRule, notRefused, repeated } from './kit/idempotency.ts';
import { pass } from './kit/outcome.ts';

/** The same key again makes no second record. */
export const idempotencyRepeat = idempotencyRule(
  'idempotency-repeat',
  {
    title: 'a repeated idempotency key is refused',
    about: 'A create with a key succeeds and is sent again, word for word.',
    example: 'The same Idempotency-Key gives a second call.',
    sentence: 'The same idempotency key again is answered with its documented status.',
  },
  'MUST',
  'the same idempotency key again is refused',
  2,
  async (session, keyed) => {
    const { first, again } = await repeated(session, keyed);
    if (again.response?.status === keyed.status) return pass(first, again);
    return notRefused(keyed, again, `a repeat of a create under the same ${keyed.header}`, [first, again]);
  },
);
