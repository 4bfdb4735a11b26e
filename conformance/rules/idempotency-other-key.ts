import { serverError } from './kit/answers.ts';
import { freshKey, idempotencyRule, original, referenceOf, sendKeyed } from './kit/idempotency.ts';
import { breached, pass } from './kit/outcome.ts';
import { succeeded } from './kit/steps.ts';

/** Other keys, or none, make other records. */
export const idempotencyOtherKey = idempotencyRule(
  'idempotency-other-key',
  {
    title: 'another idempotency key, or none, makes another record',
    about: 'The same body is sent under another key, and twice without one; each makes a record of its own.',
    example: 'The same body under another key is answered with 409.',
    sentence: 'Another idempotency key, or none, makes another record.',
  },
  'MUST',
  'another key, or none, makes another record',
  4,
  async (session, keyed) => {
    const { exchange, json } = await original(session, keyed, 'other-key');
    const others = [
      {
        key: 'another' as const,
        answer: await sendKeyed(session, keyed, freshKey(session, 'other-key-2'), 'other-key-2', json),
      },
      { key: 'none' as const, answer: await sendKeyed(session, keyed, undefined, 'other-key-3', json) },
      {
        key: 'none' as const,
        answer: await sendKeyed(session, keyed, undefined, 'other-key-4', json),
      },
    ];
    const seen = new Set([referenceOf(keyed, exchange)]);
    for (const { key, answer } of others) {
      const reference = referenceOf(keyed, answer);
      if (succeeded(answer) && !seen.has(reference)) {
        seen.add(reference);
        continue;
      }
      const status = answer.response?.status ?? 0;
      return breached(
        status >= 500
          ? serverError(answer, {
              of: 'fact',
              fact: key === 'none' ? `there is no ${keyed.header}` : `the ${keyed.header} is new`,
            })
          : { kind: 'key-mixed-up', header: keyed.header, status, key, again: succeeded(answer) },
        { exchanges: [exchange, answer] },
      );
    }
    return pass(exchange);
  },
);
