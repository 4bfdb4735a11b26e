import { beforeAll, expect, it } from 'vitest';
import { loadContract } from '../contract/load.ts';
import type { Contract } from '../contract/types.ts';
import { openValidators, type Validators } from '../contract/validators.ts';
import { createMemoryTarget, type TargetOptions } from '../target/index.ts';
import { cleanUpAfter } from './cleanup-after.ts';

let contract: Contract;
let validators: Validators;
beforeAll(async () => {
  const read = await loadContract('voice-calls', { allowRemote: false });
  // The built-in contract has no DELETE: the read stands for one, as the document would have it.
  const [resource] = read.resources;
  const item = resource?.read;
  if (!resource || !item) throw new Error('voice-calls has a resource that can be read');
  contract = { ...read, resources: [{ ...resource, delete: { ...item, id: 'deleteVoiceCall', method: 'DELETE' } }] };
  validators = await openValidators(contract, { properties: false });
});

const path = '/v3/communication/voice_calls';
const entries = ['a', 'b'].map((id) => ({
  operation: 'createVoiceCall',
  id,
  url: `http://127.0.0.1${path}`,
  at: 't',
  status: 201,
}));

function runOf(answers: boolean): { run: Parameters<typeof cleanUpAfter>[0]; told: string[]; abort: AbortController } {
  const told: string[] = [];
  const abort = new AbortController();
  const answer = { status: 204, headers: {}, body: Buffer.alloc(0) };
  const run = {
    contract,
    target: { url: 'http://127.0.0.1', timeoutMs: 60_000, maxBodyBytes: 1000, retryAfterBudgetMs: 0 },
    token: 'sekret-token',
    roleTokens: {},
    fixtures: [],
    signal: abort.signal,
    openTarget: (options: TargetOptions) =>
      createMemoryTarget(options, ({ method, path: asked, headers }) => {
        told.push(`${method} ${asked} ${headers['authorization'] ?? ''}`);
        return answers ? Promise.resolve(answer) : new Promise(() => undefined);
      }),
    onEvent: (event: { type: string; boundMs?: number }) => {
      if (event.type === 'cleanup') told.push(`for ${String(event.boundMs)} ms`);
    },
  };
  return { run, told, abort };
}

it('an interrupted run cleans up all the same, in half a minute at most', async () => {
  const { run, told, abort } = runOf(true);
  abort.abort();
  const cleanup = await cleanUpAfter(run, entries, ['sekret-token'], validators);
  expect(cleanup.map(({ id, status }) => [id, status])).toEqual([
    ['b', 'deleted'],
    ['a', 'deleted'],
  ]);
  expect(told).toEqual([
    'for 30000 ms',
    `DELETE ${path}/b Bearer sekret-token`,
    `DELETE ${path}/a Bearer sekret-token`,
  ]);
});

it('what was not deleted in time is left, with how to go on', async () => {
  const { run } = runOf(false);
  const cleanup = await cleanUpAfter(run, entries, [], validators, 20);
  expect(cleanup.map(({ status }) => status)).toEqual(['left', 'left']);
  expect(cleanup[0]?.reason).toContain('`ringtrue cleanup LEDGER` goes on');
});

it('a run that created nothing sends nothing', async () => {
  const { run, told } = runOf(true);
  expect(await cleanUpAfter(run, [], [], validators)).toEqual([]);
  expect(told).toEqual([]);
});
