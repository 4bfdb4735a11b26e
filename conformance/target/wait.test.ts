import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { answer, closedPort, closeServers, rawServer } from './testing/servers.ts';
import type { TargetOptions } from './types.ts';
import { waitFor } from './wait.ts';

const servers: Server[] = [];

afterEach(async () => {
  await closeServers();
  for (const server of servers.splice(0)) server.close();
});

function options(url: string, more: Partial<TargetOptions> = {}): TargetOptions {
  return { url, timeoutMs: 200, maxBodyBytes: 65_536, retryAfterBudgetMs: 0, secrets: [], ...more };
}

test('any answer is enough: 404, 429, a redirect', async () => {
  for (const status of [404, 429, 302, 503]) {
    const server = await rawServer((socket) => socket.write(answer('').replace('200 OK', `${status} X`)));
    expect(await waitFor(options(server.url), 5)).toBeUndefined();
  }
});

test('a target that comes up later is waited for', async () => {
  const port = await closedPort();
  const waiting = waitFor(options(`http://127.0.0.1:${port}`), 10);
  const server = createServer((_, response) => response.end());
  servers.push(server);
  setTimeout(() => server.listen(port, '127.0.0.1'), 250);
  expect(await waiting).toBeUndefined();
});

test('a target that does not come up ends with the reason and the time', async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const began = performance.now();
  const error = await waitFor(options(url), 0.3);
  expect(error).toEqual({
    kind: 'refused',
    message: `${url} refuses connections: nothing listens there (ECONNREFUSED). It was waited for during 0.3 s.`,
  });
  expect(performance.now() - began).toBeLessThan(3000);
});

test('the end of the run ends the wait', async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  const signal = AbortSignal.timeout(50);
  expect((await waitFor(options(url, { signal }), 60))?.kind).toBe('aborted');
});
