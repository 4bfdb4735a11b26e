import { afterEach, describe, expect, test } from 'vitest';
import type { SentRequest } from '../model/index.ts';
import { answer, closeServers, head, rawServer, type RawAnswer, type TestServer } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

const status = (code: number): string => `HTTP/1.1 ${code} No\r\nContent-Length: 0\r\n\r\n`;
const whole = answer('{"a":1}');

/** What a server does that has its trouble with the first requests only. */
const first =
  (times: number, trouble: RawAnswer): RawAnswer =>
  (socket, request, count) => {
    if (count > times) socket.write(whole);
    else trouble(socket, request, count);
  };

const troubles: [what: string, trouble: RawAnswer, seen: RegExp][] = [
  ...[502, 503, 504].map((code): [string, RawAnswer, RegExp] => [
    String(code),
    (socket) => socket.write(status(code)),
    new RegExp(`was answered ${code}`),
  ]),
  [
    'a body shorter than its Content-Length',
    (socket) => socket.end(`${head('Content-Length: 20')}{"a":1}`),
    /was answered 200 with a body cut short \(Content-Length announces 20 bytes, and the body has 7\)/,
  ],
  [
    'chunks without the last one',
    (socket) => socket.end(`${head('Transfer-Encoding: chunked')}7\r\n{"a":1}\r\n`),
    /with a body cut short \(the body is complete JSON, but its last chunk is missing\)/,
  ],
];

describe.each(troubles)('%s', (_, trouble, seen) => {
  test('once is trouble on the way: asked again, and no answer to be judged', async () => {
    const server = await rawServer(first(1, trouble));
    const exchange = await testTarget(server.url).send(get());
    expect(exchange.response).toBeUndefined();
    expect(exchange.error?.kind).toBe('unsteady');
    expect(exchange.error?.message).toMatch(seen);
    expect(exchange.error?.message).toMatch(/and 200 when asked again/);
    expect(exchange.attempts).toBe(2);
  });

  test('again and again is an answer', async () => {
    const server = await rawServer(trouble);
    const exchange = await testTarget(server.url).send(get());
    expect(exchange.error).toBeUndefined();
    expect(exchange.doubt).toBeUndefined();
    expect(exchange.response?.bodyError ?? exchange.response?.status).toEqual(
      exchange.response?.status === 200 ? expect.stringMatching(/announces|last chunk/) : expect.any(Number),
    );
    expect(exchange.attempts).toBe(3);
  });

  test('in answer to a write that may have been done is an answer in doubt, and not sent twice', async () => {
    const server = await rawServer(trouble);
    const exchange = await testTarget(server.url).send(post());
    expect(exchange.response).toBeDefined();
    expect(exchange.doubt?.message).toMatch(/it is not sent twice, since the first may have been done/);
    expect(server.received).toHaveLength(1);
  });

  test('in answer to a write that creates nothing is asked again, and each one left open is named', async () => {
    const server = await rawServer(first(1, trouble));
    const open: SentRequest[] = [];
    const exchange = await testTarget(server.url).send(
      post('/calls', { repeatable: true, onUnsettled: (request) => open.push(request) }),
    );
    expect(exchange.error?.kind).toBe('unsteady');
    expect(open).toMatchObject([{ method: 'POST', body: '{"a":1}' }]);
  });
});

test('a length that is too big, then silence, is a body cut short', async () => {
  const server = await rawServer((socket) => socket.write(`${head('Content-Length: 20')}{"a":1}`));
  const exchange = await testTarget(server.url, { timeoutMs: 100 }).send(post());
  expect(exchange.response?.bodyError).toMatch(/announces 20 bytes, and the body has 7/);
  expect(exchange.doubt?.kind).toBe('unsteady');
});

test('once it is known to be there to stay, nothing is asked again until something else is answered', async () => {
  let trouble = true;
  const server: TestServer = await rawServer((socket) => socket.write(trouble ? status(503) : whole));
  const target = testTarget(server.url);
  const attempts = async (): Promise<number> => (await target.send(get())).attempts;
  expect([await attempts(), await attempts(), await attempts(), await attempts()]).toEqual([3, 3, 3, 1]);
  trouble = false;
  expect(await attempts()).toBe(1);
  trouble = true;
  expect(await attempts()).toBe(3);
});

test('a write that is asked to come back later is named as open before it is sent again', async () => {
  const refusal = 'HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n';
  const server = await rawServer((socket, _, count) => socket.write(count === 1 ? refusal : whole));
  const received: number[] = [];
  await testTarget(server.url).send(post('/calls', { onUnsettled: () => received.push(server.received.length) }));
  expect(received).toEqual([1]);
  expect(server.received).toHaveLength(2);
});
