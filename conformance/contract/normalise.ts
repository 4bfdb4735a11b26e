/**
 * Brings the schemas of a document to what a validator takes, without a change of their meaning: what is only an annotation is told
 * once, what nobody can make sense of is a flaw of the operations that need it.
 */
import { closest, distance } from 'fastest-levenshtein';
import type { Flaws } from './flaws.ts';
import { mendKeywords } from './mend-keywords.ts';
import { isObject } from './resolve.ts';
import { eachSchema } from './schema-walk.ts';
import type { JsonObject } from './types.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

/** Formats that the validator knows (ajv-formats); every other one constrains nothing (JSON Schema 2020-12 section 7.2.1). */
const FORMATS = new Set(
  (
    'date time date-time iso-time iso-date-time duration uri uri-reference uri-template url email hostname ipv4 ipv6 regex uuid ' +
    'json-pointer json-pointer-uri-fragment relative-json-pointer byte int32 int64 float double password binary'
  ).split(' '),
);

const KEYWORDS = new Set(
  (
    '$ref $defs $anchor $dynamicRef $dynamicAnchor $comment $vocabulary type enum const multipleOf maximum exclusiveMaximum minimum ' +
    'exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains contains maxProperties ' +
    'minProperties required dependentRequired dependentSchemas properties patternProperties additionalProperties propertyNames ' +
    'unevaluatedProperties unevaluatedItems items prefixItems additionalItems allOf anyOf oneOf not if then else title description ' +
    'default deprecated readOnly writeOnly examples format contentEncoding contentMediaType contentSchema discriminator xml ' +
    'externalDocs example nullable definitions'
  ).split(' '),
);

/** Siblings of a reference that say nothing about a value; in OpenAPI 3.0 all others are ignored (Reference Object). */
const BESIDE_REFERENCE = new Set([
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
  'nullable',
  'summary',
]);

/** Where a document says something. */
export interface Reading {
  file: string;
  lineOf: (pointer: string) => number | undefined;
  /** What the document calls itself before it was upgraded. */
  version: string;
  flaws: Flaws;
  notes: string[];
}

/**
 * @param document of OpenAPI 3.1; its schemas are changed in place
 * @param reading where it comes from, and what takes flaws and notes
 */
export function normaliseSchemas(document: JsonObject, reading: Reading): void {
  const formats = new Map<string, number>();
  const keywords = new Map<string, number>();
  const mended = new Map<string, string[]>();
  const isOld = !reading.version.startsWith('3.1') && !reading.version.startsWith('3.2');
  const flaw = (node: object, pointer: string, problem: string): void => {
    const { file, lineOf } = reading;
    reading.flaws.note(node, { file, pointer, line: lineOf(pointer), problem, remedy: 'Correct the schema there.' });
  };
  eachSchema(document, (schema, pointer, put) => {
    if (typeof schema === 'boolean') return;
    if (!isObject(schema)) {
      const empty: JsonObject = {};
      put(empty);
      flaw(empty, pointer, `its schema cannot be used: ${shown(schema)} is none`);
      return;
    }
    if (isOld && typeof schema.$ref === 'string')
      for (const key of Object.keys(schema))
        if (key !== '$ref' && !BESIDE_REFERENCE.has(key) && !key.startsWith('x-')) delete schema[key];
    const wrong = wrongType(schema.type);
    if (wrong !== undefined) {
      delete schema.type;
      flaw(schema, `${pointer}/type`, `its schema cannot be used: ${wrong}`);
    }
    for (const what of mendKeywords(schema)) {
      const places = mended.get(what) ?? [];
      places.push(pointer);
      mended.set(what, places);
    }
    if (typeof schema.format === 'string' && !FORMATS.has(schema.format)) count(formats, schema.format);
    for (const key of Object.keys(schema)) if (!KEYWORDS.has(key) && !key.startsWith('x-')) count(keywords, key);
  });
  const names = (counted: ReadonlyMap<string, number>): string => few([...counted.keys()]);
  if (formats.size > 0)
    reading.notes.push(`No validator knows these formats, so they constrain nothing: ${names(formats)}.`);
  if (keywords.size > 0)
    reading.notes.push(`These are no keywords of JSON Schema, so they constrain nothing: ${names(keywords)}.`);
  for (const [what, places] of mended) {
    const rest =
      places.length > 1 ? ` and at ${String(places.length - 1)} more ${places.length > 2 ? 'places' : 'place'}` : '';
    reading.notes.push(`${what} (at ${places[0] ?? ''}${rest}).`);
  }
}

function count(counted: Map<string, number>, name: string): void {
  counted.set(name, (counted.get(name) ?? 0) + 1);
}

/** Why a type is none; undefined when it is right, or when there is none. */
function wrongType(type: unknown): string | undefined {
  const given = Array.isArray(type) ? (type as unknown[]) : type === undefined ? [] : [type];
  const wrong = given.find((one) => typeof one !== 'string' || !TYPES.includes(one));
  if (wrong === undefined && !(Array.isArray(type) && type.length === 0)) return undefined;
  const guess = typeof wrong === 'string' ? closest(wrong.toLowerCase(), TYPES) : undefined;
  const hint =
    guess !== undefined && distance(String(wrong).toLowerCase(), guess) <= 2 ? ` (did you mean ${guess}?)` : '';
  return `${shown(wrong)} is no type of JSON Schema${hint}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function few(names: readonly string[]): string {
  return names.length > 12
    ? `${names.slice(0, 12).join(', ')} and ${String(names.length - 12)} more`
    : names.join(', ');
}
