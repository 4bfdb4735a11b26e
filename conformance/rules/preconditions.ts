import type { Operation, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain } from './kit/law.ts';
import { breached, notTested, pass } from './kit/outcome.ts';
import { body, createdRecord, readOnce, succeeded } from './kit/steps.ts';

/** Conditional requests are answered by their condition, where the document has them (RFC 9110 section 13.1). */
export const preconditions: Rule = {
  id: 'preconditions',
  title: 'If-None-Match and If-Match are answered by the ETag',
  about:
    'Where the document has 304 or If-None-Match, a record is read again with the ETag that its read returned: 304. Where it has 412 or If-Match, a record is changed with its ETag, and then once more with the one that it had before: 412, so that nobody overwrites what they have not seen.',
  example: 'PUT with the ETag of an older state is answered with 200, and what was written in between is gone.',
  sentence: 'A condition on the ETag decides whether a request is carried out.',
  profile: 'full',
  cases: (contract) =>
    isPlain(contract)
      ? makeable(contract).flatMap((resource) => [
          ...(resource.read && has(resource.read, '304', 'if-none-match') ? [readCase(resource, resource.read)] : []),
          ...(resource.read && resource.update?.requestBody && has(resource.update, '412', 'if-match')
            ? [updateCase(resource, resource.update)]
            : []),
        ])
      : [],
};

/** The status of the refusal is documented, or the header of the condition. */
function has({ responses, parameters }: Operation, status: string, header: string): boolean {
  return (
    responses.some((one) => one.status === status) ||
    parameters.some((one) => one.in === 'header' && one.name.toLowerCase() === header)
  );
}

function readCase(resource: Resource, read: Operation): Case {
  return {
    id: caseId('preconditions', read.id),
    level: 'MUST',
    title: `${read.id} answers 304 to the ETag that it returned`,
    operation: read.id,
    phase: 'write',
    pointer: read.pointer,
    writes: [`${resource.create?.id ?? ''}:etag-read`],
    run: (session) => unchanged(session, resource, read),
  };
}

function updateCase(resource: Resource, update: Operation): Case {
  return {
    id: caseId('preconditions', update.id),
    level: 'MUST',
    title: `${update.id} answers 412 to an ETag of an earlier state`,
    operation: update.id,
    phase: 'write',
    pointer: update.pointer,
    writes: [`${resource.create?.id ?? ''}:etag-update`, `${update.id}:etag-fresh`, `${update.id}:etag-stale`],
    run: (session) => outdated(session, resource, update),
  };
}

async function unchanged(session: Session, resource: Resource, read: Operation): Promise<Outcome> {
  const { record } = await createdRecord(session, resource, 'etag-read');
  let first = await readOnce(session, resource, record.id);
  // Somebody else may change the record, or a clock the tag: not twice.
  for (let round = 0; ; round += 1) {
    const etag = first.response?.headers.etag;
    if (!succeeded(first) || etag === undefined) return notTested(`${read.id} returns no ETag`);
    const second = await session.send({
      operation: read,
      pathParameters: { [resource.idParameter]: record.id },
      headers: { 'if-none-match': etag },
    });
    const status = second.response?.status ?? 0;
    if (status === 304) return pass(first, second);
    if (!succeeded(second)) return notTested(`${read.id} answered ${String(status)} to If-None-Match`);
    if (round > 0 || second.response?.headers.etag === etag)
      return second.response?.headers.etag === etag
        ? breached(
            { kind: 'precondition-ignored', header: 'If-None-Match', etag, status, expected: '304' },
            { exchanges: [first, second] },
          )
        : notTested(`the ETag of ${read.id} is another one each time`);
    first = second;
  }
}

async function outdated(session: Session, resource: Resource, update: Operation): Promise<Outcome> {
  const { record } = await createdRecord(session, resource, 'etag-update');
  const first = await readOnce(session, resource, record.id);
  const etag = first.response?.headers.etag;
  if (!succeeded(first) || etag === undefined)
    return notTested(`${resource.read?.id ?? 'the read'} returns no ETag to be sent as If-Match`);
  const change = (name: string): Promise<Exchange> =>
    session.send({
      operation: update,
      pathParameters: { [resource.idParameter]: record.id },
      json: body(session, resource, 'update', name, { id: record.id }),
      headers: { 'if-match': etag },
      valid: true,
    });
  const fresh = await change('etag-fresh');
  const freshStatus = String(fresh.response?.status);
  // A weak tag never matches (RFC 9110 section 8.8.3.2).
  if (!succeeded(fresh))
    return notTested(
      `${update.id} answered ${freshStatus}${explanationOf(fresh).said} to the ETag that it had just returned`,
    );
  record.version += 1;
  record.updated = true;
  const between = await readOnce(session, resource, record.id);
  if (between.response?.headers.etag === etag)
    return notTested(`${resource.read?.id ?? 'the read'} returns the same ETag after an update`);
  const stale = await change('etag-stale');
  record.state = {};
  const status = stale.response?.status ?? 0;
  if (!succeeded(stale)) return pass(first, fresh, stale);
  return breached(
    { kind: 'precondition-ignored', header: 'If-Match', etag, status, expected: '412' },
    { exchanges: [first, fresh, stale] },
  );
}
