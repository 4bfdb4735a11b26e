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

  it('that would take a validator for ever is refused with its place', () => {
    const compile = schemaCompiler({
      document: doubling(28),
      file: 'mine.yaml',
      name: 'mine',
      lineOf: () => 7,
    } as unknown as Contract);
    expect(() => compile('/components/schemas/L0')).toThrow(
      /^mine\.yaml:7: its allOf, anyOf and oneOf lead to the same parts more than 100,000 times\. /,
    );
    expect(compile('/components/schemas/L20')({ name: 'x' })).toBe(true);
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
