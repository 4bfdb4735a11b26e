import { expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import { createMemoryTarget } from '../target/index.ts';
import { render } from '../report/text.ts';
import { runSuite } from './suite.ts';

it('once the time of the run is used up no case is asked, whatever the timers do', async () => {
  const contract = await loadContract('calldesk', { allowRemote: false });
  let asked = 0;
  const report = await runSuite({
    contract,
    target: { url: 'http://127.0.0.1:1', timeoutMs: 1000, maxBodyBytes: 1000, retryAfterBudgetMs: 0 },
    openTarget: (options) =>
      createMemoryTarget(options, () => {
        asked += 1;
        throw new Error('nobody is to be asked');
      }),
    roleTokens: {},
    secrets: [],
    fixtures: [{ name: 'caller_id', value: '+14155550123', via: 'flag' }],
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    strict: false,
    bail: false,
    workers: 8,
    seed: 1,
    consistencyMs: 0,
    maxTimeMs: 5000,
    spentMs: 5000,
    explore: 0,
    expectedFailures: [],
    keepExchanges: false,
    tool: { name: 'ringtrue', version: '0' },
  });
  expect(asked).toBe(0);
  expect(new Set(report.cases.map(({ status }) => status))).toEqual(new Set(['not-tested']));
  expect(report.notes).toEqual([
    "The run's time of 5 s (--max-time) is used up.",
    'Planning took 5.0 s of it, and nothing was asked. Give it more time, or fewer cases with --include or --profile core.',
  ]);
  expect(render(report)).not.toContain('Is it running?');
  expect(report.verdict).toBe('incomplete');
});
