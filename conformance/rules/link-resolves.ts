import { at, propertiesOf } from '../contract/resolve.ts';
import { successOf } from '../contract/resources.ts';
import type { Contract, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Outcome, Rule, Session, StoredRecord } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { makeable } from './kit/each.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';
import { createdRecord, succeeded } from './kit/steps.ts';

/** Every link of a record leads to what it says, for the same record. */
export const linkResolves: Rule = {
  id: 'link-resolves',
  title: 'every link resolves and speaks of the same record',
  about:
    'Each link of a create response is resolved against the target’s origin (RFC 3986 section 5) and asked for. A link to another origin is not followed, so that nobody else gets the token.',
  example: 'links.status answers 404.',
  sentence: 'Every link answers its documented success and speaks of the same record.',
  profile: 'full',
  cases: (contract) =>
    makeable(contract).flatMap((resource) => {
      const { create } = resource;
      if (!create) return [];
      return links(contract, resource).map(({ pointer, operationId, place }): Case => ({
        id: caseId('link-resolves', create.id, pointer.slice(1)),
        level: 'MUST',
        title: `${pointer.slice(1).replaceAll('/', '.')} of ${create.id} answers ${operationId} for the same record`,
        operation: create.id,
        field: pointer.split('/')[1],
        phase: 'write',
        pointer: place,
        writes: [`${create.id}:control`, `${create.id}:linked`],
        run: (session) => resolve(session, contract, resource, pointer, operationId),
      }));
    }),
};

/** Link properties of the record, inside objects too. */
function links(contract: Contract, resource: Resource): { pointer: string; operationId: string; place: string }[] {
  const found: { pointer: string; operationId: string; place: string }[] = [];
  const visit = (schema: Record<string, unknown>, place: string, pointer: string): void => {
    const keyword = schema['x-ringtrue-link'];
    if (typeof keyword === 'string') found.push({ pointer, operationId: keyword, place });
    if (pointer.split('/').length > 4) return;
    for (const property of propertiesOf(contract.document, schema, place))
      visit(property.schema, property.pointer, `${pointer}/${property.name}`);
  };
  for (const field of resource.recordFields) visit(field.schema, field.pointer, `/${field.name}`);
  return found;
}

async function resolve(
  session: Session,
  contract: Contract,
  resource: Resource,
  pointer: string,
  operationId: string,
): Promise<Outcome> {
  // Two records, so that a link to another one shows; and unlike, so that a link that some records lack does.
  const choices = new Set(resource.createFields.map(({ name }) => name));
  const first = await createdRecord(session, resource, 'control');
  const second = await createdRecord(session, resource, 'linked', { otherwise: choices });
  for (const { record, written } of [second, first]) {
    const outcome = await resolveOne(session, contract, resource, pointer, operationId, record, written.exchange);
    if (outcome.status !== 'pass') return outcome;
  }
  return pass(second.written.exchange);
}

async function resolveOne(
  session: Session,
  contract: Contract,
  resource: Resource,
  pointer: string,
  operationId: string,
  record: StoredRecord,
  created: Exchange,
): Promise<Outcome> {
  const target = contract.operations.find(({ id }) => id === operationId);
  const reference = at(record.created, pointer);
  const field = pointer.split('/')[1];
  const name = pointer.slice(1).replaceAll('/', '.');
  if (!target || typeof reference !== 'string')
    return notApplicable(`the create response returns no ${name}, which another case reports`);
  const follow = (to: string): Promise<Exchange | undefined> =>
    session.eventually(
      () => session.follow(to, target),
      (answer) => answer === undefined || succeeded(answer),
    );
  const toOrigin = await follow(reference);
  // A reference without a slash in front is relative to the request (RFC 3986 section 5.2), or to the origin: both are read.
  const toRequest =
    toOrigin && !succeeded(toOrigin) && /^[^/:?#]+(?:\/|$)/.test(reference)
      ? await follow(new URL(reference, created.request.url).pathname)
      : undefined;
  const exchange = toRequest && succeeded(toRequest) ? toRequest : toOrigin;
  if (!exchange)
    return breached({ kind: 'link-to-other-origin', link: name, to: reference }, { field, exchanges: [created] });
  if (!succeeded(exchange))
    return breached(
      {
        kind: 'link-broken',
        link: name,
        to: reference,
        status: exchange.response?.status ?? 0,
        expected: successOf(target)?.status ?? '200',
        leadsTo: operationId,
      },
      { field, exchanges: [created, exchange] },
    );
  const id = at(exchange.response?.json, `${resource.recordAt.read}/${resource.idField}`);
  if (String(id) === record.id) return pass(created, exchange);
  // The link is right, and what it leads to is not.
  if (new URL(reference, 'http://origin.invalid').pathname.includes(encodeURIComponent(record.id)))
    return breached(
      { kind: 'leaked-record', id: record.id, got: id, idField: resource.idField },
      { operation: operationId, field: resource.idField, exchanges: [created, exchange] },
    );
  return breached(
    { kind: 'link-to-other-record', link: name, to: reference, id: record.id, got: id },
    { field, exchanges: [created, exchange] },
  );
}
