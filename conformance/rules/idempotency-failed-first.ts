import { mutationsOf } from './kit/mutations.ts';
import { freshKey, idempotencyRule, notRefused, sendKeyed, type Keyed } from './kit/idempotency.ts';
import { broken, notTested, pass } from './kit/outcome.ts';
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
    return broken({
      kind: status >= 500 ? 'server-error' : 'key-used-up',
      cause: status >= 500 ? `server-error|${keyed.operation.id}` : `idempotency-failed-first|${keyed.operation.id}`,
      message: `${keyed.operation.id} answered ${String(failed.response?.status)} to a bad request, and then ${String(status)} to a valid one under the same ${keyed.header}; a failed request has not used its key up.`,
      suggestion: `Remember each ${keyed.header} only when its request succeeded.`,
      severity: 'critical',
      exchanges: [failed, taken],
    });
  }
  const again = await sendKeyed(session, keyed, key, `${name}-again`, valid);
  if (again.response?.status === keyed.status) return pass(failed, taken, again);
  return notRefused(keyed, again, `a repeat under a ${keyed.header} that failed first and then succeeded`, [
    failed,
    taken,
    again,
  ]);
}
