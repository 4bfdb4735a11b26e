/**
 * Holds values to the schemas of a document with a validator other than the suite's: a mistake of one of the two then shows as a
 * disagreement, and not as a silent agreement of both.
 */
import { validate, type Schema as ValidatorSchema } from '@cfworker/json-schema';
import { patternOf } from '../contract/safe-pattern.ts';
import { at, follow, isObject, propertiesOf, type Resolved } from '../contract/resolve.ts';
import type { JsonObject, Schema } from '../contract/types.ts';
import type { Problem } from './model.ts';

/** Which way a value goes: properties of the other way are neither required nor looked at. */
export type Direction = 'request' | 'response';

export interface Property {
  name: string;
  schema: Schema;
  pointer: string;
  required: boolean;
}

const FOREIGN: Readonly<Record<Direction, 'readOnly' | 'writeOnly'>> = { request: 'readOnly', response: 'writeOnly' };
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const single = new Set([
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
]);
const plain = new Set([
  '$ref',
  'type',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'format',
]);

/** Keywords that only pass on what is wrong below them. */
const passingOn = new Set([
  '$ref',
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  'then',
  'else',
]);

/** The OpenAPI Format Registry: what an integer of so many bits holds. */
const integers: Readonly<Record<string, [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int8: [-128, 127],
  uint8: [0, 255],
};

export class Schemas {
  readonly document: JsonObject;
  readonly #cleaned: Record<Direction, Map<string, ValidatorSchema | boolean>> = {
    request: new Map(),
    response: new Map(),
  };
  readonly #lookups: Record<Direction, Record<string, ValidatorSchema | boolean>>;
  readonly #properties = new Map<string, Property[]>();
  readonly #resolved = new Map<string, Resolved>();
  /** Cleaned schemas of parameters and headers. */
  readonly #loose = new WeakMap<Schema, ValidatorSchema | boolean>();

  constructor(document: JsonObject) {
    this.document = document;
    this.#lookups = { request: this.#lookup('request'), response: this.#lookup('response') };
  }

  /** References are looked up when they are met: most of a large document is never asked for. */
  #lookup(direction: Direction): Record<string, ValidatorSchema | boolean> {
    return new Proxy(
      {},
      {
        get: (_target, key) => (typeof key === 'string' ? this.#at(key.replace(/^#/, ''), direction) : undefined),
      },
    );
  }

  #at(pointer: string, direction: Direction): ValidatorSchema | boolean {
    const known = this.#cleaned[direction].get(pointer);
    if (known !== undefined) return known;
    const node = this.#node(pointer);
    const cleaned = this.#clean(node, pointer, direction, new Set());
    this.#cleaned[direction].set(pointer, cleaned);
    return cleaned;
  }

  /** Where the schema of a property really stands, if it is a reference alone. */
  #place(pointer: string): string {
    return follow(this.document, this.#node(pointer), pointer).pointer;
  }

  /** @returns the names that an object schema requires, whether it declares them or not */
  requiredNames(schema: Schema, pointer: string, depth = 0): string[] {
    const own = Array.isArray(schema.required) ? schema.required.map(String) : [];
    if (!Array.isArray(schema.allOf) || depth > 10) return own;
    const parts = schema.allOf.map((part: unknown, index) => this.inside(part, `${pointer}/allOf/${String(index)}`));
    return [...own, ...parts.flatMap(({ value, pointer: at }) => this.requiredNames(value, at, depth + 1))];
  }

  /** @returns a schema inside another one, its references followed */
  inside(node: unknown, pointer: string): Resolved {
    return follow(this.document, node, pointer);
  }

  /** A pointer may have come out of a `$ref`, where it is percent-encoded. */
  #node(pointer: string): unknown {
    return at(this.document, pointer) ?? at(this.document, `#${pointer}`);
  }

  /** A copy with the keywords of JSON Schema alone; `required` without what belongs to the other direction. */
  #clean(
    node: unknown,
    pointer: string,
    direction: Direction,
    foreign: ReadonlySet<string>,
  ): ValidatorSchema | boolean {
    if (typeof node === 'boolean') return node;
    if (!isObject(node)) return {};
    const others = new Set([...foreign, ...this.#foreign(node, pointer, direction)]);
    const copy: JsonObject = {};
    for (const [key, value] of Object.entries(node)) {
      const place = `${pointer}/${key}`;
      if (plain.has(key)) copy[key] = value;
      else if (key === 'pattern') copy.pattern = usablePattern(value);
      else if (key === 'required' && Array.isArray(value))
        copy.required = value.filter((name) => !others.has(String(name)));
      else if (maps.has(key) && isObject(value))
        copy[key] = Object.fromEntries(
          Object.entries(value).map(([name, one]) => [
            name,
            this.#clean(one, `${place}/${name}`, direction, new Set()),
          ]),
        );
      else if (lists.has(key) && Array.isArray(value)) {
        const passed = key === 'prefixItems' ? new Set<string>() : others;
        copy[key] = value.map((one, index) => this.#clean(one, `${place}/${String(index)}`, direction, passed));
      } else if (single.has(key)) copy[key] = this.#clean(value, place, direction, new Set());
    }
    const range = typeof node.format === 'string' ? integers[node.format] : undefined;
    if (range && node.type === 'integer') {
      copy.minimum = Math.max(range[0], Number(node.minimum ?? -Infinity));
      copy.maximum = Math.min(range[1], Number(node.maximum ?? Infinity));
    }
    return copy;
  }

  /** Names of properties that belong to the other direction, wherever in an `allOf` they stand. */
  #foreign(node: JsonObject, pointer: string, direction: Direction): string[] {
    if (!Array.isArray(node.required) && !Array.isArray(node.allOf)) return [];
    return propertiesOf(this.document, node, pointer)
      .filter(({ schema }) => schema[FOREIGN[direction]] === true)
      .map(({ name }) => name);
  }

  /**
   * @param pointer of the schema
   * @param value what is held to it
   * @param direction which way the value goes
   * @returns what is wrong with the value; nothing when it keeps the schema
   */
  check(pointer: string, value: unknown, direction: Direction): Problem[] {
    const schema = this.#at(pointer, direction);
    const { valid, errors } = validate(value, schema, '2020-12', this.#lookups[direction], false);
    if (valid) return [];
    const leaves = errors.filter(({ keyword }) => !passingOn.has(keyword));
    return (leaves.length > 0 ? leaves : errors).map(({ instanceLocation, keyword, error }) => ({
      at: decodeURIComponent(instanceLocation.replace(/^#/, '')),
      keyword,
      message: error,
      ...(keyword === 'required' ? { missing: /"([^]*)"/.exec(error)?.[1] } : {}),
    }));
  }

  /** @returns whether a value keeps a schema that stands by itself, such as that of a parameter */
  keeps(schema: Schema, value: unknown, direction: Direction): boolean {
    const known = this.#loose.get(schema) ?? this.#clean(schema, '', direction, new Set());
    this.#loose.set(schema, known);
    return validate(value, known, '2020-12', this.#lookups[direction], true).valid;
  }

  /** @returns the schema at a pointer, its references followed */
  resolve(pointer: string): Resolved {
    const known = this.#resolved.get(pointer) ?? follow(this.document, this.#node(pointer), pointer);
    this.#resolved.set(pointer, known);
    return known;
  }

  /** @returns the properties of an object schema; looked up once for each place */
  properties(schema: Schema, pointer: string): Property[] {
    const known =
      this.#properties.get(pointer) ??
      propertiesOf(this.document, schema, pointer).map((one) => ({ ...one, pointer: this.#place(one.pointer) }));
    this.#properties.set(pointer, known);
    return known;
  }
}

/** The validator reads patterns with the flag `u`; identity escapes that only older readers take are written as what they mean. */
function usablePattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  for (const text of [
    pattern,
    pattern.replaceAll(/\\([^\w\s^$\\.*+?()[\]{}|/-])/g, '$1').replaceAll(String.raw`\_`, '_'),
  ]) {
    if (patternOf(text)?.unicode) return text;
  }
  return undefined;
}
