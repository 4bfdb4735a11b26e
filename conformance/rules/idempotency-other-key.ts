import { freshKey, idempotencyRule, original, referenceOf, sendKeyed } from './kit/idempotency.ts';
import { broken, pass } from './kit/outcome.ts';
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
        name: `under another ${keyed.header}`,
        answer: await sendKeyed(session, keyed, freshKey(session, 'other-key-2'), 'other-key-2', json),
      },
      { name: `without ${keyed.header}`, answer: await sendKeyed(session, keyed, undefined, 'other-key-3', json) },
      {
        name: `without ${keyed.header} once more`,
        answer: await sendKeyed(session, keyed, undefined, 'other-key-4', json),
      },
    ];
    const seen = new Set([referenceOf(keyed, exchange)]);
    for (const { name, answer } of others) {
      const reference = referenceOf(keyed, answer);
      if (succeeded(answer) && !seen.has(reference)) {
        seen.add(reference);
        continue;
      }
      const status = answer.response?.status ?? 0;
      return broken({
        kind: status >= 500 ? 'server-error' : 'key-mixed-up',
        cause: status >= 500 ? `server-error|${keyed.operation.id}` : `idempotency-other-key|${keyed.operation.id}`,
        message: `${keyed.operation.id} answered ${String(status)} to the same body ${name}${succeeded(answer) ? ', and told an earlier record again' : ''}; each is a request of its own.`,
        suggestion: `Tell repeats by ${keyed.header} alone.`,
        severity: 'critical',
        exchanges: [exchange, answer],
      });
    }
    return pass(exchange);
  },
);
