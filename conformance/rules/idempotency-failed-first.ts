import { mutationsOf } from './kit/mutations.ts';
import { serverError } from './kit/answers.ts';
import { freshKey, idempotencyRule, notRefused, sendKeyed, type Keyed } from './kit/idempotency.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { withValue } from './kit/pointer.ts';
import { body, refused, succeeded } from './kit/steps.ts';
import type { Outcome, Session } from './types.ts';

/** A request that failed has not used its key up. */
export const idempotencyFailedFirst = idempotencyRule(
  'idempotency-failed-first',
  {
    title: 'a request that failed has not used its idempotency key up',
    about:
      'A body that is refused is sent under a key, then a valid one, then the valid one again: refused, taken, refused as a repeat. The same with a fixture that must be refused, where there is one.',
    example: 'After a 400 the same Idempotency-Key is answered with 409.',
    sentence: 'A request that failed has not used its idempotency key up.',
  },
  'MUST',
  'a request that failed has not used its key up',
  4,
  async (session, keyed) => {
    const base = body(session, keyed.resource, 'create', 'failed-first');
    const mutation = keyed.resource.createFields
      .flatMap((field) => mutationsOf(session.contract, field))
      .find(({ kind, level }) => kind === 'required-missing' && level === 'MUST');
    if (!mutation) return notTested('no property is required, so nothing can be refused');
    const bad = withValue(base, mutation.pointer, undefined) as Record<string, unknown>;
    const first = await sequence(session, keyed, 'failed-first', bad, base);
    if (first.status === 'broken') return first;
    for (const field of keyed.resource.createFields) {
      for (const fixture of Object.keys(field.refusedFixtures)) {
        const value = session.fixture(fixture);
        if (value === undefined) continue;
        const name = `failed-first-${fixture}`;
        const valid = body(session, keyed.resource, 'create', name);
        const second = await sequence(session, keyed, name, { ...valid, [field.name]: value }, valid);
        if (second.status === 'broken') return second;
      }
    }
    return first;
  },
);

async function sequence(
  session: Session,
  keyed: Keyed,
  name: string,
  bad: Record<string, unknown>,
  valid: Record<string, unknown>,
): Promise<Outcome> {
  const key = freshKey(session, name);
  const failed = await sendKeyed(session, keyed, key, `${name}-bad`, bad);
  if (!refused(failed)) return notTested(`the bad request was answered with ${String(failed.response?.status)}`);
  const taken = await sendKeyed(session, keyed, key, `${name}-valid`, valid);
  if (!succeeded(taken)) {
    const status = taken.response?.status ?? 0;
    return breached(
      status >= 500
        ? serverError(taken, { of: 'fact', fact: `the ${keyed.header} is that of a request that failed` })
        : { kind: 'key-used-up', header: keyed.header, failed: failed.response?.status ?? 0, status },
      { exchanges: [failed, taken] },
    );
  }
  const again = await sendKeyed(session, keyed, key, `${name}-again`, valid);
  if (again.response?.status === keyed.status) return pass(failed, taken, again);
  return notRefused(keyed, again, { afterFailure: true }, [failed, taken, again]);
}
