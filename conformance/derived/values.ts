/** Values that keep a schema: completed from what is known of a record, and made up where nothing is known. */
import { isObject, jsonType, typesOf } from '../contract/resolve.ts';
import type { Schema } from '../contract/types.ts';
import { wordsOf } from '../contract/graph/words.ts';
import { phoneFor } from '../values/safe-value.ts';
import type { Direction, Property, Schemas } from './schemas.ts';
import { hexOf, textFor, type PatternText } from './texts.ts';

/** What a value is made for. */
export interface Making {
  /** The same key gives the same value. */
  key: string;
  now: Date;
  /** Names that lead to the place. */
  names: readonly string[];
  depth: number;
}

/** Schemas may be recursive. */
const DEEPEST = 8;

const createdNames = /^(?:created|inserted|registered|added|started|opened|placed|submitted|date ?created)\b/;
const changedNames =
  /^(?:updated|modified|changed|edited|last (?:updated?|modified|changed?|edited?)|date ?(?:updated|modified))\b/;

/** @returns which instant of its life a property of a record tells, if it is named like one */
export function instantOf(name: string): 'created' | 'changed' | undefined {
  const words = wordsOf(name).join(' ');
  if (/\b(?:by|user|id|from|via|ip)$/.test(words)) return undefined;
  if (createdNames.test(words) || words === 'creation date' || words === 'creation time' || words === 'create time')
    return 'created';
  return changedNames.test(words) || words === 'update time' ? 'changed' : undefined;
}

/** @returns an instant as a schema wants it; undefined when the schema is none of an instant */
export function instantFor(schema: Schema, now: Date): string | number | undefined {
  const types = typesOf(schema);
  if (types.includes('integer') || types.includes('number')) {
    const most = typeof schema.maximum === 'number' ? schema.maximum : Infinity;
    return Math.min(
      most,
      Math.floor(now.getTime() / (schema.format === 'int64' && /milli/i.test(String(schema.description)) ? 1 : 1000)),
    );
  }
  if (types.length > 0 && !types.includes('string')) return undefined;
  if (schema.format === 'date') return now.toISOString().slice(0, 10);
  if (schema.format === 'date-time') return now.toISOString();
  return undefined;
}

export class Values {
  readonly #schemas: Schemas;
  readonly #patterns: PatternText;
  readonly #direction: Direction;

  /**
   * @param schemas of the document
   * @param patterns texts for patterns
   * @param direction which way the values go
   */
  constructor(schemas: Schemas, patterns: PatternText, direction: Direction = 'response') {
    this.#schemas = schemas;
    this.#patterns = patterns;
    this.#direction = direction;
  }

  /**
   * @param pointer of the schema
   * @param known what is known of the value; undefined makes all of it up
   * @returns a value that keeps the schema, with what is known wherever the schema has a place for it
   */
  complete(pointer: string, known: unknown, making: Making): unknown {
    const { value: schema, pointer: place } = this.#schemas.resolve(pointer);
    return this.#complete(schema, place, known, making);
  }

  /** @returns a value of a schema that stands by itself, such as that of a header */
  sample(schema: Schema, pointer: string, making: Making): unknown {
    return this.#make(schema, pointer, making);
  }

  #complete(schema: Schema, pointer: string, known: unknown, making: Making): unknown {
    if (known === undefined) return this.#make(schema, pointer, making);
    if (making.depth > DEEPEST) return known;
    if (isObject(known)) {
      const types = typesOf(schema);
      // The one record stands in a list.
      if (!types.includes('array') || types.includes('object')) return this.#object(schema, pointer, known, making);
      return this.#complete(schema, pointer, [known], making);
    }
    if (Array.isArray(known)) {
      if (!isObject(schema.items)) return known;
      const items = this.#schemas.inside(schema.items, `${pointer}/items`);
      return known.map((one: unknown, index) =>
        this.#complete(items.value, items.pointer, one, below(making, String(index))),
      );
    }
    return known;
  }

  #object(schema: Schema, pointer: string, known: Record<string, unknown>, making: Making): unknown {
    const branch = this.#branch(schema, pointer, known, making);
    if (branch !== undefined) return branch;
    const properties = this.#schemas.properties(schema, pointer);
    const made: Record<string, unknown> = {};
    for (const property of properties) {
      const { name, schema: own, pointer: at, required } = property;
      if (this.#direction === 'response' && own.writeOnly === true) continue;
      const value = Object.hasOwn(known, name) ? known[name] : undefined;
      if (value !== undefined) put(made, name, this.#complete(own, at, value, below(making, name)));
      else if (required) put(made, name, this.#make(own, at, below(making, name)));
    }
    const open = schema.additionalProperties !== false && schema.unevaluatedProperties !== false;
    if (open) this.#undeclared(schema, pointer, properties, made, making);
    // A record shows what is documented; a map shows what it holds.
    if (open && (properties.length === 0 || isObject(schema.additionalProperties)))
      for (const [name, value] of Object.entries(known)) if (!Object.hasOwn(made, name)) put(made, name, value);
    return made;
  }

  /** What is required without being declared. */
  #undeclared(
    schema: Schema,
    pointer: string,
    properties: readonly Property[],
    made: Record<string, unknown>,
    making: Making,
  ): void {
    for (const name of this.#schemas.requiredNames(schema, pointer)) {
      if (Object.hasOwn(made, name) || properties.some((one) => one.name === name)) continue;
      const own = isObject(schema.additionalProperties)
        ? this.#schemas.inside(schema.additionalProperties, `${pointer}/additionalProperties`)
        : { value: {}, pointer };
      put(made, name, this.#make(own.value, own.pointer, below(making, name)));
    }
  }

  /** Of several branches the first that what is known fits, completed. */
  #branch(schema: Schema, pointer: string, known: Record<string, unknown>, making: Making): unknown {
    const key = Array.isArray(schema.oneOf) ? 'oneOf' : 'anyOf';
    const branches: unknown = schema[key];
    if (!Array.isArray(branches)) return undefined;
    const { [key]: _branches, ...beside } = schema;
    const hasOwn = isObject(beside.properties) || Array.isArray(beside.allOf);
    // First the least that a branch needs, then all that it has: so that of `oneOf` one alone takes it.
    for (const full of [false, true]) {
      for (let index = 0; index < branches.length; index += 1) {
        const { value, pointer: at } = this.#schemas.inside(branches[index], `${pointer}/${key}/${String(index)}`);
        if (typesOf(value).length > 0 && !typesOf(value).includes('object')) continue;
        const least = this.#object(value, at, known, making);
        const inner = full && isObject(least) && making.depth < 3 ? this.#optional(value, at, least, making) : least;
        const outer = hasOwn ? this.#object(beside, `${pointer}#beside`, known, making) : {};
        const whole = isObject(inner) && isObject(outer) ? { ...outer, ...inner } : inner;
        if (this.#schemas.check(pointer, whole, this.#direction).length === 0) return whole;
      }
    }
    return undefined;
  }

  #make(schema: Schema, pointer: string, making: Making): unknown {
    if ('const' in schema) return schema.const;
    for (const candidate of this.#candidates(schema, making)) {
      if (this.#keeps(schema, candidate)) return candidate;
    }
    return this.#build(schema, pointer, making);
  }

  /** What the document itself shows there. */
  *#candidates(schema: Schema, { names, key, now }: Making): Generator {
    if ('default' in schema) yield schema.default;
    const instant = instantOf(names.at(-1) ?? '') === undefined ? undefined : instantFor(schema, now);
    if (instant !== undefined) yield instant;
    const choice = { int: (name: string, under: number) => Number.parseInt(hexOf(`${key}/${name}`, 8), 16) % under };
    const types = typesOf(schema);
    if (types.includes('string') || types.length === 0) {
      const phone = phoneFor(names, [schema], choice, key);
      if (phone !== undefined) {
        yield phone;
        return;
      }
    }
    if (Array.isArray(schema.enum)) yield* schema.enum.filter((value) => value !== null);
    if (schema.format === 'date-time' || schema.format === 'uuid') return;
    if ('example' in schema) yield schema.example;
    if (Array.isArray(schema.examples)) yield* schema.examples;
  }

  /** Objects are checked as a whole where they are sent: an example of one is often a part. */
  #keeps(schema: Schema, value: unknown): boolean {
    const types = typesOf(schema);
    const own = jsonType(value);
    if (types.length > 0 && !types.includes(own) && !(own === 'number' && types.includes('integer'))) return false;
    return this.#schemas.keeps(schema, value, this.#direction);
  }

  #build(schema: Schema, pointer: string, making: Making): unknown {
    const types = typesOf(schema);
    if (types.includes('null') && (types.length > 1 || making.depth > 3)) return null;
    const branch = this.#buildBranch(schema, pointer, making);
    if (branch !== undefined) return branch;
    const type = types.find((one) => one !== 'null') ?? kindOf(schema);
    switch (type) {
      case 'null':
        return null;
      case 'boolean':
        return false;
      case 'integer':
      case 'number':
        return numberFor(schema, type === 'integer');
      case 'array':
        return this.#array(schema, pointer, making);
      case 'object':
        return this.#record(schema, pointer, making);
      default:
        return textFor(schema, making.names.at(-1) ?? '', making, this.#patterns) ?? '';
    }
  }

  /** A value of one branch that no other one takes where only one may; first the least that it needs, then all that it has. */
  #buildBranch(schema: Schema, pointer: string, making: Making): unknown {
    const key = Array.isArray(schema.oneOf) ? 'oneOf' : 'anyOf';
    const branches: unknown = schema[key];
    if (!Array.isArray(branches) || branches.length === 0 || making.depth > DEEPEST) return undefined;
    const { [key]: _branches, ...beside } = schema;
    const wholes = [false, true].flatMap((full) =>
      branches.map((node: unknown, index) => {
        const { value, pointer: at } = this.#schemas.inside(node, `${pointer}/${key}/${String(index)}`);
        const inner = { ...making, depth: making.depth + 1 };
        const made = this.#make(value, at, inner);
        if (!isObject(made)) return made;
        const more = full ? this.#optional(value, at, made, inner) : made;
        const outer = this.#object(beside, `${pointer}#beside`, more, making);
        return isObject(outer) ? { ...outer, ...more } : more;
      }),
    );
    return wholes.find((whole) => this.#schemas.keeps(schema, whole, this.#direction)) ?? wholes[0];
  }

  #optional(schema: Schema, pointer: string, made: Record<string, unknown>, making: Making): Record<string, unknown> {
    const whole = { ...made };
    for (const { name, schema: own, pointer: at } of this.#schemas.properties(schema, pointer))
      if (!Object.hasOwn(whole, name)) put(whole, name, this.#make(own, at, below(making, name)));
    return whole;
  }

  #record(schema: Schema, pointer: string, making: Making): unknown {
    if (making.depth > DEEPEST) return {};
    const made = this.#object(schema, pointer, {}, making);
    const least = typeof schema.minProperties === 'number' ? schema.minProperties : 0;
    if (!isObject(made) || Object.keys(made).length >= least) return made;
    for (const { name, schema: own, pointer: at } of this.#schemas.properties(schema, pointer)) {
      if (Object.keys(made).length >= least) break;
      if (!Object.hasOwn(made, name)) put(made, name, this.#make(own, at, below(making, name)));
    }
    const open = isObject(schema.additionalProperties)
      ? this.#schemas.inside(schema.additionalProperties, `${pointer}/additionalProperties`)
      : undefined;
    for (let index = 1; Object.keys(made).length < least; index += 1)
      made[`key${String(index)}`] = open ? this.#make(open.value, open.pointer, below(making, String(index))) : 'value';
    return made;
  }

  #array(schema: Schema, pointer: string, making: Making): unknown[] {
    const least = typeof schema.minItems === 'number' ? schema.minItems : 0;
    if (least === 0 || making.depth > DEEPEST) return [];
    const items = isObject(schema.items)
      ? this.#schemas.inside(schema.items, `${pointer}/items`)
      : { value: {}, pointer };
    return Array.from({ length: Math.min(least, 100) }, (_, index) => {
      const inner = below(making, String(index));
      const { enum: choices } = items.value;
      if (schema.uniqueItems === true && Array.isArray(choices)) return choices[index] as unknown;
      return this.#make(items.value, items.pointer, { ...inner, names: making.names });
    });
  }
}

function below(making: Making, name: string): Making {
  return { key: `${making.key}/${name}`, now: making.now, names: [...making.names, name], depth: making.depth + 1 };
}

/** What a schema without `type` is about. */
function kindOf(schema: Schema): string {
  if (isObject(schema.properties) || Array.isArray(schema.allOf) || isObject(schema.additionalProperties))
    return 'object';
  if (schema.items !== undefined || schema.minItems !== undefined) return 'array';
  if (schema.minimum !== undefined || schema.maximum !== undefined) return 'number';
  return Array.isArray(schema.required) ? 'object' : 'string';
}

function numberFor(schema: Schema, whole: boolean): number {
  const step = typeof schema.multipleOf === 'number' ? schema.multipleOf : whole ? 1 : undefined;
  const above = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + (step ?? 0.5) : undefined;
  const under = typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum - (step ?? 0.5) : undefined;
  const least = Math.max(typeof schema.minimum === 'number' ? schema.minimum : -Infinity, above ?? -Infinity);
  const most = Math.min(typeof schema.maximum === 'number' ? schema.maximum : Infinity, under ?? Infinity);
  const wanted = Math.max(least, Math.min(most, 0));
  return step === undefined ? wanted : Math.ceil(wanted / step) * step;
}

/** A name such as `__proto__` is a name like any other. */
export function put(holder: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  else holder[name] = value;
}
