/** Generated values of a JSON Schema, for `--explore`: fast-check is handed in, so that nobody loads it who does not explore. */
import type * as fastCheck from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { follow, isObject, propertiesOf, typesOf } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import { phonePlace } from '../../values/phone-place.ts';
import { phoneFor } from '../../values/safe-value.ts';
import { numeric } from './values.ts';

export type FastCheck = typeof fastCheck;

/** Longer values take longer to send and shrink, and prove no more. */
const longest = 120;
const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(97 + index));
const digits = Array.from({ length: 10 }, (_, index) => String(index));
const mostItems = 4;
const biggest = 100_000;

/** What fast-check is asked with. */
interface Maker {
  fc: FastCheck;
  contract: Contract;
}

/**
 * @param fc the library
 * @param contract the contract
 * @param field a property of a request body
 * @returns its values; `undefined` where they name things that must exist, are a list, could reach a person, or are said in no plain
 *   way by the schema
 */
export function arbitraryOf(fc: FastCheck, contract: Contract, field: RequestField): Arbitrary<unknown> | undefined {
  return field.fixture === undefined
    ? valueOf({ fc, contract }, field.schema, field.pointer, [field.name], 0)
    : undefined;
}

/** Whether the schema says more than types, bounds and patterns can. */
function isInvolved(schema: Schema): boolean {
  const involved = [
    'enum',
    'const',
    'anyOf',
    'oneOf',
    'not',
    'if',
    'contains',
    'dependentSchemas',
    'dependentRequired',
    'prefixItems',
  ];
  return involved.some((keyword) => keyword in schema) || schema['x-ringtrue-fixture'] !== undefined;
}

function valueOf(
  maker: Maker,
  schema: Schema,
  pointer: string,
  names: readonly string[],
  depth: number,
): Arbitrary<unknown> | undefined {
  if (depth > 4 || isInvolved(schema)) return undefined;
  const { fc } = maker;
  if (phonePlace(names, [schema])) return phoneOf(fc, schema, names);
  const types = typesOf(schema).filter((type) => type !== 'null');
  // A union of types is settled nowhere in particular.
  if (types.length > 1) return undefined;
  switch (types[0] ?? (isObject(schema.properties) ? 'object' : undefined)) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return numberOf(fc, schema, 1);
    case 'number':
      // Quarters are exact in every binary floating point.
      return numberOf(fc, schema, 0.25);
    case 'string':
      return textOf(fc, schema);
    case 'array':
      return listOf(maker, schema, pointer, names, depth);
    case 'object':
      return objectOf(maker, schema, pointer, names, depth);
    default:
      return undefined;
  }
}

/** Numbers set aside for fiction, in the form that the schema takes: nothing else is generated where a number may be dialled. */
function phoneOf(fc: FastCheck, schema: Schema, names: readonly string[]): Arbitrary<unknown> | undefined {
  const made = (seed: number): unknown =>
    phoneFor(names, [schema], { int: (name, below) => (seed + name.length) % below }, 'explore');
  return made(0) === undefined ? undefined : fc.integer({ min: 0, max: 9999 }).map(made);
}

function numberOf(fc: FastCheck, schema: Schema, finest: number): Arbitrary<unknown> | undefined {
  const step = numeric(schema.multipleOf) ?? finest;
  const least = numeric(schema.minimum) ?? (numeric(schema.exclusiveMinimum) ?? -1) + step;
  const most = numeric(schema.maximum) ?? (numeric(schema.exclusiveMaximum) ?? least + biggest) - step;
  const from = Math.ceil(least / step);
  const to = Math.floor(most / step);
  return from > to || !Number.isSafeInteger(from) || !Number.isSafeInteger(to)
    ? undefined
    : fc.integer({ min: from, max: to }).map((count) => count * step);
}

function textOf(fc: FastCheck, schema: Schema): Arbitrary<string> | undefined {
  const kind = schema['x-ringtrue-generate'];
  // `0.5` and `12.0625`: as many digits as every decimal type takes.
  if (kind === 'decimal')
    return fc
      .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, fraction]) => (fraction === 0 ? String(whole) : `${String(whole)}.${String(fraction)}`));
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format !== undefined || (kind !== undefined && kind !== 'identifier' && kind !== 'text')) return undefined;
  const least = numeric(schema.minLength) ?? 0;
  const most = Math.min(numeric(schema.maxLength) ?? Number.POSITIVE_INFINITY, Math.max(longest, least));
  if (least > most || least > 1000) return undefined;
  if (typeof schema.pattern === 'string') return matching(fc, schema.pattern);
  // Whether nothing at all is a text is seldom settled.
  const minLength = Math.max(1, least);
  const size = { minLength, maxLength: Math.max(minLength, most), size: 'medium' as const };
  const inner = fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constant(' ') },
  );
  const word = fc.string({
    unit: fc.constantFrom(...letters, ...letters.map((letter) => letter.toUpperCase()), ...digits, ' '),
    ...size,
  });
  return fc.oneof(
    word,
    fc.string({ unit: 'grapheme', ...size }),
    fc.array(inner, size).map((parts) => parts.join('')),
  );
}

function matching(fc: FastCheck, pattern: string): Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    // An expression that the library cannot turn round.
    return undefined;
  }
}

function listOf(
  maker: Maker,
  schema: Schema,
  pointer: string,
  names: readonly string[],
  depth: number,
): Arbitrary<unknown> | undefined {
  const items = follow(maker.contract.document, schema.items ?? {}, `${pointer}/items`);
  const item = valueOf(maker, items.value, items.pointer, names, depth + 1);
  const minLength = numeric(schema.minItems) ?? 0;
  const maxLength = Math.min(numeric(schema.maxItems) ?? Number.POSITIVE_INFINITY, minLength + mostItems);
  if (!item || minLength > 100 || minLength > maxLength) return undefined;
  return schema.uniqueItems === true
    ? maker.fc.uniqueArray(item, { minLength, maxLength, selector: (value) => JSON.stringify(value) })
    : maker.fc.array(item, { minLength, maxLength });
}

function objectOf(
  maker: Maker,
  schema: Schema,
  pointer: string,
  names: readonly string[],
  depth: number,
): Arbitrary<unknown> | undefined {
  const { fc, contract } = maker;
  const properties = propertiesOf(contract.document, schema, pointer).filter(
    (property) => property.schema.readOnly !== true,
  );
  if (properties.length > 0) {
    const made: Record<string, Arbitrary<unknown>> = {};
    const requiredKeys: string[] = [];
    for (const property of properties) {
      const value = valueOf(maker, property.schema, property.pointer, [...names, property.name], depth + 1);
      if (!value && property.required) return undefined;
      if (value) made[property.name] = value;
      if (property.required) requiredKeys.push(property.name);
    }
    return fc.record(made, { requiredKeys, noNullPrototype: true });
  }
  if (
    schema.propertyNames !== undefined ||
    schema.patternProperties !== undefined ||
    schema.additionalProperties === false
  )
    return undefined;
  const open = follow(
    contract.document,
    isObject(schema.additionalProperties) ? schema.additionalProperties : { type: 'string' },
    `${pointer}/additionalProperties`,
  );
  const value = valueOf(maker, open.value, open.pointer, names, depth + 1);
  const minKeys = numeric(schema.minProperties) ?? 0;
  const maxKeys = Math.min(numeric(schema.maxProperties) ?? Number.POSITIVE_INFINITY, minKeys + mostItems);
  const key = fc.string({ unit: fc.constantFrom(...letters), minLength: 3, maxLength: 12 });
  return value && minKeys <= 20 && minKeys <= maxKeys
    ? fc.dictionary(key, value, { minKeys, maxKeys, noNullPrototype: true })
    : undefined;
}

/** Whether every text in a value is one that any JSON API takes apart from its meaning: no outer space, nothing that cannot be seen. */
export function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return value === value.trim() && !/[\p{C}\p{Zl}\p{Zp}]/u.test(value);
  if (Array.isArray(value)) return value.every(isPlain);
  return !isObject(value) || Object.values(value).every(isPlain);
}

/** Whether a contract leaves no doubt that the value is taken: free text of words, a whole number between two bounds, a boolean. */
export function isSettled({ schema }: RequestField, value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number')
    return Number.isInteger(value) && numeric(schema.minimum) !== undefined && numeric(schema.maximum) !== undefined;
  return (
    typeof value === 'string' &&
    schema['x-ringtrue-generate'] === 'text' &&
    schema.pattern === undefined &&
    schema.format === undefined &&
    /^[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*$/.test(value)
  );
}
