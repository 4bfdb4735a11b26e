/** How a value that a request carries is read back (`x-ringtrue-round-trip`, `x-ringtrue-read-back`; else by its name). */
import type { Level } from '../../model/index.ts';
import { requestFields, recordFields, type PlacedSchema } from '../fields.ts';
import { escapeToken, follow, isObject, propertiesOf, typesOf } from '../resolve.ts';
import type { JsonObject, RecordField, RequestField, RoundTrip, Schema, WayIn } from '../types.ts';

const allWays: WayIn[] = ['create', 'read', 'list', 'update'];

/** The record as each way in documents it; undefined where that way documents none. */
export type Views = Readonly<Partial<Record<WayIn, PlacedSchema>>>;

interface Known {
  own: ReadonlyMap<string, RecordField>;
  inner: ReadonlyMap<string, RecordField>;
  views: Partial<Record<WayIn, ReadonlySet<string>>>;
}

/**
 * @param document the bundled document
 * @param schema what the request's fields stand in
 * @param fields of the record
 * @param views where a property is documented to be read
 * @returns the request's fields, each with how it is read back; and the names of those that nothing stands for
 */
export function roundTrips(
  document: JsonObject,
  schema: PlacedSchema,
  fields: readonly RecordField[],
  views: Views,
): { fields: RequestField[]; silent: string[] } {
  const silent: string[] = [];
  const attributes = attributesOf(document, fields);
  // By name, once: a record may have thousands of properties.
  const known: Known = {
    own: byName(fields),
    inner: byName(attributes),
    views: Object.fromEntries(
      allWays.flatMap((way) => {
        const view = views[way];
        return view ? [[way, placesOf(document, view)] as const] : [];
      }),
    ),
  };
  const read = requestFields(document, schema).map((field): RequestField => {
    const roundTrip = readRoundTrip(document, field, known);
    const named = known.own.has(field.name) || known.inner.has(field.name);
    if (!roundTrip && field.schema['x-ringtrue-round-trip'] !== false && !named) silent.push(field.name);
    return { ...field, roundTrip };
  });
  return { fields: read, silent };
}

/** The properties below `attributes` of a record of JSON:API. */
function attributesOf(document: JsonObject, fields: readonly RecordField[]): RecordField[] {
  const attributes = fields.find(({ name }) => name === 'attributes');
  const isResource = fields.some(({ name }) => name === 'type') && fields.some(({ name }) => name === 'id');
  if (!attributes || !isResource) return [];
  return recordFields(document, [{ value: attributes.schema, pointer: attributes.pointer }]);
}

function readRoundTrip(
  document: JsonObject,
  { name, schema: request, pointer }: RequestField,
  { own: fields, inner: attributes, views }: Known,
): RoundTrip | undefined {
  const elsewhere = request['x-ringtrue-read-back'];
  const own = fields.get(name);
  const inner = own ? undefined : attributes.get(name);
  if (typeof elsewhere !== 'string' && ((!own && !inner) || request.writeOnly === true)) return undefined;
  let keyword: unknown = (own ?? inner)?.schema['x-ringtrue-round-trip'];
  let sureToBeThere = (own ?? inner)?.required === true;
  if (typeof elsewhere === 'string') {
    const top = fields.get(elsewhere.split('/')[1] ?? '');
    sureToBeThere = top?.required === true;
    let schema = top?.schema ?? {};
    for (const token of elsewhere.split('/').slice(2)) {
      const next = propertiesOf(document, schema, top?.pointer ?? '').find((property) => property.name === token);
      sureToBeThere &&= next?.required === true;
      schema = next?.schema ?? {};
    }
    keyword = schema['x-ringtrue-round-trip'] ?? request['x-ringtrue-round-trip'];
  }
  if (keyword === false) return undefined;
  const said = isObject(keyword) ? keyword : {};
  // Without a keyword a contract that leaves the property optional has not promised that it is there.
  const presence = keyword === undefined && !sureToBeThere ? 'SHOULD' : 'MUST';
  const place = `${inner ? '/attributes' : ''}/${escapeToken(name)}`;
  const at = typeof elsewhere === 'string' ? elsewhere : place;
  return {
    presence: (said.presence as Level | undefined) ?? presence,
    equality: (said.equality as RoundTrip['equality'] | undefined) ?? inferEquality(request),
    from: (said.from as RoundTrip['from'] | undefined) ?? 'create',
    ways: (said.ways as WayIn[] | undefined) ?? (keyword === undefined ? waysOf(at, views) : allWays),
    ignore: (said.ignore as string[] | undefined) ?? (keyword === undefined ? oneWay(document, request, pointer) : []),
    whenAbsent: said.whenAbsent as Level | undefined,
    inferred: keyword === undefined && typeof elsewhere !== 'string',
    at,
  };
}

/** As deep as properties of one direction are looked for. */
const DEEPEST = 5;

/** Places inside of a value that are never returned, or that are the server's own: `writeOnly` and `readOnly` at any depth. */
function oneWay(document: JsonObject, schema: Schema, place: string, at = '', depth = 0): string[] {
  if (at !== '' && (schema.writeOnly === true || schema.readOnly === true)) return [at];
  if (depth > DEEPEST) return [];
  const items = isObject(schema.items) ? follow(document, schema.items, `${place}/items`) : undefined;
  return [
    ...(items ? oneWay(document, items.value, items.pointer, `${at}/*`, depth + 1) : []),
    ...propertiesOf(document, schema, place).flatMap((property) =>
      oneWay(document, property.schema, property.pointer, `${at}/${escapeToken(property.name)}`, depth + 1),
    ),
  ];
}

/** Only what documents the property promises it: a list of summaries and a create that answers an id alone do not. */
function waysOf(at: string, views: Known['views']): WayIn[] {
  const [top = '', below] = at.split('/').slice(1);
  const place = top === 'attributes' && below !== undefined ? `/attributes/${below}` : `/${top}`;
  return allWays.filter((way) => views[way]?.has(place) === true);
}

/** Pointers of the properties that a record is documented to have, and of those below `attributes`. */
function placesOf(document: JsonObject, view: PlacedSchema): Set<string> {
  const properties = propertiesOf(document, view.value, view.pointer);
  const attributes = properties.find(({ name }) => name === 'attributes');
  const inner = attributes ? propertiesOf(document, attributes.schema, attributes.pointer) : [];
  return new Set([
    ...properties.map(({ name }) => `/${escapeToken(name)}`),
    ...inner.map(({ name }) => `/attributes/${escapeToken(name)}`),
  ]);
}

function byName(fields: readonly RecordField[]): Map<string, RecordField> {
  return new Map(fields.map((field) => [field.name, field]));
}

function inferEquality(schema: Schema): RoundTrip['equality'] {
  if (schema.format === 'date-time') return 'instant';
  const types = typesOf(schema);
  if (types.includes('number') || types.includes('integer')) return 'number';
  return 'exact';
}
