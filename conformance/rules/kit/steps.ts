/** Writes and reads that several rules share: controls, read-backs. Each is done once per run. */
import { at, isObject, typesOf } from '../../contract/resolve.ts';
import { successOf } from '../../contract/resources.ts';
import type { Operation, RequestField, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import { BlockedError, type Session, type StoredRecord } from '../types.ts';
import { isEqual } from './equality.ts';
import { explanationOf } from './explanation.ts';
import { fallBack } from './fall-back.ts';
import { keptBody } from './kept-body.ts';
import { isPlain } from './law.ts';
import { idPlaces, newId, type IdPlace } from './new-id.ts';
import { address, show } from './outcome.ts';
import { settledId } from './settled.ts';
import { isOurs } from './server-made.ts';
import { makeBody, type BodyOptions } from './values.ts';

export type Writer = 'create' | 'update';

/** A write that was asked for: its record when it succeeded. */
export interface Written {
  exchange: Exchange;
  body: Record<string, unknown>;
  record?: StoredRecord;
  ok: boolean;
  /** It succeeded only once this property had another value than usual: what was refused before. */
  refusedChoice?: { field: RequestField; value: unknown; exchange: Exchange };
}

export interface WriteOptions extends BodyOptions {
  /** Whether the body claims to keep the contract; it does unless this says otherwise. */
  valid?: boolean;
}

/** @returns whether a response arrived with a 2xx status */
export function succeeded(exchange: Exchange): boolean {
  const status = exchange.response?.status ?? 0;
  return status >= 200 && status < 300;
}

/** @returns whether the target refused: a 4xx */
export function refused(exchange: Exchange): boolean {
  const status = exchange.response?.status ?? 0;
  return status >= 400 && status < 500;
}

/** The fields of a resource's create or update. */
export function fieldsOf(resource: Resource, writer: Writer): RequestField[] {
  return writer === 'create' ? resource.createFields : resource.updateFields;
}

/** The operation that writes. */
export function operationOf(resource: Resource, writer: Writer): Operation | undefined {
  return writer === 'create' ? resource.create : resource.update;
}

/** A fresh valid body for the resource's create or update. */
export function body(
  session: Session,
  resource: Resource,
  writer: Writer,
  key: string,
  { id, ...options }: BodyOptions & { id?: string } = {},
): Record<string, unknown> {
  const operation = operationOf(resource, writer);
  const examples = operation?.requestBody?.examples ?? [];
  // The example that says most, so that optional properties are tried as well.
  const richest = [...examples].sort((a, b) => size(b.value) - size(a.value))[0]?.value;
  const otherwise = operation && session.otherwise.get(operation.id);
  const learnt = operation && session.learnt.get(operation.id);
  const fields = fieldsOf(resource, writer);
  const made = makeBody(session, fields, richest, key, {
    other: writer === 'update',
    otherwise,
    ...options,
    ...(learnt ? { requiredOnly: learnt.requiredOnly || options.requiredOnly === true } : {}),
    set: {
      ...(operation && isPlain(session.contract) ? ownValues(session, resource, operation, writer, key, id) : {}),
      ...(operation && session.known.get(operation.id)),
      ...Object.fromEntries([...(learnt?.without ?? [])].map((name) => [name, undefined])),
      ...Object.fromEntries(learnt?.examples ?? []),
      ...options.set,
    },
  });
  return operation ? keptBody(session, operation, fields, made, key, options.set) : made;
}

/** The record's own id, and what else a server makes itself although the document lists it among the properties of a request. */
function ownValues(
  session: Session,
  resource: Resource,
  operation: Operation,
  writer: Writer,
  key: string,
  id: string | undefined,
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const field of operation.fields) {
    if (isOurs({ resource }, field) || field.fixture !== undefined) continue;
    const isId = field.name === resource.idField;
    const isNumber = typesOf(field.schema).some((type) => type === 'integer' || type === 'number');
    // What the path names is what the body has to name.
    if (isId && writer === 'update' && id !== undefined) found[field.name] = isNumber ? Number(id) : id;
    else if (!field.required && resource.idFrom !== 'request') found[field.name] = undefined;
    // Far from those that a server counts.
    else if (isId && isNumber) found[field.name] = FAR + session.fresh(key).int('id', FAR);
  }
  return found;
}

const FAR = 900_000_000;

function size(value: unknown): number {
  return isObject(value) ? Object.keys(value).length : 0;
}

/** The cause that a refused control is told under. */
export function controlCause(operation: Operation): string {
  return `accepts|${operation.id}`;
}

/** Sends a create once per key and remembers the record. */
export function create(
  session: Session,
  resource: Resource,
  purpose: string,
  options: WriteOptions & { headers?: Record<string, string>; auth?: { role: string } } = {},
): Promise<Written> {
  const key = keyFor(resource, purpose);
  return session.once(`create:${resource.create?.id ?? ''}:${key}`, async () => {
    const operation = resource.create;
    if (!operation) throw new Error('the resource has no create operation');
    const { headers, auth, valid = true, ...rest } = options;
    await session.findReferences(operation, resource);
    const send = async (name: string): Promise<Written> => {
      const json = body(session, resource, 'create', name, rest);
      const exchange = await session.send({ operation, json, headers, auth, valid });
      const record = succeeded(exchange) ? await learnt(session, resource, name, json, exchange) : undefined;
      return { exchange, body: json, record, ok: succeeded(exchange) };
    };
    const written = await send(key);
    return key === 'control' ? otherwise(session, resource, 'create', written, send) : written;
  });
}

/** A record has one writer at a time: what is created for the second of several updates is its own. */
function keyFor({ update: own, updates }: Resource, purpose: string): string {
  const first = updates[0]?.operation;
  return own === undefined || own === first || purpose === 'control' ? purpose : `${purpose}-${own.id}`;
}

/** Refusals that a body can earn. */
const forItsBody = new Set([400, 409, 422]);

/**
 * A target that refuses one value of a list refuses every request that happens to carry it, so that nothing else could be asked:
 * such a value is looked for, told once, and replaced.
 */
async function choosingOtherwise(
  session: Session,
  resource: Resource,
  writer: Writer,
  written: Written,
  send: (key: string) => Promise<Written>,
): Promise<Written> {
  const operation = operationOf(resource, writer);
  if (!operation || written.ok || !forItsBody.has(written.exchange.response?.status ?? 0)) return written;
  const otherwise = new Set<string>();
  session.otherwise.set(operation.id, otherwise);
  for (const field of fieldsOf(resource, writer)) {
    if (!isChoice(field) || !Object.hasOwn(written.body, field.name)) continue;
    otherwise.add(field.name);
    const other = await send(`${writer}-otherwise-${field.name}`);
    if (other.ok)
      return {
        ...other,
        refusedChoice: { field, value: written.body[field.name], exchange: written.exchange },
      };
    otherwise.delete(field.name);
  }
  return written;
}

/** What is tried when the first valid request is refused: the target of a plain document may know more than its document says. */
async function otherwise(
  session: Session,
  resource: Resource,
  writer: Writer,
  written: Written,
  send: (key: string) => Promise<Written>,
): Promise<Written> {
  const operation = operationOf(resource, writer);
  if (!isPlain(session.contract) || !operation) return choosingOtherwise(session, resource, writer, written, send);
  const fields = fieldsOf(resource, writer);
  const fallen = await fallBack(session, { operation, fields, writer }, written, send);
  return fallen.ok ? fallen : choosingOtherwise(session, resource, writer, fallen, send);
}

function isChoice({ schema, fixture }: RequestField): boolean {
  if (fixture !== undefined || 'const' in schema) return false;
  const values: unknown[] = Array.isArray(schema.enum) ? schema.enum.filter((value) => value !== null) : [];
  return values.length > 1 || typesOf(schema).includes('boolean');
}

/** The records of this kind that the run made. */
export function recordsOf(session: Session, resource: Resource): StoredRecord[] {
  return session.records.filter(({ of }) => of === resource.create?.id);
}

/** The record of a create; where the document does not say how its id is told, from the place where it is found. */
async function learnt(
  session: Session,
  resource: Resource,
  key: string,
  state: Record<string, unknown>,
  exchange: Exchange,
): Promise<StoredRecord | undefined> {
  if (exchange.response?.status === 202 && resource.create && isPlain(session.contract)) {
    const id = await settledId(session, resource, resource.create, state, exchange);
    return id === undefined ? undefined : noted(session, resource, key, state, exchange, id);
  }
  const told = remember(session, resource, key, state, exchange);
  if (told || !resource.read || !isPlain(session.contract)) return told;
  const place = await session.once(`id:${resource.create?.id ?? ''}`, () =>
    idPlace(session, resource, state, exchange),
  );
  if (!place) return undefined;
  resource.found = place;
  return remember(session, resource, key, state, exchange);
}

/** Where a create tells the id of its record: what a read of the record has confirmed. */
async function idPlace(
  session: Session,
  resource: Resource,
  state: Record<string, unknown>,
  { response }: Exchange,
): Promise<IdPlace | undefined> {
  const { read } = resource;
  if (!read) return undefined;
  for (const place of idPlaces(resource, state, response)) {
    const id = newId({ ...resource, found: place }, state, response);
    if (id === undefined) continue;
    const seen = await session.send({
      operation: read,
      pathParameters: { [resource.idParameter]: id },
      judge: 'success',
    });
    if (succeeded(seen)) return place;
  }
  return undefined;
}

/** Notes a record that a create response tells of. */
export function remember(
  session: Session,
  resource: Resource,
  key: string,
  state: Record<string, unknown>,
  exchange: Exchange,
  unexpected = false,
): StoredRecord | undefined {
  const id = newId(resource, state, exchange.response);
  return id === undefined ? undefined : noted(session, resource, key, state, exchange, id, unexpected);
}

function noted(
  session: Session,
  resource: Resource,
  key: string,
  state: Record<string, unknown>,
  exchange: Exchange,
  id: string,
  unexpected = false,
): StoredRecord {
  const record: StoredRecord = {
    key,
    of: resource.create?.id ?? '',
    id,
    state,
    created: at(exchange.response?.json, resource.recordAt.create),
    ...(unexpected ? { unexpected } : {}),
    updated: false,
    version: 0,
  };
  session.records.push(record);
  return record;
}

/**
 * The record of a create that every other question rests on.
 * @throws BlockedError when the create is refused or tells no id
 */
export async function createdRecord(
  session: Session,
  resource: Resource,
  key: string,
  options: BodyOptions = {},
): Promise<{ record: StoredRecord; written: Written }> {
  const written = await create(session, resource, key, options);
  const operation = resource.create;
  if (!operation) throw new Error('the resource has no create operation');
  if (!written.ok)
    throw new BlockedError(
      isPlain(session.contract)
        ? `no record to ask about: ${operation.id} answered ${String(written.exchange.response?.status)}${explanationOf(written.exchange).said} to a valid request`
        : `the valid create that this case rests on was answered with ${String(written.exchange.response?.status)}`,
      controlCause(operation),
    );
  if (!written.record)
    throw new BlockedError(
      `the answer to ${operation.id} tells no ${resource.idField || 'id'} that a read of the record takes`,
      `value|${resource.idField}`,
    );
  // A create that finds a record by its name, and answers that one, makes none that could be told apart from it.
  const { record } = written;
  const twin =
    isPlain(session.contract) &&
    recordsOf(session, resource).find(({ id, key: other }) => id === record.id && other !== record.key);
  if (twin && !record.unexpected && session.records.indexOf(twin) < session.records.indexOf(record))
    throw new BlockedError(
      `${operation.id} answered a second create with the record ${show(record.id)} of an earlier one, so the two cannot be told apart`,
      `identity|${resource.idField}`,
    );
  return { record: written.record, written };
}

/**
 * A record that something is about to be asked of: within the consistency budget a target may show it late, and know it late.
 * @throws BlockedError when its create is refused or tells no id
 */
export async function standingRecord(session: Session, resource: Resource, key: string): Promise<StoredRecord> {
  const { record } = await createdRecord(session, resource, key);
  if (session.consistencyMs > 0 && resource.read) await read(session, resource, record);
  return record;
}

/**
 * The create that a refusal differs from in one thing.
 * @throws BlockedError when it did not succeed in this run
 */
export async function control(session: Session, resource: Resource, writer: Writer): Promise<Written> {
  if (writer === 'create') {
    const { written } = await createdRecord(session, resource, 'control');
    return written;
  }
  return session.once(`control:${resource.update?.id ?? ''}`, () => updateControl(session, resource));
}

async function updateControl(session: Session, resource: Resource): Promise<Written> {
  const { record } = await createdRecord(session, resource, 'update-control');
  // A read and an update beforehand: a cache, or a store that takes one update alone, would show in the second.
  if (resource.read) await read(session, resource, record);
  const refusable = await update(session, resource, record, 'update-before');
  const first = await otherwise(session, resource, 'update', refusable, (key) =>
    update(session, resource, record, key),
  );
  if (first.ok && resource.read)
    await session.once(`read-between:${resource.read.id}`, () => readOnce(session, resource, record.id));
  const written = first.ok ? await update(session, resource, record, 'update-control') : first;
  const operation = resource.update;
  if (!written.ok && operation)
    throw new BlockedError(
      `the valid update that this case rests on was answered with ${String(written.exchange.response?.status)}`,
      controlCause(operation),
    );
  return { ...written, refusedChoice: first.refusedChoice };
}

/** Sends an update of a record once per key. */
export function update(
  session: Session,
  resource: Resource,
  record: StoredRecord,
  key: string,
  options: WriteOptions = {},
): Promise<Written> {
  return session.once(`update:${resource.update?.id ?? ''}:${key}`, async () => {
    const operation = resource.update;
    if (!operation) throw new Error('the resource has no update operation');
    // A target that shows a record late may also take its update late.
    if (session.consistencyMs > 0) await read(session, resource, record);
    const { valid = true, ...rest } = options;
    await session.findReferences(operation, resource);
    const json = body(session, resource, 'update', `u-${key}`, { ...rest, id: record.id });
    const exchange = await session.send({
      operation,
      pathParameters: { [resource.idParameter]: record.id },
      json,
      valid,
    });
    if (succeeded(exchange)) {
      record.before = record.state;
      record.state = { ...record.state, ...json };
      record.updated = true;
      record.version += 1;
    }
    return { exchange, body: json, record, ok: succeeded(exchange) };
  });
}

/** One GET of a record, as it comes. */
export function readOnce(session: Session, resource: Resource, id: string): Promise<Exchange> {
  const operation = resource.read;
  if (!operation) throw new Error('the resource has no read operation');
  return session.send({ operation, pathParameters: { [resource.idParameter]: id } });
}

/** GET of a record, asked again within the consistency budget until it tells what was written. */
export function read(session: Session, resource: Resource, record: StoredRecord): Promise<Exchange> {
  return session.once(`read:${resource.read?.id ?? ''}:${record.key}:${String(record.version)}`, () =>
    session.eventually(
      () => readOnce(session, resource, record.id),
      (exchange) =>
        succeeded(exchange) && tellsState(resource, record, at(exchange.response?.json, resource.recordAt.read)),
    ),
  );
}

/** Whether a record as it was read tells everything that was written. */
export function tellsState(resource: Resource, record: StoredRecord, seen: unknown): boolean {
  const fields = new Map([...resource.createFields, ...resource.updateFields].map((field) => [field.name, field]));
  return Object.entries(record.state).every(([name, sent]) => {
    const trip = fields.get(name)?.roundTrip;
    if (!trip || sent === null || !trip.ways.includes('read')) return true;
    const got = at(seen, trip.at);
    if (got === undefined || got === null) return trip.presence !== 'MUST' || isEmpty(sent);
    return isEqual(sent, got, trip.equality, trip.ignore);
  });
}

function isEmpty(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

/**
 * The read-back of a record.
 * @throws BlockedError when the record cannot be read
 */
export async function readBack(
  session: Session,
  resource: Resource,
  record: StoredRecord,
): Promise<{ exchange: Exchange; seen: unknown }> {
  const exchange = await read(session, resource, record);
  if (!succeeded(exchange))
    throw new BlockedError(
      `${resource.read ? address(resource.read) : 'the read'} answers ${String(exchange.response?.status)} for the record ${show(record.id)}`,
      `read|${resource.read?.id ?? ''}`,
    );
  return { exchange, seen: at(exchange.response?.json, resource.recordAt.read) };
}

/** Documented statuses of success, for messages. */
export function documentedSuccess(operation: Operation): string {
  return successOf(operation)?.status ?? '2xx';
}

/** Remembers a refused write, so that a trace of it would be known. */
export function refusedMarker(
  session: Session,
  operation: Operation,
  exchange: Exchange,
  key: string,
  what: string,
  field?: string,
): void {
  if (refused(exchange))
    session.refused.push({ operation: operation.id, field, what, marker: session.fresh(key).token, exchange });
}
