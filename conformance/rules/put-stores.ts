import { at, isObject } from '../contract/resolve.ts';
import type { Contract, Operation, RequestField, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import type { Case, Outcome, Rule, Session } from './types.ts';
import { serverError } from './kit/answers.ts';
import { caseId } from './kit/case-id.ts';
import { judgePlaces, look, type Place } from './kit/compare.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { breached, notApplicable, notTested, pass } from './kit/outcome.ts';
import { isOurs } from './kit/server-made.ts';
import { putResources, type PutResource } from './kit/put-resources.ts';
import { succeeded } from './kit/steps.ts';
import { formOf } from './kit/usual-form.ts';
import { makeBody } from './kit/values.ts';

/** What PUT stores at a key of the client's choice, or in a record that is always there, is read back (RFC 9110 section 9.3.4). */
export const putStores: Rule = {
  id: 'put-stores',
  title: 'what PUT stores at an address of its own is read there',
  about:
    'A record is put at a key of the client’s choice, read, replaced, read again, and removed where the document has a DELETE. A record that is always there is read, changed, read again, and put back as it was; the caller’s own account is left alone.',
  example: 'PUT /labels/x is answered with 201, and GET /labels/x with another colour.',
  sentence: 'What PUT stores at an address is what a read of it returns.',
  profile: 'full',
  cases: (contract) =>
    isPlain(contract)
      ? putResources(contract).flatMap((part): Case[] => [
          caseOf(contract, part, undefined, 'is read back'),
          ...(part.resource.kind === 'keyed' ? [caseOf(contract, part, 'again', 'is replaced by a second one')] : []),
        ])
      : [],
};

function caseOf(contract: Contract, part: PutResource, detail: 'again' | undefined, title: string): Case {
  const { resource, put } = part;
  const removal = resource.kind === 'keyed' && resource.delete ? [`${resource.delete.id}:${put.id}`] : [];
  return {
    id: caseId('put-stores', put.id, detail),
    level: 'MUST',
    title: `what ${put.id} stores ${title}`,
    operation: put.id,
    // What is always there is there for every other case as well.
    phase: resource.kind === 'keyed' ? 'write' : 'alone',
    pointer: put.pointer,
    writes: [`${put.id}:put-first`, `${put.id}:put-second`, ...removal],
    run: async (session) => {
      const { first, second } = await session.once(`put-stores:${put.id}`, () =>
        resource.kind === 'keyed' ? keyed(session, part) : singleton(session, part),
      );
      return detail === 'again' ? second : first;
    },
  };
}

interface Judged {
  first: Outcome;
  second: Outcome;
}

const same = (outcome: Outcome): Judged => ({ first: outcome, second: outcome });

/** Puts a record at a new key, twice, and removes it. */
async function keyed(session: Session, part: PutResource): Promise<Judged> {
  const { resource, put, fields } = part;
  const key = keyOf(session, resource, put);
  if (key === undefined) return same(notTested(`no value could be made for ${resource.idParameter}`));
  const path = { [resource.idParameter]: key };
  const own = fields.filter(({ name }) => name === resource.idField || name === resource.idParameter);
  const named = Object.fromEntries(own.map(({ name }) => [name, key]));
  const bodyOf = (name: string): Record<string, unknown> =>
    makeBody(session, fields, undefined, `${put.id}-${name}`, { set: named, other: name === 'second' });
  const before = bodyOf('first');
  const exchange = await session.send({ operation: put, pathParameters: path, json: before, valid: true });
  const refused = refusal(session, put, exchange);
  if (refused) return same(refused);
  const first = await readBack(session, part, path, { exchange, body: before });
  // Two optional properties fewer show whether the second one replaces the first.
  const after = withoutOptional(fields, bodyOf('second'));
  const again = await session.send({ operation: put, pathParameters: path, json: after, valid: true });
  const second =
    refusal(session, put, again) ?? (await readBack(session, part, path, { exchange: again, body: after }, before));
  if (resource.delete) await session.send({ operation: resource.delete, pathParameters: path, valid: true });
  return { first, second };
}

/** Changes a record that is always there, and puts it back. */
async function singleton(session: Session, part: PutResource): Promise<Judged> {
  const { resource, put, fields } = part;
  const { read } = resource;
  if (!read) return same(notApplicable('nothing reads it'));
  // Somebody may rely on it, and a run that breaks off would not put it back.
  if (!session.isLocal)
    return same(notTested(`${put.id} changes a record that the run did not make, and the target is not this machine`));
  const start = await session.send({ operation: read });
  const record = at(start.response?.json, resource.recordAt.read);
  if (!succeeded(start) || !isObject(record))
    return same(
      notTested(`${read.id} answers ${String(start.response?.status)}, so it could not be put back as it was`),
    );
  const original = asWritten(fields, record);
  const pointer = put.requestBody?.schemaPointer;
  if (!original || pointer === undefined || !session.keeps(pointer, original))
    return same(notTested(`${put.id} cannot put back all that ${read.id} returns, so it is left alone`));
  const made = makeBody(
    session,
    fields.filter((field) => isChangeable(resource, field, original)),
    undefined,
    put.id,
    {
      other: true,
    },
  );
  if (Object.keys(made).length === 0) return same(notApplicable('it has no property that may be changed'));
  const body = put.method === 'PATCH' ? made : { ...original, ...made };
  const exchange = await session.send({ operation: put, json: body, valid: true });
  const first = refusal(session, put, exchange) ?? (await readBack(session, part, {}, { exchange, body: made }));
  if (!succeeded(exchange)) return same(first);
  const restoring = put.method === 'PATCH' ? pick(original, Object.keys(made)) : original;
  const restored = await session.send({ operation: put, json: restoring, valid: true });
  if (succeeded(restored) || first.status === 'broken') return same(first);
  return same({
    ...notTested(
      `${put.id} took a change and answered ${String(restored.response?.status)} to the record as it was: it has ${JSON.stringify(made)} now`,
    ),
    exchanges: [exchange, restored],
  });
}

interface Put {
  exchange: Exchange;
  body: Record<string, unknown>;
}

async function readBack(
  session: Session,
  { resource, put, fields }: PutResource,
  pathParameters: Record<string, string>,
  { exchange, body }: Put,
  before?: Record<string, unknown>,
): Promise<Outcome> {
  const { read } = resource;
  if (!read) return pass(exchange);
  const sent = fields.filter((field) => Object.hasOwn(body, field.name) && isOurs({ resource }, field));
  const outcomes = (answer: Exchange): Outcome[] => {
    const record = at(answer.response?.json, resource.recordAt.read);
    const place = { way: 'get', record, exchange: answer, operation: read.id };
    return sent
      .filter(({ roundTrip }) => roundTrip?.ways.includes('read') ?? false)
      .map((field) => judged(session, resource, field, body[field.name], place));
  };
  const answer = await session.eventually(
    () => session.send({ operation: read, pathParameters }),
    (one) => succeeded(one) && outcomes(one).every(({ status }) => status !== 'broken'),
  );
  if (!succeeded(answer)) {
    const status = answer.response?.status ?? 0;
    if (exchange.response?.status === 202) return notTested(`${put.id} answered 202, and nothing is read yet`);
    return breached(
      { kind: 'not-readable', status, documented: '200', id: Object.values(pathParameters)[0] },
      { operation: read.id, exchanges: [exchange, answer] },
    );
  }
  const [broken, ...others] = outcomes(answer).filter(({ status }) => status === 'broken');
  if (broken) return { ...broken, also: others, exchanges: [exchange, answer] };
  const record = at(answer.response?.json, resource.recordAt.read);
  const left = before && put.method === 'PUT' ? keptOf(fields, before, body, record) : undefined;
  if (!left) return pass(exchange, answer);
  return breached(
    { kind: 'not-replaced', field: left.field, sent: body, got: left.got },
    { level: 'SHOULD', field: left.field, exchanges: [exchange, answer] },
  );
}

/** The one read of the record: what is absent there is nowhere. */
function judged(session: Session, resource: Resource, field: RequestField, sent: unknown, place: Place): Outcome {
  const { seen, got } = look(field, sent, place);
  if (seen !== 'absent') return judgePlaces(session, resource, field, sent, [place]);
  const row = { where: place.way, got, missing: got === undefined, ok: false };
  return breached(
    { kind: 'not-persisted', field: field.name, sent, as: got === null ? 'null' : 'missing', seen: [row] },
    { field: field.name, operation: place.operation, pointer: field.pointer },
  );
}

/** A property that the second PUT left out, and that still has the value of the first one. */
function keptOf(
  fields: readonly RequestField[],
  before: Record<string, unknown>,
  body: Record<string, unknown>,
  record: unknown,
): { field: string; got: unknown } | undefined {
  for (const field of fields) {
    if (Object.hasOwn(body, field.name) || !Object.hasOwn(before, field.name) || !field.roundTrip) continue;
    const got = at(record, field.roundTrip.at);
    const isDefault = JSON.stringify(got) === JSON.stringify(field.schema.default);
    if (got !== undefined && got !== null && !isDefault && formOf(before[field.name], got, field.schema) === 'same')
      return { field: field.name, got };
  }
  return undefined;
}

function refusal(session: Session, operation: Operation, exchange: Exchange): Outcome | undefined {
  if (succeeded(exchange)) return undefined;
  if (isServerError(session.contract, exchange))
    return breached(serverError(exchange, { of: 'valid' }), { exchanges: [exchange] });
  return notTested(
    `${operation.id} answered ${String(exchange.response?.status)}${explanationOf(exchange).said} to a request that keeps the document`,
    `accepts|${operation.id}`,
  );
}

/** A key that no record has yet. */
function keyOf(session: Session, { idParameter }: Resource, put: Operation): string | undefined {
  const parameter = put.parameters.find((one) => one.in === 'path' && one.name === idParameter);
  if (!parameter) return undefined;
  const { schema, pointer } = parameter;
  const field = { name: idParameter, required: true, schema, pointer: `${pointer}/schema`, refusedFixtures: {} };
  const value = makeBody(session, [field], undefined, `key-${put.id}`)[idParameter];
  // One of a list may be there, and somebody else's.
  const isFree = (typeof value === 'string' || typeof value === 'number') && !Array.isArray(schema.enum);
  return isFree ? String(value) : undefined;
}

function withoutOptional(fields: readonly RequestField[], body: Record<string, unknown>): Record<string, unknown> {
  const optional = fields.filter(({ name, required }) => !required && Object.hasOwn(body, name)).slice(0, 2);
  const left = new Set(optional.map(({ name }) => name));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !left.has(name)));
}

function pick(record: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(record, name) ? [[name, record[name]]] : [])));
}

/** The record as a request holds it; undefined when a property that is needed is not returned. */
function asWritten(
  fields: readonly RequestField[],
  record: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.roundTrip ? at(record, field.roundTrip.at) : record[field.name];
    if (value !== undefined) body[field.name] = value;
    else if (field.required) return undefined;
  }
  return body;
}

/** A value that is there now, can be put back, and says nothing of who is asked or reached. */
function isChangeable(resource: Resource, field: RequestField, original: Record<string, unknown>): boolean {
  const { name, schema, from, fixture } = field;
  if (from || fixture !== undefined || !isOurs({ resource }, field) || !Object.hasOwn(original, name)) return false;
  if (/e?mail|phone|number|url|uri|host|domain|address|key|secret|owner|user|role|permission|access/i.test(name))
    return false;
  return original[name] !== null && typeof original[name] !== 'object' && schema.readOnly !== true;
}
