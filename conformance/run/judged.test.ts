import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import type { CaseResult } from '../model/index.ts';
import { coverageOf, notJudged } from './judged.ts';
import { nothingHere } from './nothing-here.ts';
import { verdictOf } from '../model/outcome.ts';

let library: Contract;
beforeAll(async () => {
  const file = fileURLToPath(new URL('../../examples/own-contract/seed-library.yaml', import.meta.url));
  library = await loadContract(file, { allowRemote: false });
});

const result = (operation: string, status: CaseResult['status'], message?: string): CaseResult => ({
  id: `accepts.${operation}`,
  rule: 'accepts',
  requirement: 'r',
  level: 'MUST',
  title: 't',
  operation,
  status,
  message,
  durationMs: 0,
});
const wanted = { readOnly: false, include: [], exclude: [], minCoverage: 50 };
const reached = (...ids: string[]) => ({
  succeeded: new Set(ids),
  refusals: new Map([['addSeedLot', 'it answered 422']]),
});

describe('coverage of a plain document', () => {
  it('counts operations that answered a success and those of which a MUST is broken', () => {
    const cases = [
      result('addSeedLot', 'pass'),
      result('listSeedLots', 'fail'),
      result('getSeedLot', 'not-tested', 'no record'),
    ];
    const covered = coverageOf(library, cases, reached('addSeedLot'), wanted);
    expect(covered?.coverage).toEqual({ operations: 4, judged: 2, percent: 50, minimum: 50 });
    expect(notJudged(library, cases, reached('addSeedLot'), covered!.ids)).toEqual([
      { kind: 'operation', id: 'getSeedLot', reason: 'no record' },
      { kind: 'operation', id: 'relabelSeedLot', reason: 'no rule has a case for it in this selection' },
    ]);
  });

  it('of a read-only run counts the reads, of a run that names cases their operations', () => {
    const cases = [result('getSeedLot', 'pass')];
    expect(coverageOf(library, cases, reached('getSeedLot'), { ...wanted, readOnly: true })?.coverage.operations).toBe(
      2,
    );
    expect(coverageOf(library, cases, reached('getSeedLot'), { ...wanted, include: ['*'] })?.coverage.percent).toBe(
      100,
    );
  });

  it('says what the target said of a request that it refused', () => {
    const covered = coverageOf(library, [], reached(), wanted);
    expect(notJudged(library, [], reached(), covered!.ids).find(({ id }) => id === 'addSeedLot')?.reason).toBe(
      'it answered 422',
    );
  });

  it('is none of a contract with requirements', async () => {
    const builtin = await loadContract('calldesk', { allowRemote: false });
    expect(coverageOf(builtin, [], reached(), wanted)).toBeUndefined();
  });

  it('decides what a case that could not be asked would decide elsewhere', () => {
    const cases = [result('a', 'pass'), result('b', 'not-tested')];
    expect(verdictOf(cases, false, false, false)).toBe('incomplete');
    expect(verdictOf(cases, false, false, false, { percent: 50, minimum: 50 })).toBe('conformant');
    expect(verdictOf(cases, false, false, false, { percent: 49, minimum: 50 })).toBe('incomplete');
    expect(verdictOf([result('a', 'fail')], false, false, false, { percent: 0, minimum: 50 })).toBe('non-conformant');
  });
});

describe('a target of which nothing answers', () => {
  const based = (url: string): Contract => ({ ...library, document: { servers: [{ url }] } });

  it('is told once, with the address that the document names', () => {
    expect(nothingHere(based('/api/v3'), 'http://127.0.0.1:80/', new Map([[404, 12]]))).toBe(
      'Nothing of seed-library answers at http://127.0.0.1:80: all 12 requests were answered with 404; servers[0].url says /api/v3: give --url http://127.0.0.1/api/v3.',
    );
    expect(nothingHere(based('https://x.example/{v}'), 'http://127.0.0.1:81', new Map([[404, 1]]))).toContain(
      'is --url right?',
    );
  });

  it('is one without a single other status', () => {
    expect(
      nothingHere(
        based('/api'),
        'http://127.0.0.1',
        new Map([
          [404, 9],
          [200, 1],
        ]),
      ),
    ).toBeUndefined();
    expect(nothingHere(based('/api'), 'http://127.0.0.1', new Map())).toBeUndefined();
    expect(nothingHere(based('/api'), 'http://127.0.0.1/api', new Map([[404, 9]]))).toContain('is --url right?');
  });
});
