/** What each kind of operation does with the records. */
import { findItems } from '../contract/graph/records.ts';
import { isObject } from '../contract/resolve.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { etagOf, successAnswer, successFor, type Subject } from './answers.ts';
import { pageOf, purposeOf, type Page } from './lists.ts';
import { Refusal, type Answer, type Asked, type Hooks, type StoredRecord } from './model.ts';
import { pairsIn } from './parameters.ts';
import { changeRecord } from './change-record.ts';
import { checkAbove, findRecord, ownParameter } from './find-record.ts';
import { addressOf, completeRecord, giveRecord, makeRecord, type Workshop } from './records.ts';
import { aboveIn, standsBelow, type Table } from './store.ts';

/** All that a handler works with. */
export interface Shop extends Workshop {
  hooks: Hooks;
  resources: ReadonlyMap<string, Resource>;
  /** Stands before the paths of addresses. */
  base: (asked: Asked) => string;
}

/** @returns the answer of an operation whose request is in order */
export function handle(shop: Shop, asked: Asked): Answer {
  const { operation } = asked;
  const resource = operation.resource === undefined ? undefined : shop.resources.get(operation.resource);
  const table = shop.store.table(resource?.name);
  if (!resource || !table) return other(shop, asked);
  checkAbove(shop, operation, asked.path, ownParameter(resource, operation));
  if (resource.kind === 'singleton') ensureSingleton(shop, table, asked);
  if (resource.kind === 'given') ensureGiven(shop, table, asked);
  switch (operation.role) {
    case 'create':
      return resource.kind === 'keyed' ? upsert(shop, table, asked) : create(shop, table, asked);
    case 'read':
      return read(shop, resource, asked);
    case 'list':
      return list(shop, table, asked);
    case 'update':
      return update(shop, resource, asked);
    case 'delete':
      return remove(shop, table, asked);
    case 'search':
      return search(shop, table, asked);
    case 'related':
    case 'action':
    case 'other':
      return ownParameter(resource, operation) === undefined ? other(shop, asked) : onRecord(shop, resource, asked);
  }
}

function subjectOf(shop: Shop, resource: Resource, asked: Asked, record: StoredRecord, recordAt: string): Subject {
  const reader = resource.read ?? resource.update ?? resource.delete;
  const location =
    reader && record.id !== ''
      ? shop.base(asked) + addressOf(reader, resource, { ...record, path: asked.path })
      : undefined;
  return { record, recordAt, resource, location };
}

function create(shop: Shop, table: Table, asked: Asked): Answer {
  const { resource } = table;
  const fields = shop.hooks.writes?.(asked.operation, asked.fields) ?? asked.fields;
  const record = makeRecord(shop, table, asked.operation, asked.path, fields);
  return successAnswer(
    shop,
    asked,
    successFor(asked.operation),
    subjectOf(shop, resource, asked, record, resource.recordAt.create),
    201,
  );
}

/** PUT at a key of the client's choice (RFC 9110 section 9.3.4: 201 when it creates). */
function upsert(shop: Shop, table: Table, asked: Asked): Answer {
  const { resource } = table;
  const { operation } = asked;
  const fields = shop.hooks.writes?.(operation, asked.fields) ?? asked.fields;
  const above = aboveIn(
    operation,
    asked.path,
    new Set([ownParameter(resource, operation) ?? '', ...resource.keys.map(({ parameter }) => parameter)]),
  );
  const known = [...table.rows.values()].find(
    (one) => one.id === asked.path[ownParameter(resource, operation) ?? ''] && standsBelow(resource, one, above),
  );
  const record = known ?? makeRecord(shop, table, operation, asked.path, fields);
  if (known) changeRecord(shop, resource, operation, known, fields, { replaces: true, merges: false });
  const answers = operation.responses.filter(({ status }) => /^2\d\d$/.test(status)).map(({ status }) => status);
  const wanted = known ? (answers.find((status) => status !== '201') ?? '200') : '201';
  return successAnswer(
    shop,
    asked,
    successFor(operation, wanted),
    subjectOf(shop, resource, asked, record, resource.recordAt.update),
    known ? 200 : 201,
  );
}

function read(shop: Shop, resource: Resource, asked: Asked): Answer {
  const record = findRecord(shop, resource, asked.operation, asked.path);
  const spec = successFor(asked.operation);
  if (
    asked.received.headers['if-none-match'] === etagOf(record) &&
    asked.operation.responses.some(({ status }) => status === '304')
  )
    return { status: 304, headers: { etag: etagOf(record) } };
  return successAnswer(shop, asked, spec, { record, recordAt: resource.recordAt.read, resource }, 200);
}

function list(shop: Shop, table: Table, asked: Asked): Answer {
  const { resource } = table;
  const { operation } = asked;
  const above = shop.hooks.mixes?.(operation) === true ? {} : aboveIn(operation, asked.path, new Set());
  const all = [...table.rows.values()].filter((record) => standsBelow(resource, record, above));
  const isIgnored = (name: string): boolean => shop.hooks.ignores?.(operation, name) === true;
  const query = Object.fromEntries(Object.entries(asked.query).filter(([name]) => !isIgnored(name)));
  const pages = operation.parameters.some((one) =>
    ['page', 'size', 'offset', 'cursor'].includes(purposeOf(operation, one) ?? ''),
  );
  const silent = operation.parameters.some(
    (one) => isIgnored(one.name) && ['page', 'size', 'offset'].includes(purposeOf(operation, one) ?? ''),
  );
  const found = pageOf(resource, operation, all, query, pairsIn(asked.received.query));
  const page: Page = pages && !silent ? found : { ...found, records: silent ? all : found.records };
  const itemsAt = operation === resource.list ? resource.itemsAt : itemsIn(shop, operation);
  return successAnswer(shop, asked, successFor(operation), { page, itemsAt, resource }, 200);
}

function itemsIn({ schemas }: Shop, operation: Operation): string | undefined {
  const segment = operation.path.split('/').findLast((one) => one !== '' && !one.startsWith('{')) ?? '';
  return findItems(schemas.document, successFor(operation), segment)?.at;
}

function update(shop: Shop, resource: Resource, asked: Asked): Answer {
  const { operation, received } = asked;
  const record = findRecord(shop, resource, operation, asked.path);
  checkMatch(resource, asked, record);
  const updater = resource.updates.find((one) => one.operation === operation);
  const fields = shop.hooks.writes?.(operation, asked.fields) ?? asked.fields;
  changeRecord(shop, resource, operation, record, fields, {
    replaces: updater?.replaces ?? operation.method === 'PUT',
    merges: /merge-patch\+json/i.test(received.headers['content-type'] ?? ''),
  });
  return successAnswer(
    shop,
    asked,
    successFor(operation),
    { record, recordAt: updater?.recordAt ?? '', resource },
    200,
  );
}

/** @see RFC 9110 section 13.1.1: who gives entity tags does nothing to a record that is another one by now */
function checkMatch({ create, read }: Resource, { operation, received }: Asked, record: StoredRecord): void {
  const wanted = received.headers['if-match'];
  const tells = [create, read, operation].some((one) =>
    one?.responses.some(({ headers, status }) => status === '412' || headers.some(({ name }) => /^etag$/i.test(name))),
  );
  const asks = operation.parameters.some(({ name }) => /^if-match$/i.test(name));
  if (wanted === undefined || wanted === '*' || !(tells || asks)) return;
  const tags = wanted.split(',').map((tag) => tag.trim());
  if (!tags.includes(etagOf(record))) throw new Refusal('changed-meanwhile', `The record is ${etagOf(record)} by now.`);
}

function remove(shop: Shop, table: Table, asked: Asked): Answer {
  const record = findRecord(shop, table.resource, asked.operation, asked.path);
  checkMatch(table.resource, asked, record);
  if (shop.hooks.keeps?.(asked.operation) !== true) shop.store.remove(table, record);
  return successAnswer(
    shop,
    asked,
    successFor(asked.operation),
    { record, recordAt: table.resource.recordAt.read, resource: table.resource },
    204,
  );
}

function search(shop: Shop, table: Table, asked: Asked): Answer {
  const itemsAt = itemsIn(shop, asked.operation);
  if (itemsAt === undefined) return other(shop, asked);
  const page = pageOf(table.resource, asked.operation, [...table.rows.values()], asked.query, []);
  return successAnswer(shop, asked, successFor(asked.operation), { page, itemsAt, resource: table.resource }, 200);
}

/** An action on a record, or a part of it: answered from the record. */
function onRecord(shop: Shop, resource: Resource, asked: Asked): Answer {
  const record = findRecord(shop, resource, asked.operation, asked.path);
  return successAnswer(shop, asked, successFor(asked.operation), { record, recordAt: '', resource }, 200);
}

/** Nothing is known of what it does: an example, or what the schema says, with whatever of the request has a place in it. */
function other(shop: Shop, asked: Asked): Answer {
  for (const { from } of asked.operation.parameters) if (from) checkAbove(shop, asked.operation, asked.path, undefined);
  const spec = successFor(asked.operation);
  if (spec?.schemaPointer === undefined) return successAnswer(shop, asked, spec, {}, 200);
  const echoed = { ...asked.path, ...asked.query, ...asked.fields };
  const { value: schema, pointer } = shop.schemas.resolve(spec.schemaPointer);
  const names = new Set(shop.schemas.properties(schema, pointer).map(({ name }) => name));
  const known = Object.fromEntries(Object.entries(echoed).filter(([name]) => names.has(name)));
  if (!isObject(known) || Object.keys(known).length === 0) return successAnswer(shop, asked, spec, {}, 200);
  return successAnswer(
    shop,
    asked,
    spec,
    { record: { id: '', above: {}, data: known, version: 1 }, recordAt: '' },
    200,
  );
}

/** A record that is always there is made when it is first asked for. */
function ensureSingleton(shop: Shop, table: Table, asked: Asked): void {
  const { resource } = table;
  const above = aboveIn(asked.operation, asked.path, new Set());
  const mark = JSON.stringify(above);
  const seen = made.get(table) ?? new Set<string>();
  if (seen.has(mark)) return;
  made.set(table, seen.add(mark));
  const data = {};
  completeRecord(shop, resource, data, { id: '', above, path: asked.path, key: resource.name });
  shop.store.put(table, { id: '', above, data, version: 1 });
}

/** Records that were made by themselves, once: a removed one does not come back. */
const made = new WeakMap<Table, Set<string>>();

/**
 * Nothing in the document makes these records, so one is there from the start; and where no list says which there are, so is each that
 * is asked for.
 */
function ensureGiven(shop: Shop, table: Table, asked: Asked): void {
  const { resource } = table;
  const own = ownParameter(resource, asked.operation);
  const keys = resource.keys.map(({ parameter }) => parameter);
  const above = aboveIn(asked.operation, asked.path, new Set([...(own === undefined ? [] : [own]), ...keys]));
  const anyone = resource.list === undefined && own !== undefined;
  const mark = JSON.stringify([above, anyone ? [own, ...keys].map((name) => asked.path[name]) : []]);
  const seen = made.get(table) ?? new Set<string>();
  if (seen.has(mark)) return;
  made.set(table, seen.add(mark));
  if (!anyone && [...table.rows.values()].some((record) => standsBelow(resource, record, above))) return;
  const operation = resource.read ?? resource.list ?? resource.update ?? asked.operation;
  const reader = operation.parameters.find(
    (one) => one.in === 'path' && one.name === ownParameter(resource, operation),
  );
  const shown: unknown = anyone ? asked.path[own] : reader?.examples[0];
  const path = Object.fromEntries(Object.entries(asked.path).filter(([name]) => name !== own || anyone));
  giveRecord(
    shop,
    table,
    operation,
    path,
    typeof shown === 'string' || typeof shown === 'number' ? String(shown) : undefined,
  );
}
