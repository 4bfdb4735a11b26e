/** The safety gate sees every schema that a value at a place is made by, however deep it stands. */
import { describe, expect, it } from 'vitest';
import type { Contract, Operation, Schema } from '../contract/types.ts';
import { mayLeave } from './outbound.ts';

/** A number that somebody may have; only the schema says that it is one. */
const number = '31612345678';
const phone: Schema = { type: 'string', pattern: '^[1-9]\\d{1,14}$' };
const holder: Schema = { type: 'object', properties: { code: phone } };

function within(depth: number, wrap: (inner: Schema) => Schema, inner: Schema = holder): Schema {
  return Array.from({ length: depth }).reduce<Schema>((schema) => wrap(schema), inner);
}

function leaves(schema: Schema, json: unknown, schemas: Record<string, Schema> = {}): boolean {
  const document = { openapi: '3.1.0', components: { schemas: { Body: schema, ...schemas } } };
  const body = {
    required: true,
    mediaType: 'application/json',
    schema,
    schemaPointer: '/components/schemas/Body',
    pointer: '',
    examples: [],
  };
  const operation = { id: 'op', parameters: [], requestBody: body, bodies: [body] } as unknown as Operation;
  return mayLeave({ contract: { document } as unknown as Contract, operation, path: '/', json }).ok;
}

describe('a telephone number does not leave', () => {
  it.each([5, 12, 13, 40, 150])('from %i levels of allOf', (depth) => {
    const schema = within(depth, (inner) => ({ allOf: [inner] }));
    expect(leaves(schema, { code: number })).toBe(false);
    expect(leaves(schema, { code: '12125550147' })).toBe(true);
  });

  it.each([5, 13, 40])('from %i levels of objects', (depth) => {
    const schema = within(depth, (inner) => ({ type: 'object', properties: { a: inner } }));
    const nested = Array.from({ length: depth }).reduce<unknown>((value) => ({ a: value }), { code: number });
    expect(leaves(schema, nested)).toBe(false);
  });

  it.each<[string, Schema, unknown]>([
    ['oneOf in anyOf', within(20, (inner) => ({ anyOf: [{ oneOf: [inner] }] })), { code: number }],
    [
      'a branch that only a mapping names',
      { discriminator: { propertyName: 'a', mapping: { x: '#/components/schemas/X' } } },
      { code: number },
    ],
    ['dependentSchemas', { dependentSchemas: { a: holder } }, { a: 1, code: number }],
    ['patternProperties', { patternProperties: { '^c': phone } }, { code: number }],
    ['contains', { type: 'array', contains: phone }, [number]],
    ['prefixItems', { type: 'array', prefixItems: [{}, phone] }, [1, number]],
  ])('from %s', (_name, schema, json) => {
    expect(leaves(schema, json, { X: holder })).toBe(false);
  });

  it('from a schema that holds itself', () => {
    const loop: Schema = { type: 'object', properties: { code: phone, next: { $ref: '#/components/schemas/Loop' } } };
    const nested = Array.from({ length: 30 }).reduce<unknown>((value) => ({ next: value }), { code: number });
    expect(leaves({ $ref: '#/components/schemas/Loop' }, nested, { Loop: loop })).toBe(false);
  });
});
