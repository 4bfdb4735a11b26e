import type { Exchange } from '../model/index.ts';
import type { Outcome, Session } from './types.ts';
import { serverError } from './kit/answers.ts';
import { freshKey, idempotencyRule, sendKeyed, type Keyed } from './kit/idempotency.ts';
import { breached, pass } from './kit/outcome.ts';
import { body, control, readOnce, succeeded } from './kit/steps.ts';

/** A store that looks first and writes then loses a race now and again, and not each time. */
const ROUNDS = 5;
const SIZE = 5;

/** Of several equal requests at once exactly one makes a record. */
export const idempotencyRace = idempotencyRule(
  'idempotency-race',
  {
    title: 'of several equal requests at once exactly one makes a record',
    about:
      'The same create is sent several times at once under one fresh key, while nothing else is asked: one succeeds, the others are refused as repeats. Several rounds, each with a key of its own.',
    example: 'Five equal requests at once give two calls.',
    sentence: 'Of several equal requests at once exactly one makes a record and the rest are refused.',
  },
  'MUST',
  'of several equal requests at once exactly one makes a record',
  ROUNDS * SIZE,
  async (session, keyed) => {
    const seen: Exchange[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await warmUp(session, keyed);
      const { answers, outcome } = await race(session, keyed, round);
      if (outcome) return outcome;
      seen.push(...answers);
    }
    return pass(...seen);
  },
  { phase: 'alone' },
);

/** Threads, connections to a database and compiled code are at hand before the race begins. */
async function warmUp(session: Session, { resource }: Keyed): Promise<void> {
  const { record } = await control(session, resource, 'create');
  if (!resource.read || !record) return;
  await Promise.all(Array.from({ length: SIZE }, () => readOnce(session, resource, record.id)));
}

async function race(
  session: Session,
  keyed: Keyed,
  round: number,
): Promise<{ answers: Exchange[]; outcome?: Outcome }> {
  const name = round === 0 ? 'race' : `race-${String(round)}`;
  const key = freshKey(session, name);
  const json = body(session, keyed.resource, 'create', name);
  const answers = await Promise.all(Array.from({ length: SIZE }, () => sendKeyed(session, keyed, key, name, json)));
  const made = answers.filter(succeeded).length;
  const repeats = answers.filter((answer) => answer.response?.status === keyed.status).length;
  if (made === 1 && repeats === answers.length - 1) return { answers };
  return {
    answers,
    outcome: raced(keyed, answers, made),
  };
}

/** A 5xx is a cause of its own: what it did to the record that it was to make is not known. */
function raced({ header, status: expected }: Keyed, answers: Exchange[], made: number): Outcome {
  const failed = answers.find((answer) => (answer.response?.status ?? 0) >= 500);
  const server = failed && breached(serverError(failed, { of: 'race', count: SIZE, header }), { exchanges: [failed] });
  if (server && made <= 1) return server;
  const statuses = answers.map((answer) => answer.response?.status ?? 0);
  return breached(
    { kind: 'race', made, statuses, count: answers.length, header, expected },
    { exchanges: answers, ...(server ? { also: [server] } : {}) },
  );
}
