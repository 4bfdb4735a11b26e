/** Keywords of a schema whose values no validator takes, though people write them; each is brought to what it means. */
import { isObject, typesOf } from './resolve.ts';
import { patternOf } from './safe-pattern.ts';
import type { JsonObject } from './types.ts';

const NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const COUNTS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
];

/**
 * @param schema is changed in place
 * @returns a sentence without its place for each keyword that says nothing as it stands
 */
export function mendKeywords(schema: JsonObject): string[] {
  const said: string[] = [];
  // Of another draft, or of no use inside a document: they would send the validator elsewhere.
  for (const key of ['$schema', '$id', 'id']) delete schema[key];
  booleanBounds(schema);
  for (const key of [...NUMBERS, ...COUNTS]) said.push(...number(schema, key));
  said.push(...lists(schema));
  if (Array.isArray(schema.items)) {
    schema.prefixItems ??= schema.items;
    delete schema.items;
  }
  for (const key of ['properties', 'patternProperties'])
    if (key in schema && !isObject(schema[key])) said.push(drop(schema, key));
  if ('format' in schema && typeof schema.format !== 'string') said.push(drop(schema, 'format'));
  said.push(...pattern(schema));
  for (const key of ['allOf', 'anyOf', 'oneOf'])
    if (key in schema && (!Array.isArray(schema[key]) || (schema[key] as unknown[]).length === 0))
      said.push(drop(schema, key));
  nullable(schema);
  return said;
}

function drop(schema: JsonObject, key: string): string {
  const text = JSON.stringify(schema[key]) as string | undefined;
  delete schema[key];
  return `${key}: ${(text ?? 'nothing').slice(0, 60)} says nothing in JSON Schema`;
}

/** OpenAPI 3.0 wrote `minimum: 0, exclusiveMinimum: true` (JSON Schema draft 5, section 5.3). */
function booleanBounds(schema: JsonObject): void {
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[exclusive] !== 'boolean') continue;
    const applies = schema[exclusive] && typeof schema[bound] === 'number';
    delete schema[exclusive];
    if (!applies) continue;
    schema[exclusive] = schema[bound];
    delete schema[bound];
  }
}

function number(schema: JsonObject, key: string): string[] {
  if (!(key in schema)) return [];
  const value = schema[key];
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isCount = COUNTS.includes(key);
  const right =
    typeof read === 'number' &&
    Number.isFinite(read) &&
    (!isCount || (Number.isInteger(read) && read >= 0)) &&
    (key !== 'multipleOf' || read > 0);
  if (!right) return [drop(schema, key)];
  schema[key] = read;
  return [];
}

function lists(schema: JsonObject): string[] {
  const said: string[] = [];
  const { required } = schema;
  if (Array.isArray(required)) schema.required = [...new Set(required.filter((name) => typeof name === 'string'))];
  else if (required !== undefined) said.push(drop(schema, 'required'));
  if ('enum' in schema) {
    const values = schema.enum;
    if (!Array.isArray(values) || values.length === 0) said.push(drop(schema, 'enum'));
    // `enum: [1, 2]` of a string: YAML made numbers of what were meant as texts.
    else if (
      typesOf(schema).every((type) => type === 'string' || type === 'null') &&
      typeof schema.type !== 'undefined'
    )
      schema.enum = [
        ...new Set(
          values.map((value: unknown) =>
            typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
          ),
        ),
      ];
  }
  return said;
}

/** A pattern is a regular expression of ECMA-262 (JSON Schema 2020-12 section 6.4); those of other languages are annotations. */
function pattern(schema: JsonObject): string[] {
  if ('pattern' in schema && (typeof schema.pattern !== 'string' || !patternOf(schema.pattern)))
    return [drop(schema, 'pattern')];
  const { patternProperties } = schema;
  if (!isObject(patternProperties)) return [];
  return Object.keys(patternProperties).flatMap((name) => (patternOf(name) ? [] : [drop(patternProperties, name)]));
}

/** `nullable` (OpenAPI 3.0.3, Schema Object), `x-nullable` of Swagger 2: null is allowed as well, whatever else stands there. */
function nullable(schema: JsonObject): void {
  const applies = schema.nullable === true || schema['x-nullable'] === true;
  if (typeof schema.nullable === 'boolean') delete schema.nullable;
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  const says = applies || (Array.isArray(types) && types.includes('null'));
  if (says && Array.isArray(schema.enum) && !schema.enum.includes(null))
    schema.enum = [...(schema.enum as unknown[]), null];
  if (!applies) return;
  if (Array.isArray(types)) {
    if (!types.includes('null')) schema.type = [...(types as unknown[]), 'null'];
  }
  for (const key of ['oneOf', 'anyOf']) {
    const branches = schema[key];
    if (Array.isArray(branches) && !branches.some((one) => isObject(one) && one.type === 'null'))
      schema[key] = [...(branches as unknown[]), { type: 'null' }];
  }
  if (typeof schema.$ref !== 'string' && !Array.isArray(schema.allOf)) return;
  const moved: JsonObject = {};
  for (const key of ['$ref', 'allOf'])
    if (key in schema) {
      moved[key] = schema[key];
      delete schema[key];
    }
  schema.anyOf = [moved, { type: 'null' }];
}
