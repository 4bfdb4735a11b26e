import type { Operation, Parameter, Resource } from '../contract/types.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { freshKey } from './kit/idempotency.ts';
import { idempotencyHeader } from './kit/idempotency-parameter.ts';
import { isPlain } from './kit/law.ts';
import { newId } from './kit/new-id.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { body, control, readOnce, recordsOf, remember, succeeded } from './kit/steps.ts';

/** A repeat under the same idempotency key makes no second record, where a plain document has a header of that name. */
export const idempotencyHeaderRule: Rule = {
  id: 'idempotency-header',
  title: 'a request that is repeated under its idempotency key makes one record',
  about:
    'A create whose document has a header such as Idempotency-Key is sent twice with one key and one body. The second answer is the same record again, or a refusal; two records are one too many. It is a MUST where the document says what the header is for.',
  example: 'Two equal requests under one Idempotency-Key make two orders.',
  sentence: 'A repeat under the same idempotency key makes no second record.',
  profile: 'full',
  cases: (contract) =>
    isPlain(contract)
      ? makeable(contract).flatMap((resource): Case[] => {
          const { create } = resource;
          const header = create && !create.idempotency ? idempotencyHeader(create) : undefined;
          return create && header ? [caseOf(resource, create, header)] : [];
        })
      : [],
};

function caseOf(resource: Resource, create: Operation, header: Parameter): Case {
  return {
    id: caseId('idempotency-header', create.id),
    level: saysSo(header) ? 'MUST' : 'SHOULD',
    title: `${create.id} makes one record under one ${header.name}`,
    operation: create.id,
    phase: 'write',
    pointer: header.pointer,
    writes: [`${create.id}:once`, `${create.id}:once-more`],
    run: (session) => ask(session, resource, create, header),
  };
}

/** A name alone may mean anything; a sentence about repeats does not. */
function saysSo({ description = '' }: Parameter): boolean {
  return /idempot|retr(?:y|ies)|repeat|replay|duplicat|same (?:key|request|response|result)|only once|exactly once/i.test(
    description,
  );
}

async function ask(session: Session, resource: Resource, create: Operation, header: Parameter): Promise<Outcome> {
  await control(session, resource, 'create');
  const key = freshKey(session, `plain-${create.id}`);
  const json = body(session, resource, 'create', 'once');
  const send = (): ReturnType<Session['send']> =>
    session.send({ operation: create, json, headers: { [header.name]: key }, valid: true });
  const first = await send();
  if (!succeeded(first))
    return notTested(`${create.id} answered ${String(first.response?.status)} to a request with ${header.name}`);
  remember(session, resource, 'once', json, first);
  const again = await send();
  if (!succeeded(again)) return pass(first, again);
  const [id, twin] = [first, again].map(({ response }) => newId(resource, json, response));
  if (id === undefined || twin === undefined) return notTested('the create response tells no id');
  if (id === twin) return pass(first, again);
  if (!recordsOf(session, resource).some((record) => record.id === twin))
    remember(session, resource, 'once-more', json, again);
  const reads = resource.read ? [await readOnce(session, resource, id), await readOnce(session, resource, twin)] : [];
  if (!reads.every(succeeded)) return notTested('one of the two records cannot be read');
  return breached(
    { kind: 'made-again', header: header.name, id, twin, status: again.response?.status ?? 0 },
    { field: header.name, exchanges: [first, again, ...reads] },
  );
}
