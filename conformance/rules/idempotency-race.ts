import { freshKey, idempotencyRule, sendKeyed } from './kit/idempotency.ts';
import { broken, pass } from './kit/outcome.ts';
import { body, succeeded } from './kit/steps.ts';

/** Of several equal requests at once exactly one makes a record. */
export const idempotencyRace = idempotencyRule(
  'idempotency-race',
  {
    title: 'of several equal requests at once exactly one makes a record',
    about:
      'The same create is sent several times at once under one fresh key: one succeeds, the others are refused as repeats.',
    example: 'Five equal requests at once give two calls.',
    sentence: 'Of several equal requests at once exactly one makes a record and the rest are refused.',
  },
  'MUST',
  'of several equal requests at once exactly one makes a record',
  5,
  async (session, keyed) => {
    const key = freshKey(session, 'race');
    const json = body(session, keyed.resource, 'create', 'race');
    const answers = await Promise.all(
      Array.from({ length: session.raceSize }, () => sendKeyed(session, keyed, key, 'race', json)),
    );
    const made = answers.filter(succeeded).length;
    const repeats = answers.filter((answer) => answer.response?.status === keyed.status).length;
    if (made === 1 && repeats === answers.length - 1) return pass(...answers);
    const statuses = answers.map((answer) => String(answer.response?.status)).join(', ');
    return broken({
      kind: 'race',
      cause: answers.some((answer) => (answer.response?.status ?? 0) >= 500)
        ? `server-error|${keyed.operation.id}`
        : `idempotency|${keyed.operation.id}`,
      message: `${keyed.operation.id} was sent ${String(answers.length)} times at once under one ${keyed.header} and answered ${statuses}; the contract wants one success and ${String(keyed.status)} for the rest.`,
      suggestion: `Reserve the ${keyed.header} before the work begins, in one step that only one request can win.`,
      severity: 'critical',
      exchanges: answers,
    });
  },
);
