import { describe, expect, it } from 'vitest';
import type { CaseBreach, CaseResult, CaseStatus } from '../model/index.ts';
import { applyExpected } from './expected.ts';

const result = (id: string, status: CaseStatus): CaseResult => ({
  id,
  rule: 'r',
  requirement: 'q',
  level: 'MUST',
  title: 't',
  operation: 'o',
  status,
  durationMs: 1,
});
const results = (): CaseResult[] => [result('a.one', 'fail'), result('a.two', 'pass')];
const expected = (pattern: string): { pattern: string; reason: string }[] => [{ pattern, reason: 'known' }];
const stale = (pattern: string, part?: boolean): number =>
  applyExpected(results(), expected(pattern), '2026-01-01', part).length;

describe('an expected failure', () => {
  it('marks the cases that it names', () => {
    const marked = results();
    expect(applyExpected(marked, expected('a.*'), '2026-01-01')).toEqual([]);
    expect(marked.map(({ expectedFailure }) => expectedFailure)).toEqual(['known', undefined]);
  });

  it('by finding names what fails for its cause, and nothing else', () => {
    const lost = (field: string): CaseBreach => ({
      breach: { kind: 'not-persisted', field, sent: 'a', as: 'missing', seen: [] },
      level: 'MUST',
      operation: 'o',
      contract: { pointer: '#' },
      exchangeIds: [],
    });
    const both: CaseResult[] = [
      { ...result('a.one', 'fail'), breaches: [lost('rate')] },
      { ...result('a.two', 'fail'), breaches: [lost('price')] },
      { ...result('a.three', 'fail'), breaches: [lost('rate'), lost('price')] },
    ];
    const entry = { pattern: 'a.one', causes: ['value.rate'], reason: 'known' };
    expect(applyExpected(both, [entry], '2026-01-01')).toEqual([]);
    expect(both.map(({ expectedFailure }) => expectedFailure)).toEqual(['known', undefined, undefined]);
    expect(applyExpected([result('a.one', 'pass')], [entry], '2026-01-01')[0]).toMatch(/value\.rate is stale/);
    expect(applyExpected([result('a.one', 'pass')], [entry], '2026-01-01', true)).toHaveLength(1);
    expect(applyExpected([result('a.one', 'pass')], [entry], '2026-01-01', 'shard')).toEqual([]);
    expect(applyExpected([result('a.one', 'not-tested')], [entry], '2026-01-01')).toEqual([]);
  });

  it('is stale when none of them fails', () => {
    expect([stale('a.one'), stale('a.two'), stale('b.*')]).toEqual([0, 1, 1]);
  });

  it('is not stale when none of them could be asked, as of a dead target', () => {
    const dead = [result('a.one', 'not-tested'), result('a.two', 'not-tested')];
    expect(applyExpected(dead, [...expected('a.one'), ...expected('a.*')], '2026-01-01')).toEqual([]);
  });

  it('is stale in a shard only when its very case was asked there', () => {
    expect([stale('a.two', true), stale('b.one', true), stale('b.*', true)]).toEqual([1, 0, 0]);
  });
});
