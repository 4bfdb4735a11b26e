import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { losesExternalUuid, rewrites, watchedTarget, type Watched } from './cli/testing/target.ts';
import {
  builtinContracts,
  conformanceCases,
  exitCodeOf,
  loadContract,
  prepareRun,
  run,
  type CaseResult,
} from './index.ts';

let target: Watched;
let broken: Watched;
beforeAll(async () => {
  target = await watchedTarget();
  broken = await watchedTarget(losesExternalUuid);
});
afterAll(async () => {
  await target.close();
  await broken.close();
});

const include = ['accepts.createVoiceCall', 'round-trip.createVoiceCall.external_uuid.*'];
const fixtures = { staff_uid: 's', client_uid: 'c', business_uid: 'b' };

describe('run', () => {
  it('gives the report of a target', async () => {
    const report = await run({ url: target.url, token: 'staff-token', fixtures, include, seed: 5 });
    expect(report).toMatchObject({
      verdict: 'conformant',
      seed: 5,
      target: { url: target.url },
      contract: { name: 'voice-calls' },
    });
    expect(exitCodeOf(report, { strict: false })).toBe(0);
  });

  it('starts the reference server when it is told nothing', async () => {
    expect((await run({ contract: 'aicaller', include: ['accepts.*'] })).verdict).toBe('conformant');
  });

  it('finds what a broken target loses', async () => {
    const report = await run({ url: broken.url, include });
    expect(report.findings.map(({ field }) => field)).toEqual(['external_uuid']);
    expect(exitCodeOf(report, { strict: false })).toBe(1);
  });

  it('keeps every exchange when asked', async () => {
    const { exchanges, summary } = await run({ url: target.url, include, keepExchanges: true });
    expect(exchanges).toHaveLength(summary.requests);
  });

  it('a failure that is expected is none', async () => {
    const expectedFailures = [{ pattern: 'round-trip.**', reason: 'ticket 7' }];
    expect((await run({ url: broken.url, include, expectedFailures })).verdict).toBe('conformant');
  });

  it('judges nothing when nothing is selected, and says so', async () => {
    const report = await run({ contract: 'voice-calls', exclude: ['*'] });
    expect(report).toMatchObject({ verdict: 'incomplete', cases: [], summary: { requests: 0 } });
    expect(report.notes.join()).toContain('No case is selected');
    expect(exitCodeOf(report, { strict: false })).toBe(3);
  });

  it('ends when its signal says so', async () => {
    const report = await run({ url: target.url, include, signal: AbortSignal.abort() });
    expect(report.verdict).toBe('incomplete');
  });

  it.each([
    [{ url: 'nonsense' }, 'is no URL'],
    [{ url: 'http://api.example.invalid', token: 't', fixtures }, 'Add --allow-writes'],
    [{ contract: 'voice-cals' }, 'Did you mean "voice-calls"?'],
    [{ include: ['zzz'] }, 'matches no case'],
    [{ workers: 0 }, 'workers has to be a number above 0, not 0.'],
    [{ consistency: -1 }, 'consistency has to be a number from 0 up, not -1.'],
    [{ timeout: NaN }, 'timeout has to be a number above 0, not NaN.'],
    [{ shard: '3/2', seed: 1 }, 'such as 1/3'],
    [{ headers: { 'a b': 'c' } }, 'has a header name that is none'],
    [{ url: 'http://127.0.0.1:9', fixtures: { staf_uid: 'x' } }, 'Did you mean "staff_uid"?'],
    [{ shard: '1/2' }, 'A shard needs a seed, the same for all shards'],
  ])('%j is refused with a sentence', async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });
});

describe('prepareRun', () => {
  it('plans without sending anything, and tells each case as it is judged', async () => {
    target.requests.length = 0;
    const { cases, run: go } = await prepareRun({ url: target.url, include });
    expect(cases.map(({ id }) => id)).toContain('round-trip.createVoiceCall.external_uuid.get');
    expect(target.requests).toEqual([]);
    const told: string[] = [];
    const report = await go({ onCase: ({ id }) => told.push(id) });
    expect(told.sort()).toEqual(report.cases.map(({ id }) => id).sort());
  });
});

describe('a target that echoes the token', () => {
  it('gets it neither into the report nor into what is told while the run goes on', async () => {
    const echo = await watchedTarget(rewrites(/"external_uuid":"(?:[^"\\]|\\.)*"/g, '"external_uuid":"staff-token"'));
    try {
      const { run: go } = await prepareRun({ url: echo.url, token: 'staff-token', fixtures, include });
      const told: CaseResult[] = [];
      const report = await go({ onCase: (result) => told.push(result) });
      const failed = told.filter(({ status }) => status === 'fail');
      expect(failed.length).toBeGreaterThan(1);
      expect(failed.every(({ message }) => message?.includes('***'))).toBe(true);
      expect(JSON.stringify([told, report])).not.toContain('staff-token');
      expect(told.find(({ id }) => id === report.cases[0]?.id)).toEqual(report.cases[0]);
    } finally {
      await echo.close();
    }
  });
});

describe('conformanceCases', () => {
  it('is the report, case by case', async () => {
    const ids: string[] = [];
    for await (const { id, status } of conformanceCases({ url: target.url, include })) {
      ids.push(id);
      expect(status).toBe('pass');
    }
    expect(ids).toEqual((await prepareRun({ url: target.url, include })).cases.map(({ id }) => id));
  });
});

it.each(builtinContracts)('the contract %s can be loaded', async (name) => {
  expect((await loadContract(name, { allowRemote: false })).name).toBe(name);
});
