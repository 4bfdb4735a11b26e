import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../contract/operation-types.ts';
import { cookiePairs, headerValue, pathValue, queryPairs } from './parameters.ts';

const parameter = (more: Partial<Parameter>): Parameter => ({
  ...{ name: 'p', in: 'query', required: true, schema: {}, style: 'form', explode: true, reserved: false },
  ...{ examples: [], pointer: '/p' },
  ...more,
});
const json = 'application/json';

describe('a parameter', () => {
  it('that is written in a media type holds one text', () => {
    const own = parameter({ mediaType: json, schema: { type: 'object' } });
    expect(queryPairs(own, { a: [1] })).toEqual([
      { name: 'p', value: '{"a":[1]}', written: 'p=%7B%22a%22%3A%5B1%5D%7D' },
    ]);
    expect(queryPairs(own, '{"given":1}')[0]?.value).toBe('{"given":1}');
    expect(queryPairs(parameter({ mediaType: json, schema: { type: 'string' } }), 'x')[0]?.value).toBe('"x"');
    expect(headerValue(parameter({ in: 'header', mediaType: 'text/csv' }), 'a,b')).toBe('a,b');
  });

  it('of a path that the document does not declare is percent-encoded', () => {
    expect(pathValue(undefined, "a/b'c")).toBe("a%2Fb'c");
    expect(pathValue(parameter({ in: 'path', style: 'label', explode: false }), 5)).toBe('.5');
  });

  it('of a cookie has its name before it', () => {
    expect(cookiePairs(parameter({ in: 'cookie' }), 'a;b')).toEqual(['p=a%3Bb']);
    expect(cookiePairs(parameter({ in: 'cookie', explode: false }), ['a', 'b'])).toEqual(['p=a,b']);
  });
});
