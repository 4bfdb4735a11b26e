/** What a success answers: the documented status, headers and body, filled from the records. */
import { at, escapeToken, follow, isObject, textOf } from '../contract/resolve.ts';
import { plain } from '../contract/graph/words.ts';
import type { JsonObject, Operation, Resource, ResponseSpec, Schema } from '../contract/types.ts';
import { pageFact, type Page } from './lists.ts';
import type { Answer, Asked, StoredRecord } from './model.ts';
import { putAt } from './records.ts';
import type { Schemas } from './schemas.ts';
import type { Values } from './values.ts';

export interface Kitchen {
  schemas: Schemas;
  values: Values;
  now: () => Date;
}

/** What an answer is about. */
export interface Subject {
  /** The record, and where it stands in the body. */
  record?: StoredRecord;
  recordAt?: string;
  page?: Page;
  itemsAt?: string;
  /** Address of the record. */
  location?: string;
  resource?: Resource;
}

/** @returns the response of the lowest documented success, or of the one that is wanted */
export function successFor(operation: Operation, wanted?: string): ResponseSpec | undefined {
  const successes = operation.responses.filter(({ status }) => /^2(?:\d\d|XX)$/i.test(status));
  return (
    successes.find(({ status }) => status === wanted) ??
    [...successes].sort((a, b) => a.status.localeCompare(b.status))[0] ??
    operation.responses.find(({ status }) => status.toLowerCase() === 'default')
  );
}

/** @returns the status that a response is answered with */
export function statusOf(spec: ResponseSpec | undefined, fallback: number): number {
  const status = Number(spec?.status);
  return Number.isInteger(status) ? status : fallback;
}

/**
 * @param kitchen the document's schemas and values
 * @param asked the request
 * @param spec the response that documents the answer
 * @param subject what it is about
 * @param fallback the status where the document says none
 */
export function successAnswer(
  kitchen: Kitchen,
  asked: Asked,
  spec: ResponseSpec | undefined,
  subject: Subject,
  fallback: number,
): Answer {
  const status = statusOf(spec, fallback);
  const headers = headersFor(kitchen, asked, spec, subject);
  if (
    subject.location !== undefined &&
    (status === 201 || spec?.headers.some(({ name }) => plain(name) === 'location'))
  )
    headers['location'] = subject.location;
  if (!spec || status === 204 || status === 304) return { status, headers };
  if (spec.schemaPointer === undefined) return bodyWithoutSchema(kitchen, spec, subject, { status, headers });
  const json = bodyFor(kitchen, asked, spec.schemaPointer, subject);
  const type = spec.mediaTypes.find((one) => /[/+]json\b/i.test(one)) ?? 'application/json';
  return { status, headers: { ...headers, 'content-type': type.split(';', 1)[0] ?? type }, json };
}

/** No schema for JSON: an example, the record as it is, a text, or nothing. */
function bodyWithoutSchema(
  { schemas }: Kitchen,
  spec: ResponseSpec,
  { record }: Subject,
  { status, headers }: Answer,
): Answer {
  const [type] = spec.mediaTypes;
  if (type === undefined) return { status, headers };
  const example = examplesOf(schemas, spec)[0]?.value;
  if (/[/+]json\b/i.test(type))
    return { status, headers: { ...headers, 'content-type': type }, json: example ?? record?.data ?? {} };
  const plainType = type.includes('*') ? 'text/plain' : type;
  return {
    status,
    headers: { ...headers, 'content-type': plainType },
    text: typeof example === 'string' ? example : 'derived\n',
  };
}

function bodyFor(kitchen: Kitchen, asked: Asked, pointer: string, subject: Subject): unknown {
  const { schemas, values } = kitchen;
  const { record, page, recordAt = '', itemsAt = '', resource } = subject;
  const making = { key: `${asked.operation.id}-${record?.id ?? ''}`, now: kitchen.now(), names: [], depth: 0 };
  if (page) return listBody(kitchen, asked, pointer, { page, itemsAt });
  const { value: schema } = schemas.resolve(pointer);
  if (
    record &&
    resource?.idFrom === 'body' &&
    resource.idPointer === '' &&
    ['string', 'integer'].includes(String(schema.type))
  )
    return schema.type === 'integer' ? Number(record.id) : record.id;
  if (!record) {
    const shown = examplesOf(schemas, successFor(asked.operation)).find(
      ({ value }) => schemas.check(pointer, value, 'response').length === 0,
    );
    return repaired(schemas, pointer, shown ? shown.value : values.complete(pointer, undefined, making));
  }
  const known: JsonObject = recordAt === '' ? record.data : {};
  if (recordAt !== '') putAt(known, recordAt, record.data);
  return repaired(schemas, pointer, values.complete(pointer, known, making));
}

function listBody(
  kitchen: Kitchen,
  asked: Asked,
  pointer: string,
  { page, itemsAt }: { page: Page; itemsAt: string },
): unknown {
  const { schemas, values } = kitchen;
  const items = itemsSchema(schemas, pointer, itemsAt);
  const now = kitchen.now();
  const records = page.records.map(({ data, id }) =>
    items === undefined
      ? data
      : repaired(schemas, items, values.complete(items, data, { key: `item-${id}`, now, names: [], depth: 0 })),
  );
  if (itemsAt === '') return records;
  const known: JsonObject = {};
  const { value: schema, pointer: place } = schemas.resolve(pointer);
  tellFacts(schemas, schema, place, known, { page, asked, itemsAt, depth: 0 });
  putAt(known, itemsAt, []);
  const body = repaired(
    schemas,
    pointer,
    values.complete(pointer, known, { key: asked.operation.id, now, names: [], depth: 0 }),
  );
  if (isObject(body)) putAt(body, itemsAt, records);
  return body;
}

/** Pointer of the schema of one record of a list. */
function itemsSchema(schemas: Schemas, pointer: string, itemsAt: string): string | undefined {
  let here = schemas.resolve(pointer);
  for (const token of itemsAt.split('/').slice(1)) {
    const next = schemas
      .properties(here.value, here.pointer)
      .find(({ name }) => name === token.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (!next) return undefined;
    here = { value: next.schema, pointer: next.pointer };
  }
  return isObject(here.value.items) ? schemas.inside(here.value.items, `${here.pointer}/items`).pointer : undefined;
}

/** What the envelope of a list says of its page. */
function tellFacts(
  schemas: Schemas,
  schema: Schema,
  pointer: string,
  known: JsonObject,
  about: { page: Page; asked: Asked; itemsAt: string; depth: number },
): void {
  if (about.depth > 3) return;
  for (const { name, schema: own, pointer: at_ } of schemas.properties(schema, pointer)) {
    if (about.itemsAt === `/${escapeToken(name)}`) continue;
    if (schemas.properties(own, at_).length > 0) {
      const inner: JsonObject = {};
      const below = `/${escapeToken(name)}`;
      const itemsAt = about.itemsAt.startsWith(`${below}/`) ? about.itemsAt.slice(below.length) : '/ ';
      tellFacts(schemas, own, at_, inner, { ...about, itemsAt, depth: about.depth + 1 });
      if (Object.keys(inner).length > 0) known[name] = inner;
      continue;
    }
    const fact = pageFact(name, about.page, (where) => pageAddress(about.asked, about.page, where));
    if (fact !== undefined && schemas.keeps(own, fact, 'response')) known[name] = fact;
  }
}

function pageAddress({ operation, received }: Asked, page: Page, where: 'self' | 'next' | 'previous'): string {
  const query = new URLSearchParams(received.query);
  const parameter = operation.parameters.find(
    (one) =>
      one.in === 'query' && /page|offset|skip|cursor|after|token/i.test(one.name) && !/size|per|limit/i.test(one.name),
  );
  if (parameter && where !== 'self') {
    const step = where === 'next' ? 1 : -1;
    const name = plain(parameter.name);
    const value = /offset|skip/.test(name)
      ? page.offset + step * page.size
      : /token|cursor|after/.test(name)
        ? (page.next ?? '')
        : page.number + step;
    query.set(parameter.name, String(value));
  }
  const text = query.toString();
  const host = received.headers['host'];
  return `${host === undefined ? '' : `http://${host}`}${received.path}${text === '' ? '' : `?${text}`}`;
}

/** A value that a request may hold and a response may not is left out, where it may be. */
function repaired(schemas: Schemas, pointer: string, body: unknown): unknown {
  let here = body;
  for (let round = 0; round < 5; round += 1) {
    const problems = schemas.check(pointer, here, 'response');
    const places = problems.map(({ at: place }) => place).filter((place) => place !== '');
    const [deepest] = places.sort((a, b) => b.length - a.length);
    if (deepest === undefined) return here;
    const copy = structuredClone(here);
    if (!removeAt(copy, deepest)) return here;
    here = copy;
  }
  return schemas.check(pointer, here, 'response').length === 0 ? here : body;
}

function removeAt(body: unknown, pointer: string): boolean {
  const cut = pointer.lastIndexOf('/');
  const holder = at(body, pointer.slice(0, cut));
  const name = pointer
    .slice(cut + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
  if (!isObject(holder) || !Object.hasOwn(holder, name)) return false;
  Reflect.deleteProperty(holder, name);
  return true;
}

function headersFor(
  { schemas, values, now }: Kitchen,
  asked: Asked,
  spec: ResponseSpec | undefined,
  { record, page }: Subject,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, required, schemaPointer } of spec?.headers ?? []) {
    const own = name.toLowerCase();
    if (own === 'content-type' || own === 'content-length' || own === 'location') continue;
    if (own === 'etag' && record) headers[own] = etagOf(record);
    else if (page && /total(?:-count)?$/.test(own)) headers[own] = String(page.total);
    else if (page && own === 'link') {
      const link = page.next === undefined ? '' : `<${pageAddress(asked, page, 'next')}>; rel="next"`;
      if (link !== '' || required)
        headers[own] = link === '' ? `<${pageAddress(asked, page, 'self')}>; rel="self"` : link;
    } else if (own === 'last-modified' && !required) continue;
    else if (schemaPointer !== undefined) {
      const { value: schema, pointer } = schemas.resolve(schemaPointer);
      const value = values.sample(schema, pointer, { key: `header-${own}`, now: now(), names: [name], depth: 1 });
      const text = textOf(value);
      if (text !== '' || required) headers[own] = /^[\t\x20-\x7e]+$/.test(text) ? text : 'derived';
    } else if (required) headers[own] = own === 'last-modified' ? now().toUTCString() : 'derived';
  }
  return headers;
}

/** @returns the entity tag of a record as it is (RFC 9110 section 8.8.3) */
export function etagOf(record: StoredRecord): string {
  return `"v${String(record.version)}"`;
}

/** @returns the examples of a response in JSON, by name */
export function examplesOf(
  { document }: Schemas,
  spec: ResponseSpec | undefined,
): { name: string; value: unknown; mediaType: string }[] {
  const node = spec && at(document, spec.pointer);
  const content = isObject(node) && isObject(node.content) ? node.content : {};
  return Object.entries(content).flatMap(([mediaType, media]) => {
    if (!isObject(media)) return [];
    const named = isObject(media.examples) ? Object.entries(media.examples) : [];
    return [
      ...named.flatMap(([name, one]) => {
        const { value } = follow(
          document,
          one,
          `${spec?.pointer ?? ''}/content/${escapeToken(mediaType)}/examples/${escapeToken(name)}`,
        );
        return 'value' in value ? [{ name, value: value.value, mediaType }] : [];
      }),
      ...('example' in media ? [{ name: 'example', value: media.example, mediaType }] : []),
    ];
  });
}
