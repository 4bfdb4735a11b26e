import { describe, expect, it } from 'vitest';
import { difference, judgeRow } from './difference.ts';

describe('difference', () => {
  it.each([
    ['Ext-Call', 'ext-call', 'in lower case'],
    [' a b ', 'a b', 'outer spaces lost'],
    ['é', 'e\u0301', 'another Unicode form'],
    ['x'.repeat(255), 'x'.repeat(64), 'cut after 64 of 255 characters'],
    ['007', 7, 'changed as if it were a number'],
    ['a', null, 'null'],
    ['a', '', 'empty'],
    ['a-1', 'a-2', 'differs from character 3'],
    [{ a: 1 }, [1], 'now an array'],
  ])('%j read back as %j: %s', (sent, got, words) => {
    expect(difference(sent, got)).toBe(words);
  });
});

describe('judgeRow', () => {
  it('takes what is rightly absent for absent, not for kept', () => {
    const row = { where: 'get', missing: true, ok: true };
    expect(judgeRow(row, { sent: 'a', got: [row], exchangeIds: [] })).toBe('absent, as it may be');
  });

  it('speaks of the contract when nothing was sent to compare with', () => {
    const row = { where: 'status', got: 500, ok: false };
    expect(judgeRow(row, { got: [row], exchangeIds: [] })).toBe('not as the contract says');
    expect(judgeRow(row, { sent: 'a', got: [row], exchangeIds: [] })).toBe('not as the contract says');
  });
});
