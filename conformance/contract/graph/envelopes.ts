/** Requests whose fields stand inside something: `{"data": {…}}`, `{"article": {…}}`, JSON:API. */
import type { PlacedSchema } from '../fields.ts';
import { at, escapeToken, propertiesOf, typesOf } from '../resolve.ts';
import type { Envelope, JsonObject, Operation, RequestBody } from '../types.ts';
import { referenced } from './records.ts';
import { plain } from './words.ts';

/**
 * @param document the bundled document
 * @param operation that takes a body
 * @param names of the properties of its record: one that the record has is a property, and no envelope
 * @param nouns what a record is called
 * @returns the envelope and the schema of what it holds; undefined when the fields are at the top
 */
export function envelopeOf(
  document: JsonObject,
  operation: Operation,
  names: readonly string[],
  nouns: readonly string[],
): { envelope: Envelope; holds: PlacedSchema } | undefined {
  const body = operation.requestBody;
  if (!body) return undefined;
  const properties = propertiesOf(document, body.schema, body.schemaPointer);
  const outer = properties.find(({ name }) => name === 'data' || nouns.includes(plain(name)));
  const others = properties.filter((property) => property !== outer);
  if (!outer || names.includes(outer.name) || others.some(({ required }) => required)) return undefined;
  if (typesOf(outer.schema).some((type) => type !== 'object' && type !== 'null')) return undefined;
  const holds = { value: outer.schema, pointer: referenced(document, outer.pointer) };
  const inner = propertiesOf(document, holds.value, holds.pointer);
  if (inner.length === 0) return undefined;
  const place = `/${escapeToken(outer.name)}`;
  return (
    jsonApi(document, { body, path: operation.path }, inner, place) ?? { envelope: { at: place, around: {} }, holds }
  );
}

/** @see JSON:API 1.1, Creating Resources and Updating Resources */
function jsonApi(
  document: JsonObject,
  { body, path }: { body: RequestBody; path: string },
  inner: ReturnType<typeof propertiesOf>,
  place: string,
): { envelope: Envelope; holds: PlacedSchema } | undefined {
  const attributes = inner.find(({ name }) => name === 'attributes');
  const type = inner.find(({ name }) => name === 'type');
  const id = inner.find(({ name }) => name === 'id');
  if (!attributes || !type) return undefined;
  if (inner.some((one) => one.required && ![attributes, type, id].includes(one))) return undefined;
  const { schema } = type;
  const { mediaType } = body;
  const shown = body.examples.map(({ value }) => at(value, `${place}/type`)).find((value) => typeof value === 'string');
  const named: unknown =
    schema.const ?? (Array.isArray(schema.enum) ? schema.enum[0] : undefined) ?? shown ?? schema.example;
  // Of itself a document may only say that it is a text: the records of a collection are of the type that its path names.
  const resourceType = typeof named === 'string' ? named : namedByPath(mediaType, path);
  if (resourceType === undefined) return undefined;
  const key = place.slice(1);
  return {
    envelope: {
      at: `${place}/attributes`,
      around: { [key]: { type: resourceType } },
      ...(id?.required === true ? { idAt: `${place}/id` } : {}),
    },
    holds: { value: attributes.schema, pointer: referenced(document, attributes.pointer) },
  };
}

/** The last fixed part of a path. Only where the media type says JSON:API: elsewhere `type` may be anything. */
function namedByPath(mediaType: string, path: string): string | undefined {
  if (!/^application\/vnd\.api\+json\b/.test(mediaType)) return undefined;
  return path.split('/').findLast((segment) => segment !== '' && !segment.includes('{'));
}
