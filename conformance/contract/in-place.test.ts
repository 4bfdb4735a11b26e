import { describe, expect, it } from 'vitest';
import { schemaCompiler } from './compile-validators.ts';
import { Ways } from './in-place.ts';
import { propertiesOf } from './resolve.ts';
import type { Contract, JsonObject } from './types.ts';

/** Each level names the next one twice; the last has the only property. */
function doubling(levels: number): JsonObject {
  const ref = (level: number): JsonObject => ({ $ref: `#/components/schemas/L${String(level)}` });
  const schemas: JsonObject = {
    [`L${String(levels)}`]: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  };
  for (let level = 0; level < levels; level += 1)
    schemas[`L${String(level)}`] = { allOf: [ref(level + 1), { ...ref(level + 1), description: 'again' }] };
  return { components: { schemas } };
}

const compilerOf = (document: JsonObject): ReturnType<typeof schemaCompiler> =>
  schemaCompiler({ document, file: 'mine.yaml', name: 'mine', lineOf: () => 7 } as unknown as Contract);

const top = { $ref: '#/components/schemas/L0' };

describe('allOf of many levels', () => {
  it('that name the same part twice each is read once', () => {
    const found = propertiesOf(doubling(28), top, '/x');
    expect(found.map(({ name, required }) => [name, required])).toEqual([['name', true]]);
  });

  it('is read to the bottom', () => {
    let schema: JsonObject = { type: 'object', properties: { deep: { type: 'string' } } };
    for (let level = 0; level < 60; level += 1) schema = { allOf: [schema] };
    expect(propertiesOf({}, schema, '/x').map(({ name }) => name)).toEqual(['deep']);
  });

  it('a later part still has the last word on a property that an earlier one has', () => {
    const part = (maxLength: number): JsonObject => ({ properties: { name: { type: 'string', maxLength } } });
    expect(propertiesOf({}, { allOf: [part(5), part(9)] }, '/x')[0]?.schema).toEqual({ type: 'string', maxLength: 9 });
  });

  it('is what a value is held to, however often they name the same part', () => {
    const document = doubling(28);
    const validate = compilerOf(document)('/components/schemas/L0');
    expect(validate({ name: 'x' })).toBe(true);
    expect(validate({ name: 1 })).toBe(false);
    expect(validate.errors?.map(({ instancePath, keyword }) => [instancePath, keyword])).toEqual([['/name', 'type']]);
    expect(validate({})).toBe(false);
    expect(document).toEqual(doubling(28));
  });

  it('keeps what its parts say beside their references, and the parts of its properties', () => {
    const document = doubling(28);
    const schemas = (document['components'] as JsonObject)['schemas'] as Record<string, JsonObject>;
    schemas['L3'] = { ...schemas['L3'], minProperties: 2, properties: { again: { $ref: '#/components/schemas/L1' } } };
    const validate = compilerOf(document)('/components/schemas/L0');
    expect(validate({ name: 'x' })).toBe(false);
    expect(validate({ name: 'x', more: 1 })).toBe(true);
    expect(validate({ name: 'x', again: { name: 'y' } })).toBe(false);
    expect(validate({ name: 'x', again: { name: 'y', more: 1 } })).toBe(true);
  });

  it('beside a part of their own, as an answer has it', () => {
    const document = { ...doubling(28), answer: { allOf: [top, { required: ['id'] }] } };
    const validate = compilerOf(document)('/answer');
    expect(validate({ name: 'x', id: '1' })).toBe(true);
    expect(validate({ name: 'x' })).toBe(false);
  });

  it.each([['anyOf'], ['oneOf']])('%s that would take a validator for ever is refused with its place', (keyword) => {
    const document = JSON.parse(JSON.stringify(doubling(28)).replaceAll('allOf', keyword)) as JsonObject;
    const compile = compilerOf(document);
    expect(() => compile('/components/schemas/L0')).toThrow(
      /^mine\.yaml:7: its allOf, anyOf and oneOf lead to the same parts more than 100,000 times\. /,
    );
    expect(compile('/components/schemas/L27')({ name: 'x' })).toBe(keyword === 'anyOf');
  });

  it('whose parts look at each other stays as it is, and is refused', () => {
    const document = doubling(28);
    const schemas = (document['components'] as JsonObject)['schemas'] as Record<string, JsonObject>;
    schemas['L28'] = { ...schemas['L28'], unevaluatedProperties: false };
    expect(() => compilerOf(document)('/components/schemas/L0')).toThrow('lead to the same parts');
  });
});

it.each<[boolean, JsonObject, string]>([
  [false, doubling(3), '/components/schemas/L0'],
  [true, doubling(40), '/components/schemas/L0'],
  [false, doubling(40), '/components/schemas/L39'],
  [true, { ...doubling(40), a: { properties: { b: { items: top } } } }, '/a'],
  [false, { a: { allOf: [{ $ref: '#/a' }] } }, '/a'],
  [false, { a: { properties: { a: { $ref: '#/a' }, b: { $ref: '#/a' } } } }, '/a'],
])('too many ways: %s', (expected, document, pointer) => {
  expect(new Ways(document).tooMany(pointer)).toBe(expected);
});
