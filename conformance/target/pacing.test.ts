import { afterEach, describe, expect, test } from 'vitest';
import { parseRetryAfter } from './pacing.ts';
import { answer, closeServers, rawServer, type TestServer } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

/** A server that refuses the first requests with such a status and header, then answers. */
function refusing(times: number, status: number, ...lines: string[]): Promise<TestServer> {
  const refusal = [`HTTP/1.1 ${status} No`, 'Content-Length: 0', ...lines, '', ''].join('\r\n');
  return rawServer((socket, _, count) => socket.write(count <= times ? refusal : answer('{}')));
}

describe('a target that asks to wait', () => {
  test('is obeyed, and then asked again: a write too', async () => {
    const server = await refusing(1, 429, 'Retry-After: 1');
    const began = performance.now();
    const exchange = await testTarget(server.url).send(post());
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    expect(exchange.response?.status).toBe(200);
    expect(exchange.attempts).toBe(2);
    expect(server.received).toHaveLength(2);
  });

  test('may say so with 503 and a time', async () => {
    const server = await refusing(1, 503, 'Retry-After: 0');
    expect((await testTarget(server.url).send(get())).response?.status).toBe(200);
  });

  test('and says no time with 429 is asked again after ever longer pauses, within the budget', async () => {
    const server = await refusing(2, 429);
    const began = performance.now();
    const exchange = await testTarget(server.url).send(get());
    expect(exchange).toMatchObject({ attempts: 3, response: { status: 200 } });
    expect(performance.now() - began).toBeGreaterThanOrEqual(200 + 400 - 10);
  });

  test('for longer than the budget ends with a sentence that names both', async () => {
    const server = await refusing(99, 429, 'Retry-After: 3600');
    const target = testTarget(server.url);
    const exchange = await target.send(post());
    expect(exchange.response).toBeUndefined();
    expect(exchange.error).toEqual({
      kind: 'rate-limited',
      message: 'The target answers 429 and asks to wait 3600 s (Retry-After); a run waits 1.5 s in all.',
    });
    // Until then it is not bothered again.
    expect((await target.send(get())).error?.kind).toBe('rate-limited');
    expect(server.received).toHaveLength(1);
    expect(target.dead()).toBeUndefined();
  });

  test('again and again uses the budget up and then says so', async () => {
    const server = await refusing(99, 429, 'Retry-After: 0');
    const began = performance.now();
    const exchange = await testTarget(server.url, { retryAfterBudgetMs: 700 }).send(get());
    expect(exchange.error?.kind).toBe('rate-limited');
    expect(exchange.error?.message).toMatch(/a run waits 0\.7 s in all, of which 0\.6 s are used up\.$/);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(server.received).toHaveLength(3);
  });

  test('is waited for once by all who ask at once', async () => {
    let refused = 0;
    const server = await rawServer((socket) => {
      refused += 1;
      socket.write(refused <= 8 ? 'HTTP/1.1 429 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n' : answer('{}'));
    });
    // Eight pauses of a second would not fit into the budget; one does.
    const target = testTarget(server.url, { retryAfterBudgetMs: 1400 });
    const began = performance.now();
    const all = await Promise.all(Array.from({ length: 8 }, () => target.send(get())));
    expect(all.map(({ response }) => response?.status)).toEqual(Array(8).fill(200));
    expect(performance.now() - began).toBeLessThan(1900);
  });

  test('is left when the run ends during the pause', async () => {
    const server = await refusing(99, 429, 'Retry-After: 20');
    const controller = new AbortController();
    const target = testTarget(server.url, { retryAfterBudgetMs: 60_000, signal: controller.signal });
    const pending = target.send(get());
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort();
    expect((await pending).error?.kind).toBe('aborted');
    expect(server.received).toHaveLength(1);
  });
});

describe('a rate limit', () => {
  test('spaces requests evenly, without a burst at the start', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const target = testTarget(server.url, { rateLimit: 20, timeoutMs: 60_000 });
    const exchanges = await Promise.all(Array.from({ length: 6 }, () => target.send(get())));
    const sent = exchanges.map(({ startedAtMs }) => startedAtMs).sort((a, b) => a - b);
    // Sent 50 ms apart; a busy machine may send them late, but never before their time.
    sent.forEach((time, index) => expect(time).toBeGreaterThanOrEqual(index * 50 - 1));
  });

  test('is no reason to wait once the run is over', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const controller = new AbortController();
    const target = testTarget(server.url, { rateLimit: 0.01, signal: controller.signal });
    await target.send(get());
    const pending = target.send(get());
    controller.abort();
    expect((await pending).error?.kind).toBe('aborted');
  });
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Fri, 31 Dec 1999 23:59:59 GMT', 4000],
  ['Fri, 31 Dec 1999 23:59:50 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After %j asks for %s ms', (value, expected) => {
  expect(parseRetryAfter(value, Date.UTC(1999, 11, 31, 23, 59, 55))).toBe(expected);
});
