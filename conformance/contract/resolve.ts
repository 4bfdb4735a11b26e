/** References and pointers inside one bundled document (OpenAPI 3.1 Reference Object; RFC 6901). */
import type { JsonObject, Schema } from './types.ts';

/** @returns whether the value is a plain JSON object */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns one reference token, escaped as RFC 6901 section 3 wants */
export function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * @param document any JSON value
 * @param pointer a JSON Pointer, with or without the leading `#`
 * @returns the value there, or undefined
 * @see RFC 6901 section 4
 */
export function at(document: unknown, pointer: string): unknown {
  let here = document;
  const text = pointer.startsWith('#') ? decodeURIComponent(pointer.slice(1)) : pointer;
  if (text === '') return here;
  for (const raw of text.slice(1).split('/')) {
    const token = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) here = here[Number(token)] as unknown;
    else if (isObject(here) && Object.hasOwn(here, token)) here = here[token];
    else return undefined;
  }
  return here;
}

export interface Resolved {
  value: JsonObject;
  /** Pointer of the place that the last reference led to. */
  pointer: string;
}

/**
 * Follows `$ref` at this level; keywords beside the reference win (JSON Schema 2020-12 section 8.2.3.1 allows them).
 *
 * @param document the bundled document
 * @param node the object that may be a reference
 * @param pointer where the node stands
 * @throws Error when the reference leads nowhere or round in a circle
 */
export function follow(document: JsonObject, node: unknown, pointer: string): Resolved {
  let value = isObject(node) ? node : {};
  let place = pointer;
  const seen = new Set<string>();
  while (typeof value.$ref === 'string') {
    const { $ref, ...beside } = value;
    const target = $ref;
    if (seen.has(target)) throw new Error(`the reference ${target} at ${pointer} leads back to itself`);
    seen.add(target);
    const next = at(document, target);
    if (!isObject(next)) throw new Error(`the reference ${target} at ${pointer} leads nowhere`);
    place = target.replace(/^#/, '');
    value = { ...next, ...beside };
    if (typeof next.$ref === 'string') value.$ref = next.$ref;
  }
  return { value, pointer: place };
}

/** Deeper than any document that people write, and within the stack. */
const MAX_DEPTH = 200;

/** The properties of an object schema, with `$ref` and `allOf` followed. */
export function propertiesOf(
  document: JsonObject,
  schema: Schema,
  pointer: string,
): { name: string; schema: Schema; pointer: string; required: boolean }[] {
  const found = new Map<string, { name: string; schema: Schema; pointer: string; required: boolean }>();
  const required = new Set<string>();
  // What two parts of an `allOf` lead to alike is looked at once: with each level that does so the ways to it double.
  const seen = new Set<unknown>();
  const visit = (node: unknown, place: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    const { value, pointer: here } = follow(document, node, place);
    const key = isObject(node) && typeof node.$ref === 'string' && Object.keys(node).length === 1 ? here : node;
    if (seen.has(key)) return;
    seen.add(key);
    if (Array.isArray(value.allOf)) {
      value.allOf.forEach((part, index) => {
        visit(part, `${here}/allOf/${String(index)}`, depth + 1);
      });
    }
    const only = onlyBranch(value);
    if (only) visit(only.node, `${here}/${only.place}`, depth + 1);
    for (const name of Array.isArray(value.required) ? value.required : []) required.add(String(name));
    if (!isObject(value.properties)) return;
    for (const [name, property] of Object.entries(value.properties)) {
      const own = `${here}/properties/${escapeToken(name)}`;
      const resolved = follow(document, property, own);
      const whole = joined(document, resolved);
      const before = found.get(name);
      found.set(name, {
        name,
        schema: before ? { ...before.schema, ...whole } : whole,
        pointer: own,
        required: false,
      });
    }
  };
  visit(schema, pointer, 0);
  return [...found.values()].map((property) => ({ ...property, required: required.has(property.name) }));
}

/**
 * A value whose schema is a reference inside `allOf`, as OpenAPI 3.0 makes people write it who want to say more beside the reference:
 * what its parts say together. Objects keep their parts: whoever reads their properties follows them.
 */
function joined(document: JsonObject, { value, pointer }: Resolved): Schema {
  const { allOf, ...own } = value;
  if (!Array.isArray(allOf) || own.type !== undefined || own.enum !== undefined || isObject(own.properties))
    return value;
  const parts = allOf.map((part, index) => follow(document, part, `${pointer}/allOf/${String(index)}`).value);
  const simple = parts.every(
    (part) => !isObject(part.properties) && part.allOf === undefined && !typesOf(part).includes('object'),
  );
  return simple ? (Object.assign({}, ...parts, own) as Schema) : value;
}

/** What is left of `anyOf` or `oneOf` besides null: how an optional value is written (Pydantic, and what `nullable` became). */
function onlyBranch(schema: Schema): { node: unknown; place: string } | undefined {
  for (const key of ['anyOf', 'oneOf']) {
    const branches: unknown = schema[key];
    if (!Array.isArray(branches) || branches.length !== 2) continue;
    const index = branches.findIndex((one) => isObject(one) && one.type === 'null');
    if (index >= 0) return { node: branches[1 - index] as unknown, place: `${key}/${String(1 - index)}` };
  }
  return undefined;
}

/** The JSON types that a schema allows, `null` included; empty when it says none. */
export function typesOf(schema: Schema): string[] {
  if (typeof schema.type === 'string') return [schema.type];
  if (Array.isArray(schema.type)) return schema.type.map(String);
  if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map(jsonType))];
  if ('const' in schema) return [jsonType(schema.const)];
  const only = onlyBranch(schema);
  const types = only && isObject(only.node) ? typesOf(only.node) : [];
  return types.length > 0 ? [...new Set([...types, 'null'])] : [];
}

/** @returns the JSON type of a value: `null`, `array`, `object`, `string`, `number`, `boolean` */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/**
 * @param value what a contract says, which may be a number or a boolean where a text is meant
 * @param otherwise taken when it is none of these
 */
export function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : otherwise;
}
