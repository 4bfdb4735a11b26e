import { describe, expect, it } from 'vitest';
import type { CaseResult, Report, Verdict } from '../model/index.ts';
import { MergeError, mergeReports } from './merge.ts';
import { conformant, incomplete, lostExternalUuid } from './sample.ts';

/** Splits a report as `--shard i/n` splits its run. */
function shards(report: Report, count: number): Report[] {
  return Array.from({ length: count }, (_, at): Report => {
    const cases = report.cases.filter((_one, index) => index % count === at);
    const own = new Set(cases.map((one) => one.id));
    const findings = report.findings
      .map((one) => ({ ...one, cases: one.cases.filter((id) => own.has(id)), blocked: at === 0 ? one.blocked : 0 }))
      .filter((one) => one.cases.length > 0);
    const tally = (status: string): number => cases.filter((one) => one.status === status).length;
    const unasked = tally('not-tested') + tally('error');
    const verdict: Verdict = tally('fail') > 0 ? 'non-conformant' : unasked > 0 ? 'incomplete' : 'conformant';
    return {
      ...report,
      cases,
      findings,
      verdict,
      exchanges: undefined,
      shard: { index: at + 1, count },
      summary: {
        cases: cases.length,
        pass: tally('pass'),
        fail: tally('fail'),
        warn: tally('warn'),
        notApplicable: tally('not-applicable'),
        notTested: tally('not-tested'),
        error: tally('error'),
        requests: 10,
      },
      ledger: at === 0 ? report.ledger : [],
    };
  });
}

const sorted = (cases: CaseResult[]): string[] => cases.map((one) => one.id).sort();

describe('merged shards', () => {
  it.each([
    ['a conformant run', conformant()],
    ['a run with a finding', lostExternalUuid()],
    ['an incomplete run', incomplete()],
  ])('of %s give its verdict, counts, cases and findings', (_, whole) => {
    for (const count of [1, 2, 3, 7]) {
      const merged = mergeReports(shards(whole, count));
      expect(merged.verdict).toBe(whole.verdict);
      expect({ ...merged.summary, requests: 0 }).toEqual({ ...whole.summary, requests: 0 });
      expect(merged.summary.requests).toBe(10 * count);
      expect(sorted(merged.cases)).toEqual(sorted(whole.cases));
      expect(merged.findings.map((one) => [one.id, one.cases.length, one.blocked])).toEqual(
        expect.arrayContaining(whole.findings.map((one) => [one.id, one.cases.length, one.blocked])),
      );
      expect(merged.findings).toHaveLength(whole.findings.length);
      expect(merged.ledger).toEqual(whole.ledger);
    }
  });

  it('give the same report in whatever order they come', () => {
    const parts = shards(lostExternalUuid(), 3);
    const ids = (report: Report): string[] => report.cases.map((one) => one.id);
    expect(ids(mergeReports([...parts].reverse()))).toEqual(ids(mergeReports(parts)));
  });

  it('leave the verdict alone when one of them got no case', () => {
    const full: Report = { ...conformant(), shard: { index: 1, count: 2 } };
    const empty: Report = { ...full, shard: { index: 2, count: 2 }, cases: [], findings: [], verdict: 'incomplete' };
    expect(mergeReports([full, empty]).verdict).toBe('conformant');
    expect(mergeReports([{ ...empty, shard: { index: 1, count: 1 } }]).verdict).toBe('incomplete');
  });

  it('say of the cases what follows from them, whatever verdict and counts were written into a file', () => {
    const judging = { strict: false, stale: false, cutShort: false };
    const parts = shards(lostExternalUuid(), 2).map((one): Report => ({
      ...one,
      judging,
      verdict: 'conformant',
      summary: { ...one.summary, fail: 0 },
    }));
    const merged = mergeReports(parts);
    expect(merged.verdict).toBe('non-conformant');
    expect(merged.summary.fail).toBe(lostExternalUuid().summary.fail);
  });

  it('leave untouched only what none of them touched', () => {
    const [left, right] = shards(conformant(), 2);
    const merged = mergeReports([
      { ...left!, untouched: [{ kind: 'operation', id: 'x', reason: 'r' }, ...left!.untouched] },
      right!,
    ]);
    expect(merged.untouched).toEqual(conformant().untouched);
  });

  it('take as long as from the first start to the last end', () => {
    const [left, right] = shards(conformant(), 2);
    const merged = mergeReports([
      { ...left!, startedAt: '2025-01-15T09:30:01.000Z', durationMs: 500 },
      { ...right!, durationMs: 900 },
    ]);
    expect([merged.startedAt, merged.durationMs]).toEqual(['2025-01-15T09:30:00.000Z', 1500]);
  });

  it.each([
    ['sha256', { contract: { ...conformant().contract, sha256: 'f'.repeat(64) } }],
    ['seed is 43, not 42', { seed: 43 }],
    ['target is http://127.0.0.1:9', { target: { url: 'http://127.0.0.1:9' } }],
    ['tool is ringtrue 9.9.9', { tool: { name: 'ringtrue', version: '9.9.9' } }],
    ['contract is calldesk', { contract: { ...conformant().contract, name: 'calldesk' } }],
  ])('are refused when the %s', (words, other) => {
    const [left, right] = shards(conformant(), 2);
    expect(() => mergeReports([left!, { ...right!, ...other }])).toThrow(MergeError);
    expect(() => mergeReports([left!, { ...right!, ...other }])).toThrow(words);
  });

  it('are refused when a case stands in two', () => {
    const [left, right] = shards(conformant(), 2);
    expect(() => mergeReports([left!, { ...right!, cases: left!.cases }])).toThrow(
      /stands in report 1 and in report 2/,
    );
  });

  it('are refused when one of them is missing, and it is named', () => {
    const parts = shards(lostExternalUuid(), 3);
    for (const at of [0, 1, 2]) {
      const rest = parts.filter((_one, index) => index !== at);
      expect(() => mergeReports(rest)).toThrow(`Shard ${String(at + 1)}/3 is missing: without it there is no verdict`);
      expect(() => mergeReports([parts[at]!])).toThrow(/^Shards \d\/3, \d\/3 are missing/);
    }
  });

  it('are refused when one of them is given twice', () => {
    const [left, right] = shards(conformant(), 2);
    expect(() => mergeReports([left!, right!, left!])).toThrow(
      'Report 1 and report 3 are both shard 1/2: one is given twice.',
    );
  });

  it('are refused when they come from different splits, or one from none', () => {
    const [one] = shards(conformant(), 2);
    const [, two] = shards(conformant(), 3);
    expect(() => mergeReports([one!, two!])).toThrow('Report 2 is shard 2/3, and report 1 is one of 2');
    expect(() => mergeReports([one!, conformant()])).toThrow('Report 2 is no part of a split run');
    expect(() => mergeReports([conformant(), conformant()])).toThrow('Report 1 is no part of a split run');
  });

  it('are no shard any more, and a whole run stays what it is', () => {
    expect(mergeReports(shards(conformant(), 2))).not.toHaveProperty('shard');
    expect(mergeReports([conformant()]).verdict).toBe('conformant');
  });

  it('are refused when there are none', () => {
    expect(() => mergeReports([])).toThrow('There is no report to merge');
  });
});
