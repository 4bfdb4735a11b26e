/** What is made for a plain document keeps its schema, whatever the schema says, is the same for a seed, and may leave the machine. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openValidators } from '../../contract/validators.ts';
import type { Contract, Schema } from '../../contract/types.ts';
import { freshFor } from '../../run/fresh.ts';
import { isSafe } from '../../values/safe-value.ts';
import type { Session } from '../types.ts';
import { makeFieldValue } from './values.ts';
import { patternTexts } from './pattern-text.ts';

const components: Record<string, Schema> = {
  Card: {
    type: 'object',
    required: ['kind', 'digits'],
    properties: { kind: { type: 'string' }, digits: { type: 'string', pattern: '^\\d{4}$' } },
  },
  Transfer: {
    type: 'object',
    required: ['kind', 'bank'],
    properties: { kind: { type: 'string' }, bank: { type: 'string', minLength: 2, maxLength: 3 } },
  },
  Node: {
    type: 'object',
    required: ['label'],
    properties: {
      label: { type: 'string' },
      parent: { $ref: '#/components/schemas/Node' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Node' } },
    },
  },
  Pet: {
    type: 'object',
    required: ['type'],
    properties: { type: { type: 'string' } },
    discriminator: { propertyName: 'type', mapping: { dog: '#/components/schemas/Dog' } },
  },
  Dog: {
    allOf: [{ $ref: '#/components/schemas/Pet' }, { required: ['bark'], properties: { bark: { type: 'boolean' } } }],
  },
};
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text = (more: Schema): Schema => ({ type: 'string', ...more });
const object = (more: Schema): Schema => ({ type: 'object', ...more });
const list = (more: Schema): Schema => ({ type: 'array', ...more });
const payment = { oneOf: [ref('Card'), ref('Transfer')] };

const schemas: Record<string, Schema> = {
  'a pattern': text({ pattern: '^[a-z]{2,5}-\\d+$' }),
  'a pattern and both lengths': text({ pattern: '^[a-zA-Z0-9_-]*$', minLength: 12, maxLength: 14 }),
  'a pattern with a look ahead': text({ pattern: '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$', maxLength: 20 }),
  'a pattern without anchors': text({ pattern: '[0-9]' }),
  'a pattern of any script': text({ pattern: '^\\p{Lu}\\p{L}+$' }),
  'a pattern that is none with the flag u': text({ pattern: '^[\\w\\-]+$', maxLength: 8 }),
  'a pattern beside a format': text({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  'a pattern of three capitals': text({ pattern: '^[A-Z]{3}$' }),
  'room for two characters': text({ maxLength: 2 }),
  'bytes in base64': text({ contentEncoding: 'base64' }),
  'a number below zero': { type: 'integer', maximum: -5 },
  'a number between two bounds that are not among it': { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
  'a multiple of a cent': { type: 'number', minimum: 0.05, multipleOf: 0.01 },
  'a multiple between bounds': { type: 'integer', minimum: 7, maximum: 12, multipleOf: 5 },
  'a tuple': list({ prefixItems: [text({}), { type: 'integer' }, { const: 'x' }], items: false, minItems: 3 }),
  'a tuple with more behind it': list({ prefixItems: [text({})], items: { type: 'boolean' }, minItems: 3 }),
  'items that all differ': list({ items: { type: 'integer', minimum: 1, maximum: 3 }, minItems: 3, uniqueItems: true }),
  'a list that contains something': list({
    items: { type: 'integer' },
    contains: { type: 'integer', minimum: 5000 },
    minContains: 2,
    maxItems: 4,
  }),
  'as many properties as have to be there': object({ properties: { a: text({}) }, minProperties: 3 }),
  'no more properties than may be there': object({
    required: ['b'],
    properties: { a: text({}), b: text({}), c: text({}) },
    maxProperties: 2,
  }),
  'names of a form of their own': object({
    propertyNames: { pattern: '^x_[a-z]+$' },
    additionalProperties: { type: 'integer' },
    minProperties: 2,
  }),
  'names by a pattern': object({
    patternProperties: { '^S_[A-Z]+$': text({}) },
    additionalProperties: false,
    minProperties: 1,
  }),
  'properties that others need': object({
    required: ['card'],
    properties: { card: text({}), expires: text({ format: 'date' }), code: { type: 'integer' } },
    dependentRequired: { card: ['expires'] },
    dependentSchemas: { expires: { required: ['code'], properties: { code: { minimum: 100 } } } },
  }),
  'a condition that holds': object({
    required: ['country'],
    properties: { country: { const: 'DE' }, code: text({}) },
    if: { properties: { country: { const: 'DE' } } },
    then: { required: ['code'], properties: { code: { pattern: '^\\d{5}$' } } },
  }),
  'a condition that does not hold': object({
    required: ['country'],
    properties: { country: { const: 'FR' } },
    if: { properties: { country: { const: 'DE' } } },
    else: { required: ['region'], properties: { region: { enum: ['a', 'b'] } } },
  }),
  'a union without a discriminator': payment,
  'a union told by a mapping': {
    ...payment,
    discriminator: { propertyName: 'kind', mapping: { card: '#/components/schemas/Card' } },
  },
  'a union beside properties': object({ required: ['at'], properties: { at: text({ format: 'time' }) }, ...payment }),
  'a union of texts and numbers': { anyOf: [{ type: 'integer', minimum: 3 }, text({ format: 'ipv6' })] },
  'parts of which one is a union': { allOf: [object({ properties: { note: text({}) } }), payment] },
  'a mapping whose branches hold their base': ref('Pet'),
  'something that may hold itself': ref('Node'),
  'a union that leads to itself': { $ref: '#/components/schemas/Tree' },
  'a nested map of lists': object({
    additionalProperties: list({ items: object({ properties: { n: text({ maxLength: 1 }) } }) }),
  }),
  'nullable parts': object({ properties: { a: { anyOf: [text({ pattern: '^[a-f]+$' }), { type: 'null' }] } } }),
};
const document = {
  openapi: '3.1.0',
  paths: {},
  components: {
    schemas: {
      ...components,
      Tree: { oneOf: [object({ required: ['left'], properties: { left: ref('Tree') } }), text({ maxLength: 9 })] },
      ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [slug(name), schema])),
    },
  },
};

const all: Record<string, Schema> = document.components.schemas;

function slug(name: string): string {
  return name.replaceAll(' ', '_');
}

const contract = { document, requirements: [], operations: [], resources: [], sha256: 'x' } as unknown as Contract;
const validators = await openValidators(contract, { properties: true });
const texts = patternTexts(fc);

function made(
  name: string,
  seed: number,
  branches?: ReadonlyMap<string, number>,
): { value: unknown; breaches: unknown } {
  const session = {
    contract,
    fresh: freshFor(seed),
    fixture: () => undefined,
    patternTexts: texts,
    keeps: (pointer: string, value: unknown) => validators.check(pointer, value).length === 0,
  } as unknown as Session;
  const pointer = `/components/schemas/${slug(name)}`;
  const node = all[slug(name)] ?? {};
  const at = typeof node.$ref === 'string' ? node.$ref.slice(1) : pointer;
  const schema = typeof node.$ref === 'string' ? (all[node.$ref.split('/').at(-1) ?? ''] ?? {}) : node;
  const field = { name: 'p', required: true, schema, pointer: at, refusedFixtures: {} };
  const value = makeFieldValue(session, field, 'key', branches ? { branches } : {});
  expect(isSafe(contract, field, value)).toBe(true);
  return { value, breaches: validators.check(pointer, value) };
}

describe('a value is made that keeps', () => {
  it.each(Object.keys(schemas))('%s', (name) => {
    for (const seed of [1, 2, 3, 20_261_121]) {
      const { value, breaches } = made(name, seed);
      expect(breaches, JSON.stringify(value)).toEqual([]);
      expect(value).toBeDefined();
      expect(made(name, seed).value).toEqual(value);
    }
  });

  it('each branch of a union, with what tells it', () => {
    const name = 'a union told by a mapping';
    const at = `/components/schemas/${slug(name)}`;
    expect(made(name, 1).value).toMatchObject({ kind: 'card', digits: expect.any(String) as string });
    const second = made(name, 1, new Map([[at, 1]]));
    expect(second).toMatchObject({ value: { kind: 'Transfer', bank: expect.any(String) as string }, breaches: [] });
  });

  it('nothing of what may be missing without end', () => {
    const { value } = made('something that may hold itself', 1);
    expect(JSON.stringify(value).length).toBeLessThan(1000);
  });
});
