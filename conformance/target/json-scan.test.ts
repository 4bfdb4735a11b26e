import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_DEPTH, MAX_NAMES, MAX_VALUES, parseJson } from './json-scan.ts';

describe('parseJson', () => {
  test('gives the value that JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (json) => {
        const parsed = parseJson(json);
        expect(parsed.error).toBeUndefined();
        expect(parsed.value).toEqual(JSON.parse(json));
        expect(parsed.duplicates).toEqual([]);
      }),
    );
  });

  test.each([
    ['{"a":1,"a":2}', 2, 'the name "a" stands twice in the outermost object'],
    ['{"x":[1,{"a" : 1, "b":0, "a":2}]}', undefined, 'the name "a" stands twice in the object at /x/1'],
    ['{"a":1,"\\u0061":2}', 2, 'the name "a" stands twice in the outermost object'],
    ['{"a" :1,"a":2}', 2, 'the name "a" stands twice in the outermost object'],
    ['{"a\\"":":","a\\"":"\\":"}', undefined, 'the name "a\\"" stands twice in the outermost object'],
  ])('tells that a name stands twice in %s, and the last counts', (json, last, sentence) => {
    const parsed = parseJson(json);
    expect(parsed.duplicates).toEqual([sentence]);
    if (last !== undefined) expect(parsed.value).toEqual({ a: last });
  });

  test('names in strings are no names', () => {
    expect(parseJson('{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\":"}').duplicates).toEqual([]);
  });

  test('finds a name that stands twice wherever it is put', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, pick) => {
        const names = Object.keys(object);
        const again = names[pick % names.length]!;
        const json = `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(again)}:0}`;
        expect(parseJson(json).duplicates).toEqual([
          `the name ${JSON.stringify(again)} stands twice in the outermost object`,
        ]);
      }),
    );
  });

  test('a thousand duplicates are told in a few lines', () => {
    const json = `{${Array.from({ length: 1000 }, () => '"a":1').join(',')}}`;
    expect(parseJson(json).duplicates).toHaveLength(6);
    expect(parseJson(json).duplicates.at(-1)).toBe('994 more names stand twice');
  });

  test('a name called __proto__ is a name like any other', () => {
    const { value } = parseJson('{"__proto__":{"polluted":true},"a":{"__proto__":1}}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([MAX_DEPTH + 1, 20_000, 100_000, 1_000_000])('%i levels are no JSON that can be judged', (depth) => {
    const error = `it is nested more than ${MAX_DEPTH} levels deep`;
    expect(parseJson('['.repeat(depth) + ']'.repeat(depth)).error).toBe(error);
    expect(parseJson('{"a":'.repeat(depth) + '1' + '}'.repeat(depth)).error).toBe(error);
  });

  test(`${MAX_DEPTH} levels are`, () => {
    expect(parseJson('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)).error).toBeUndefined();
  });

  test.each(['{"a":NaN}', '{"a":Infinity}', "{'a':1}", '{"a":1,}', '', '<html>', '{"a":1} x', '\ufeff{}'])(
    '%j is none',
    (text) => {
      expect(parseJson(text).error).toBeTypeOf('string');
    },
  );

  test('a long run of backslashes and quotes takes linear time', () => {
    const before = process.cpuUsage();
    const inner = '\\\\\\"'.repeat(1_000_000);
    expect(parseJson(`{"a":"${inner}","a":"${inner}"}`).duplicates).toHaveLength(1);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
  });
});

describe('a text that would take too much memory', () => {
  test('of more values than a run can bear is no JSON that can be judged', () => {
    const error = `it holds more than ${MAX_VALUES} values`;
    expect(parseJson(`[${'{},'.repeat(MAX_VALUES)}{}]`).error).toBe(error);
    expect(parseJson(`{"a":[${'1,'.repeat(MAX_VALUES)}1]}`).error).toBe(error);
    expect(parseJson(`[${'1,'.repeat(MAX_VALUES - 10)}1]`).error).toBeUndefined();
  });

  test('with more names in one object than anybody writes is none either', () => {
    const names = (count: number): string =>
      `{"data":{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',')}}}`;
    expect(parseJson(names(MAX_NAMES * 2)).error).toBe(`it holds an object of more than ${MAX_NAMES} names`);
    expect(parseJson(names(MAX_NAMES)).error).toBeUndefined();
  });

  test('commas and brackets in strings are no values', () => {
    expect(parseJson(JSON.stringify(',[{'.repeat(MAX_VALUES))).error).toBeUndefined();
  });

  test('keeps the beginning of a text of megabytes, and what stands beside it', () => {
    const { value, weight } = parseJson(JSON.stringify({ a: 1, list: ['x'.repeat(5_000_000)], b: 'y'.repeat(1000) }));
    const { a, list, b } = value as { a: number; list: string[]; b: string };
    expect([a, b]).toEqual([1, 'y'.repeat(1000)]);
    expect(list[0]).toMatch(/^x{262144}… \(5000000 characters in all\)$/);
    expect(weight).toBeLessThan(300_000);
  });

  test('weighs by its values and its texts, not by its length', () => {
    expect(parseJson(`[1${'0'.repeat(300_000)}]`).weight).toBeLessThan(1000);
    expect(parseJson(`[${'{},'.repeat(100_000)}{}]`).weight).toBeGreaterThan(5_000_000);
    expect(parseJson('{"a":1}').weight).toBeUndefined();
  });
});
