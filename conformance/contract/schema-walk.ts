/** Goes through every schema of a document, and through nothing else (OpenAPI 3.1, Schema Object; JSON Schema 2020-12 section 10). */
import { escapeToken, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** Keywords whose value is one schema. */
const ONE = [
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'additionalItems',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
];
/** Keywords whose value is a list of schemas. */
const MANY = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
/** Keywords whose value holds schemas by names that the author chose. */
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** Maps of OpenAPI whose keys are names. */
const MAPS = new Set([
  'paths',
  'webhooks',
  'pathItems',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
  'callbacks',
  'content',
  'encoding',
  'variables',
]);
/** What stands under these is data. */
const DATA = new Set(['example', 'examples', 'value', 'default', 'enum']);

/** @returns whether a map of OpenAPI stands under a key: its own keys are names */
export function isMapKey(key: string): boolean {
  return MAPS.has(key);
}

/** @returns whether what stands under a key is data, or an extension's own */
export function isDataKey(key: string): boolean {
  return DATA.has(key) || key.startsWith('x-');
}

/** @returns what a schema is made of: further schemas, and maps of them */
export function schemaParts(schema: JsonObject): { node: unknown; isMap: boolean }[] {
  return [
    ...ONE.flatMap((key) => (key in schema ? [{ node: schema[key], isMap: false }] : [])),
    ...MANY.flatMap((key) => {
      const parts = schema[key];
      return Array.isArray(parts) ? parts.map((node: unknown) => ({ node, isMap: false })) : [];
    }),
    ...NAMED.flatMap((key) => (key in schema ? [{ node: schema[key], isMap: true }] : [])),
  ];
}

/** What stands in a schema's place: an object, or something that cannot be one. */
export type Visit = (schema: unknown, pointer: string, put: (value: JsonObject) => void) => void;

/**
 * @param document a document of OpenAPI 3.1
 * @param visit is handed each schema before its parts; what it puts in its place is gone through
 */
export function eachSchema(document: JsonObject, visit: Visit): void {
  new Walk(visit).openapi(document, '', false);
}

class Walk {
  private readonly seen = new Set<object>();

  constructor(private readonly visit: Visit) {}

  /** An object of OpenAPI that is no schema. */
  openapi(node: unknown, pointer: string, isMap: boolean): void {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      node.forEach((item: unknown, index) => {
        this.openapi(item, `${pointer}/${String(index)}`, false);
      });
      return;
    }
    if (this.seen.has(node)) return;
    this.seen.add(node);
    for (const [key, value] of Object.entries(node as JsonObject)) {
      const own = `${pointer}/${escapeToken(key)}`;
      if (isMap) this.openapi(value, own, false);
      else if (key === 'schema') this.schema(node as JsonObject, key, own);
      else if (key === 'schemas' && isObject(value))
        for (const name of Object.keys(value)) this.schema(value, name, `${own}/${escapeToken(name)}`);
      else if (!isDataKey(key)) this.openapi(value, own, MAPS.has(key) && isObject(value));
    }
  }

  private schema(holder: JsonObject | unknown[], key: string, pointer: string): void {
    const at = holder as Record<string, unknown>;
    if (typeof at[key] === 'object' && at[key] !== null && this.seen.has(at[key])) return;
    this.visit(at[key], pointer, (value) => {
      at[key] = value;
    });
    const node = at[key];
    if (!isObject(node) || this.seen.has(node)) return;
    this.seen.add(node);
    for (const name of ONE) if (name in node) this.schema(node, name, `${pointer}/${name}`);
    for (const name of MANY) {
      const parts = node[name];
      if (Array.isArray(parts))
        for (const index of parts.keys()) this.schema(parts, String(index), `${pointer}/${name}/${String(index)}`);
    }
    for (const name of NAMED) {
      const parts = node[name];
      if (isObject(parts))
        for (const inner of Object.keys(parts)) this.schema(parts, inner, `${pointer}/${name}/${escapeToken(inner)}`);
    }
  }
}
