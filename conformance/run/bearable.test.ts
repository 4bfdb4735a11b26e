import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bearable, shortText, shortValue } from './bearable.ts';

describe('what a target sent is cut', () => {
  test('short values stay as they are', () => {
    const value = { a: [1, null, 'x'.repeat(255)], b: { c: true } };
    expect(shortValue(value)).toEqual(value);
    expect(shortText('as it is')).toBe('as it is');
  });

  test('whatever it is, little is left of it', () => {
    const huge = fc.oneof(
      fc.string({ minLength: 1000, maxLength: 20_000 }),
      fc.array(fc.integer(), { minLength: 1000, maxLength: 5000 }),
      fc.dictionary(fc.string({ maxLength: 6000 }), fc.string({ maxLength: 6000 }), { maxKeys: 50 }),
    );
    fc.assert(
      fc.property(huge, (value) => {
        expect(JSON.stringify(shortValue(value)).length).toBeLessThan(3_000_000);
        expect(JSON.stringify(shortValue([value, value]) ?? '').length).toBeLessThan(3_000_000);
      }),
      { numRuns: 30 },
    );
    expect(JSON.stringify(shortValue(Array(1_000_000).fill(0))).length).toBeLessThan(2000);
    expect(shortText('x'.repeat(1_000_000)).length).toBeLessThan(4100);
  });

  test('an outcome keeps its exchanges as text, those of further breaches as well', () => {
    const exchange = {
      id: 1,
      operation: 'any',
      request: { method: 'GET', url: 'http://127.0.0.1/', headers: {} },
      response: { status: 200, headers: {}, body: '{"a":1}', json: { a: 1 } },
      startedAtMs: 0,
      durationMs: 1,
      attempts: 1,
    };
    const outcome = bearable({
      status: 'broken',
      exchanges: [exchange],
      also: [{ status: 'broken', exchanges: [exchange] }],
    });
    expect(JSON.stringify(outcome)).not.toContain('json');
    expect(JSON.stringify(outcome)).toContain('{\\"a\\":1}');
  });
});
