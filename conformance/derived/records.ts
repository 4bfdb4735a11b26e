/** How a record is made, changed and found. */
import { at, escapeToken, isObject, typesOf } from '../contract/resolve.ts';
import { nounsOf, plain } from '../contract/graph/words.ts';
import type { JsonObject, Operation, RequestField, Resource, Schema } from '../contract/types.ts';
import { Refusal, type StoredRecord } from './model.ts';
import type { Schemas } from './schemas.ts';
import { lastName, ownParameter } from './find-record.ts';
import { aboveIn, keyOf, type Store, type Table } from './store.ts';
import { hexOf, textFor, uuidOf, type PatternText } from './texts.ts';
import { instantFor, instantOf, put, type Values } from './values.ts';

/** What making and changing records stands on. */
export interface Workshop {
  store: Store;
  schemas: Schemas;
  values: Values;
  patterns: PatternText;
  operations: ReadonlyMap<string, Operation>;
  now: () => Date;
}

/** Puts a value at a pointer, and makes the objects on the way. */
export function putAt(holder: JsonObject, pointer: string, value: unknown): void {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  let here = holder;
  for (const token of tokens.slice(0, -1)) {
    const next = Object.hasOwn(here, token) ? here[token] : undefined;
    const object = isObject(next) ? { ...next } : {};
    put(here, token, object);
    here = object;
  }
  put(here, tokens.at(-1) ?? '', value);
}

/**
 * Makes a record of what a request says.
 *
 * @param workshop what it stands on
 * @param table of the record
 * @param operation that makes it
 * @param path the values of its path
 * @param fields what the body says
 * @throws Refusal when the client chose an id that is taken, or the store is full
 */
export function makeRecord(
  workshop: Workshop,
  table: Table,
  operation: Operation,
  path: Readonly<Record<string, string>>,
  fields: JsonObject,
): StoredRecord {
  const { resource } = table;
  const own = resource.kind === 'keyed' ? ownParameter(resource, operation) : undefined;
  const given = own === undefined ? givenId(resource, fieldsOf(resource, operation), fields) : path[own];
  return build(workshop, table, operation, path, { fields, id: given, isRequest: true });
}

/** Makes a record that no request made. @param id that it gets; undefined makes one up */
export function giveRecord(
  workshop: Workshop,
  table: Table,
  operation: Operation,
  path: Readonly<Record<string, string>>,
  id: string | undefined,
  fields: JsonObject = {},
): StoredRecord {
  return build(workshop, table, operation, path, { fields, id, isRequest: false });
}

function build(
  workshop: Workshop,
  table: Table,
  operation: Operation,
  path: Readonly<Record<string, string>>,
  { fields, id: given, isRequest }: { fields: JsonObject; id: string | undefined; isRequest: boolean },
): StoredRecord {
  const { resource } = table;
  const own = resource.kind === 'keyed' || resource.kind === 'given' ? ownParameter(resource, operation) : undefined;
  const above = aboveIn(
    operation,
    path,
    new Set([...(own === undefined ? [] : [own]), ...resource.keys.map(({ parameter }) => parameter)]),
  );
  const data: JsonObject = {};
  if (!isRequest) Object.assign(data, fields);
  apply(data, fields, fieldsOf(resource, operation), true);
  nameAbove(data, resource, operation, path);
  for (const { parameter, at: place } of resource.keys)
    if (path[parameter] !== undefined) putAt(data, place, path[parameter]);
  const number = table.next();
  const id = given ?? newId(workshop, table, operation, number, above);
  if (isRequest && resource.kind !== 'keyed' && given !== undefined && table.rows.has(keyOf(resource, id, above)))
    throw new Refusal(
      'conflict',
      `There is a ${nounsOf(lastName(resource)).at(-1) ?? 'record'} ${JSON.stringify(id.slice(0, 80))} already.`,
      { field: resource.idField },
    );
  nameItself(data, resource, id);
  completeRecord(workshop, resource, data, { id, above, path, key: `${resource.name}-${String(number)}` });
  const record: StoredRecord = { id, above, data, version: 1 };
  workshop.store.put(table, record);
  return record;
}

/** The fields of a body with how each is read back, as the resource has them for this operation. */
export function fieldsOf(resource: Resource, operation: Operation): readonly RequestField[] {
  if (operation === resource.create) return resource.createFields;
  return (
    resource.updates.find((one) => one.operation === operation)?.fields ??
    (operation.fields.length > 0 ? operation.fields : resource.createFields)
  );
}

/** Puts what a body says into a record: at the place where it is read back. */
export function apply(
  data: JsonObject,
  fields: JsonObject,
  known: readonly RequestField[],
  withDefaults: boolean,
): void {
  const places = new Map(known.map(({ name, roundTrip }) => [name, roundTrip?.at ?? `/${escapeToken(name)}`]));
  for (const [name, value] of Object.entries(fields)) {
    const place = places.get(name);
    // What no request has is the server's to set; a body without properties is a map, and all of it is kept.
    if (place !== undefined || known.length === 0) putAt(data, place ?? `/${escapeToken(name)}`, value);
  }
  if (!withDefaults) return;
  for (const { name, schema } of known)
    if (!Object.hasOwn(fields, name) && 'default' in schema)
      putAt(data, places.get(name) ?? '', structuredClone(schema.default));
}

/** Properties that name the records above say what the path says. */
function nameAbove(
  data: JsonObject,
  resource: Resource,
  operation: Operation,
  path: Readonly<Record<string, string>>,
): void {
  for (const parameter of operation.parameters) {
    const value = path[parameter.name];
    if (parameter.in !== 'path' || value === undefined) continue;
    const nouns =
      parameter.from === undefined
        ? []
        : nounsOf(parameter.from.resource.slice(parameter.from.resource.lastIndexOf('/') + 1));
    const names = new Set([
      plain(parameter.name),
      ...nouns.flatMap((noun) => ['id', 'uid', 'uuid', 'sid', 'gid'].map((id) => noun + id)),
    ]);
    const field = resource.recordFields.find(({ name }) => name !== resource.idField && names.has(plain(name)));
    if (field && !Object.hasOwn(data, field.name)) data[field.name] = typed(field.schema, value);
  }
}

/** What stands in a path is a text; a record may have it as a number. */
function typed(schema: Schema, text: string): unknown {
  const types = typesOf(schema);
  const isNumber = !types.includes('string') && (types.includes('integer') || types.includes('number'));
  return isNumber && text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}

export function nameItself(data: JsonObject, resource: Resource, id: string): void {
  if (resource.idField === '' || id === '') return;
  const schema = resource.recordFields.find(({ name }) => name === resource.idField)?.schema ?? {};
  data[resource.idField] = typed(schema, resource.idTail ? `${lastName(resource)}/${id}` : id);
}

/** The id that the body brings, where the document lets it. */
function givenId(resource: Resource, known: readonly RequestField[], fields: JsonObject): string | undefined {
  if (resource.idFrom !== 'request' && !known.some(({ name }) => name === resource.idField)) return undefined;
  const place = resource.idFrom === 'request' ? resource.idPointer : `/${resource.idField}`;
  if (place === '/' || place === '' || resource.idFrom === 'location') return undefined;
  const value = at(fields, place);
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const id = resource.idTail ? (text.split('/').at(-1) ?? '') : text;
  return id === '' ? undefined : id;
}

function newId(
  { schemas, patterns, now }: Workshop,
  table: Table,
  operation: Operation,
  first: number,
  above: Readonly<Record<string, string>>,
): string {
  const { resource } = table;
  if (resource.idFrom === 'nowhere' && resource.idParameter === '' && resource.idField === '')
    return `#${String(first)}`;
  const reader = resource.read ?? resource.update ?? resource.delete;
  const parameter = reader?.parameters.find((one) => one.in === 'path' && one.name === ownParameter(resource, reader));
  const field = resource.recordFields.find(({ name }) => name === resource.idField)?.schema;
  const schema: Schema = { ...parameter?.schema, ...field };
  const inPath = (text: string): boolean =>
    !parameter || schemas.keeps(parameter.schema, typed(parameter.schema, text), 'response');
  const types = [...typesOf(field ?? {}), ...typesOf(parameter?.schema ?? {})];
  const isNumber = (types.includes('integer') || types.includes('number')) && schema.format !== 'uuid';
  for (let number = first; ; number = table.next()) {
    const seed = { key: `${operation.id} ${String(number)} ${resource.name}`, now: now() };
    const least = typeof schema.minimum === 'number' ? Math.max(1, Math.ceil(schema.minimum)) : 1;
    const text = isNumber
      ? String(least + number - 1)
      : schema.format === 'uuid'
        ? uuidOf(seed.key)
        : schema.format === undefined && schema.pattern === undefined
          ? shortEnough(schema, hexOf(seed.key, 16))
          : (textFor(schema, resource.idField, seed, patterns) ?? hexOf(seed.key, 16));
    const id = inPath(text) ? text : (textFor(parameter?.schema ?? {}, '', seed, patterns) ?? text);
    if (!table.rows.has(keyOf(resource, id, above)) || number > first + 1000) return id;
  }
}

function shortEnough(schema: Schema, text: string): string {
  return typeof schema.maxLength === 'number'
    ? text.slice(0, schema.maxLength)
    : typeof schema.minLength === 'number'
      ? text.padEnd(schema.minLength, '0')
      : text;
}

/** Fills in what the server adds: instants, links, first values, defaults, and whatever has to be there. */
export function completeRecord(
  { values, operations, now }: Workshop,
  resource: Resource,
  data: JsonObject,
  known: { id: string; above: Readonly<Record<string, string>>; path: Readonly<Record<string, string>>; key: string },
): void {
  const instant = now();
  const written = new Set([...resource.createFields, ...resource.updateFields].map(({ name }) => name));
  for (const { name, schema, pointer, required, readOnly, first, link } of resource.recordFields) {
    if (first !== undefined) data[name] = first.value;
    if (Object.hasOwn(data, name)) continue;
    const told =
      instantOf(name) !== undefined && (readOnly || required || !written.has(name))
        ? instantFor(schema, instant)
        : undefined;
    if (link !== undefined) data[name] = addressOf(operations.get(link), resource, known);
    else if (told !== undefined) data[name] = told;
    else if ('default' in schema) data[name] = structuredClone(schema.default);
    else if (required)
      data[name] = values.sample(schema, pointer, {
        key: `${known.key}/${name}`,
        now: instant,
        names: [name],
        depth: 1,
      });
    const made = data[name];
    if (isObject(made)) linkInside(made, schema, (id) => addressOf(operations.get(id), resource, known));
  }
}

/** Links of an inner object: `links.self`. */
function linkInside(made: JsonObject, schema: Schema, address: (operation: string) => string): void {
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, own] of Object.entries(properties))
    if (isObject(own) && typeof own['x-ringtrue-link'] === 'string') made[name] = address(own['x-ringtrue-link']);
}

/** @returns the path of an operation for a record */
export function addressOf(
  operation: Operation | undefined,
  resource: Resource,
  { id, above, path }: { id: string; above: Readonly<Record<string, string>>; path?: Readonly<Record<string, string>> },
): string {
  if (!operation) return '';
  const own = ownParameter(resource, operation) ?? resource.idParameter;
  return operation.path.replaceAll(/\{([^{}]+)\}/g, (_all, name: string) => {
    const from = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.from?.resource;
    return encodeURIComponent(name === own ? id : (above[from ?? name] ?? path?.[name] ?? ''));
  });
}
