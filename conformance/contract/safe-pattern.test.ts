import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { backtracking, PatternTimeoutError, safePattern } from './safe-pattern.ts';

describe('safePattern', () => {
  test.each([
    ['^\\+[1-9]\\d{1,14}$', '+12025550123', true],
    ['^\\+[1-9]\\d{1,14}$', '12025550123', false],
    ['^\\d+(\\.\\d+)?$', '0.05', true],
    ['^(\\d+\\.)*\\d+$', '1.2.3.4.5.6.7.8.9', true],
    ['^(\\d+\\.)*\\d+$', '1.2.3.4.5.6.7.8.x', false],
  ])('%s answers for %s what the engine itself answers', (pattern, value, expected) => {
    expect(safePattern(pattern, 'u').test(value)).toBe(expected);
  });

  test('a pattern that backtracks for ever ends with an error that names it', () => {
    const value = `${'a'.repeat(100)}!`;
    const before = process.cpuUsage();
    expect(() => safePattern('^(a+)+$', 'u').test(value)).toThrow(PatternTimeoutError);
    expect(() => safePattern('^(a+)+$', 'u').test(value)).toThrow(
      /"\^\(a\+\)\+\$" backtracks for too long on a value of 101 characters/,
    );
    // The second time it does not even try.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
  });

  test('a pattern that is slow on long values still serves short ones', () => {
    const safe = safePattern('^(?:b+)+$', 'u');
    expect(() => safe.test(`${'b'.repeat(100)}!`)).toThrow(PatternTimeoutError);
    expect(safe.test('bbb')).toBe(true);
  });

  test('a quantifier that is tried from each position is guarded on a value of megabytes', () => {
    expect(() => safePattern('a+$', 'u').test(`${'a'.repeat(2_000_000)}!`)).toThrow(PatternTimeoutError);
  });

  test('Ajv takes it as its engine', () => {
    const ajv = new Ajv2020({ code: { regExp: safePattern } });
    const validate = ajv.compile({ type: 'string', pattern: '^(c+)+$' });
    expect(validate('ccc')).toBe(true);
    expect(validate('cdc')).toBe(false);
    // Two patterns in one schema are two.
    const both = ajv.compile({ allOf: [{ pattern: '^d' }, { pattern: 'e$' }] });
    expect([both('de'), both('dx'), both('xe')]).toEqual([true, false, false]);
    expect(() => validate(`${'c'.repeat(64)}!`)).toThrow(PatternTimeoutError);
  });
});

describe('backtracking', () => {
  test.each(['^(a+)+$', '^(a|a)*$', '(x+x+)+y', '^(([a-z])+.)+[A-Z]([a-z])+$', '\\s*\\s*\\s*\\s*x'])(
    '%s is refused beforehand',
    (pattern) => {
      expect(backtracking(pattern)).toBe('it backtracks for ever on some values');
    },
  );

  test.each([
    '^\\+[1-9]\\d{1,14}$',
    '^\\d+(\\.\\d+)?$',
    '^(\\d+\\.)*\\d+$',
    '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    '^(?=.*\\d)(?=.*[a-z]).{8,}$',
    '^([a-zA-Z0-9_\\-.]+)@([a-zA-Z0-9_\\-.]+)\\.([a-zA-Z]{2,5})$',
  ])('%s is taken', (pattern) => {
    expect(backtracking(pattern)).toBeUndefined();
  });

  test.each(['[', '(a+)+\\', '(?<x>(a+)+'])('of %j, which is no pattern, nothing is said', (text) => {
    expect(backtracking(text)).toBeUndefined();
  });
});
