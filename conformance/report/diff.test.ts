import { describe, expect, it } from 'vitest';
import type { CaseResult } from '../model/index.ts';
import { compareReports, renderDiff } from './diff.ts';
import { conformant, lostExternalUuid } from './sample.ts';

const ids = (all: { id: string }[]): string[] => all.map((one) => one.id);

describe('the comparison of two runs', () => {
  it('of a run with itself finds nothing', () => {
    const diff = compareReports(conformant(), conformant());
    expect([diff.fixed, diff.broken, diff.new, diff.gone, diff.changed, diff.notes].flat()).toEqual([]);
    expect(renderDiff(diff)).toBe('CONFORMANT  0 broken, 0 fixed, 0 new, 0 gone\n');
  });

  it('tells what broke and what is new', () => {
    const diff = compareReports(conformant(), lostExternalUuid());
    expect(diff.broken).toHaveLength(7);
    expect(ids(diff.broken)).toContain('round-trip.createVoiceCall.external_uuid.get');
    expect(diff.new).toHaveLength(8);
    expect(diff.fixed).toEqual([]);
    const text = renderDiff(diff);
    expect(text).toContain('CONFORMANT -> NON-CONFORMANT  7 broken, 0 fixed, 8 new, 0 gone');
    expect(text).toMatch(/MUST {3}round-trip\.\S+ and 5 other cases of value\.external_uuid {2}pass -> fail/);
  });

  it('the other way round tells what was fixed and what is gone', () => {
    const diff = compareReports(lostExternalUuid(), conformant());
    expect(diff.fixed).toHaveLength(7);
    expect(diff.gone).toHaveLength(8);
    expect(diff.broken).toEqual([]);
  });

  it('takes a case that is not tested any more for broken', () => {
    const cases = conformant().cases.map((one, at): CaseResult => (at === 0 ? { ...one, status: 'not-tested' } : one));
    expect(compareReports(conformant(), { ...conformant(), cases }).broken).toHaveLength(1);
  });

  it('takes a case that does not apply any more for changed', () => {
    const cases = conformant().cases.map((one, at): CaseResult =>
      at === 0 ? { ...one, status: 'not-applicable' } : one,
    );
    const diff = compareReports(conformant(), { ...conformant(), cases });
    expect(diff.broken).toEqual([]);
    expect(diff.changed).toHaveLength(1);
  });

  it('warns when two runs are not comparable', () => {
    const other = {
      ...conformant(),
      contract: { ...conformant().contract, sha256: 'f'.repeat(64) },
      target: { url: 'http://b' },
    };
    expect(compareReports(conformant(), other).notes).toEqual([
      'the contract has the same version and another text',
      'target: http://127.0.0.1:3000 before, http://b now',
    ]);
  });
});
