/** How a value that a request carries is read back (`x-ringtrue-round-trip`, `x-ringtrue-read-back`; else by its name). */
import type { Level } from '../../model/index.ts';
import { requestFields, recordFields, type PlacedSchema } from '../fields.ts';
import { escapeToken, isObject, propertiesOf, typesOf } from '../resolve.ts';
import type { JsonObject, RecordField, RequestField, RoundTrip, Schema, WayIn } from '../types.ts';

const allWays: WayIn[] = ['create', 'read', 'list', 'update'];

/** The record as each way in documents it; undefined where that way documents none. */
export type Views = Readonly<Partial<Record<WayIn, PlacedSchema>>>;

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
  const read = requestFields(document, schema).map((field): RequestField => {
    const roundTrip = readRoundTrip(document, field, fields, attributes, views);
    const named = [...fields, ...attributes].some(({ name }) => name === field.name);
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
  { name, schema: request }: RequestField,
  fields: readonly RecordField[],
  attributes: readonly RecordField[],
  views: Views,
): RoundTrip | undefined {
  const elsewhere = request['x-ringtrue-read-back'];
  const own = fields.find((field) => field.name === name);
  const inner = own ? undefined : attributes.find((field) => field.name === name);
  if (typeof elsewhere !== 'string' && ((!own && !inner) || request.writeOnly === true)) return undefined;
  let keyword: unknown = (own ?? inner)?.schema['x-ringtrue-round-trip'];
  let sureToBeThere = (own ?? inner)?.required === true;
  if (typeof elsewhere === 'string') {
    const top = fields.find((field) => field.name === elsewhere.split('/')[1]);
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
    ways: (said.ways as WayIn[] | undefined) ?? (keyword === undefined ? waysOf(document, at, views) : allWays),
    ignore: (said.ignore as string[] | undefined) ?? [],
    whenAbsent: said.whenAbsent as Level | undefined,
    inferred: keyword === undefined && typeof elsewhere !== 'string',
    at,
  };
}

/** Only what documents the property promises it: a list of summaries and a create that answers an id alone do not. */
function waysOf(document: JsonObject, at: string, views: Views): WayIn[] {
  const [top, below] = at.split('/').slice(1);
  return allWays.filter((way) => {
    const view = views[way];
    if (!view || top === undefined) return false;
    const found = propertiesOf(document, view.value, view.pointer).find(
      (property) => escapeToken(property.name) === top,
    );
    if (!found || top !== 'attributes' || below === undefined) return found !== undefined;
    const inner = propertiesOf(document, found.schema, found.pointer);
    return inner.some((property) => escapeToken(property.name) === below);
  });
}

function inferEquality(schema: Schema): RoundTrip['equality'] {
  if (schema.format === 'date-time') return 'instant';
  const types = typesOf(schema);
  if (types.includes('number') || types.includes('integer')) return 'number';
  return 'exact';
}
