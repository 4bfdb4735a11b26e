import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, test } from 'vitest';
import { isLoopback } from './address.ts';
import { answer, closeServers, rawServer } from './testing/servers.ts';
import { closeTargets, post, testTarget } from './testing/target.ts';
import type { TargetOptions } from './types.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

const own: LookupAddress = { address: '127.0.0.1', family: 4 };
/** Never connected to: the test would wait for it. */
const foreign: LookupAddress = { address: '192.0.2.1', family: 4 };

async function ask(name: string, lookup: TargetOptions['lookup'], more: Partial<TargetOptions> = {}) {
  const server = await rawServer((socket) => socket.write(answer('{}')));
  const exchange = await testTarget(`http://${name}:${server.port}`, { lookup, ...more }).send(post());
  return { ...exchange, server };
}

describe('a name that means this machine', () => {
  test.each(['localhost', 'x.localhost', 'api.x.localhost'])('%s is asked where it leads here', async (name) => {
    const asked: string[] = [];
    const { response } = await ask(name, (hostname) => (asked.push(hostname), Promise.resolve([own])));
    expect(response?.status).toBe(200);
    expect(asked).toEqual([name]);
  });

  test.each(['localhost', 'x.localhost'])('%s gets no connection where it leads elsewhere', async (name) => {
    const { error, server, durationMs } = await ask(name, () => Promise.resolve([foreign]));
    expect(error?.kind).toBe('refused');
    expect(error?.message).toMatch(
      /its name leads to another one; nothing was sent\. Where that is meant, add --allow-writes/,
    );
    expect(server.connections()).toBe(0);
    expect(durationMs).toBeLessThan(1000);
  });

  test('leads to the one of its addresses that is here', async () => {
    const { response } = await ask('x.localhost', () =>
      Promise.resolve([foreign, own, { address: '2001:db8::1', family: 6 }]),
    );
    expect(response?.status).toBe(200);
  });

  test('is asked once per connection: what was checked is what is connected to', async () => {
    let count = 0;
    const { response } = await ask('x.localhost', () => Promise.resolve([(count += 1) === 1 ? own : foreign]));
    expect(response?.status).toBe(200);
    expect(count).toBe(1);
  });

  test('leads here where no resolver knows it (RFC 6761 section 6.3)', async () => {
    const unknown = Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
    expect((await ask('x.localhost', () => Promise.reject(unknown))).response?.status).toBe(200);
    const later = Object.assign(new Error('later'), { code: 'EAI_AGAIN' });
    expect((await ask('x.localhost', () => Promise.reject(later))).error?.kind).toBe('dns');
  });

  test('may lead elsewhere for a run that may write elsewhere', async () => {
    const { error } = await ask('x.localhost', () => Promise.resolve([foreign]), { elsewhere: true, timeoutMs: 150 });
    expect(error?.message).not.toMatch(/its name leads to another one/);
  });
});

test.each([
  ['localhost', true],
  ['a.b.localhost', true],
  ['localhost.', true],
  ['127.9.9.9', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['127.0.0.1.example.com', false],
  ['notlocalhost', false],
])('%s: this machine? %s', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});
