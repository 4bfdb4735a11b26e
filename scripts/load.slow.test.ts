import { expect, it } from 'vitest';
import { startServer } from '../reference-server/index.ts';
import { load } from './load.ts';

const credentials = [
  ['voice-calls', ['--token', 'staff-token']],
  ['calldesk', ['--token', 'calldesk_test', '--fixture', 'caller_id=+14155550123']],
  ['aicaller', ['--token', 'test-key']],
] as const;

it.each(credentials)('%s: every request from the contract is answered with a success', async (contract, flags) => {
  const server = await startServer();
  try {
    const lines = await load([
      '--contract',
      contract,
      '--url',
      server.url,
      '--seconds',
      '1',
      '--connections',
      '2',
      ...flags,
    ]);
    expect(lines.join('\n')).toMatch(/^[1-9]\d* requests in/);
    expect(lines.join('\n')).toMatch(/answers: [1-9]\d* successes, 0 others, 0 without an answer/);
  } finally {
    await server.close();
  }
});

it('a target elsewhere is not loaded unless that is meant', async () => {
  await expect(load(['--url', 'https://api.example.com'])).rejects.toThrow('--allow-writes');
});
