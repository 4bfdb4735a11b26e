import { idempotencyRule, notRefused, original, sendKeyed } from './kit/idempotency.ts';
import { pass } from './kit/outcome.ts';

/** The same key with another body is a repeat as well. */
export const idempotencyOtherBody = idempotencyRule(
  'idempotency-other-body',
  {
    title: 'a used idempotency key is refused with another body too',
    about: 'A create with a key succeeds; another valid body is sent under the same key.',
    example: 'The same Idempotency-Key with another destination gives a second call.',
    sentence: 'The same idempotency key with another body is refused as well.',
  },
  'MUST',
  'a used idempotency key is refused with another body too',
  2,
  async (session, keyed) => {
    const { key, exchange } = await original(session, keyed, 'other-body');
    const again = await sendKeyed(session, keyed, key, 'other-body-again');
    if (again.response?.status === keyed.status) return pass(exchange, again);
    return notRefused(keyed, again, { otherBody: true }, [exchange, again]);
  },
);
