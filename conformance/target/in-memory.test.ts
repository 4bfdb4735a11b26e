import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../model/index.ts';
import { createMemoryTarget, type Respond, type SentResponse } from './in-memory.ts';
import { closeServers, httpServer, type HttpHandler } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';
import type { RequestSpec, Target } from './types.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

const SECRET = 'sekret-token-123';
const limits = { timeoutMs: 2000, maxBodyBytes: 64 * 1024, retryAfterBudgetMs: 1500, secrets: [SECRET] };

function inMemory(respond: Respond, more: Partial<Parameters<typeof createMemoryTarget>[0]> = {}): Target {
  return createMemoryTarget({ url: 'http://127.0.0.1:1/prefix', ...limits, ...more }, respond);
}

const json = (status: number, text: string | Buffer, headers: Record<string, string> = {}): SentResponse => {
  const body = Buffer.from(text as string);
  return {
    status,
    headers: { 'content-type': 'application/json', 'content-length': String(body.length), ...headers },
    body,
  };
};

/** The same function behind a socket. */
function listener(respond: Respond): HttpHandler {
  return (request, response, body) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const { method = '', url = '' } = request;
    respond({ method, path: url, headers, body }).then(
      (sent) => response.writeHead(sent.status, sent.headers).end(sent.body),
      () => response.destroy(),
    );
  };
}

/** What is told of an exchange, without what differs from one moment, or port, to the next. */
function plain({ startedAtMs: _, durationMs: __, ...exchange }: Exchange): unknown {
  return JSON.parse(JSON.stringify(exchange).replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'));
}

const fixed = { date: 'Mon, 01 Jan 2024 00:00:00 GMT', connection: 'close' };
const asked = (path: string): SentResponse => json(200, JSON.stringify({ path }), fixed);

const cases: [what: string, spec: RequestSpec, respond: Respond][] = [
  [
    'the request: method, path, headers, body',
    post('/calls?a=%20b&c[d]=e', { headers: { 'content-type': 'application/json', 'X-Padded': '  padded ' } }),
    ({ method, path, headers, body }) =>
      Promise.resolve(
        json(
          201,
          JSON.stringify([
            method,
            path,
            headers['x-padded'],
            headers['content-length'],
            headers['accept'],
            body.toString(),
          ]),
          fixed,
        ),
      ),
  ],
  [
    'a read without a body',
    get('/calls/1'),
    ({ path, headers }) => Promise.resolve(asked(path + String(headers['content-length']))),
  ],
  ['text that is no ASCII', post('/', { body: '"é📞"' }), ({ body }) => Promise.resolve(json(200, body, fixed))],
  [
    'a secret in headers and body',
    get(),
    () => Promise.resolve(json(200, `{"a":"${SECRET}"}`, { ...fixed, 'x-echo': SECRET })),
  ],
  ['an answer that is no JSON', get(), () => Promise.resolve(json(200, '{"a":', fixed))],
  ['names that are there twice', get(), () => Promise.resolve(json(200, '{"a":1,"a":2}', fixed))],
  ['bytes that are no UTF-8', get(), () => Promise.resolve(json(200, Buffer.from([0x22, 0xff, 0x22]), fixed))],
  [
    'a compressed answer',
    get(),
    () => Promise.resolve(json(200, gzipSync('{"a":1}'), { ...fixed, 'content-encoding': 'gzip' })),
  ],
  ['an answer that is too big', get(), () => Promise.resolve(json(200, ' '.repeat(70_000), fixed))],
  ['a HEAD', { ...get(), method: 'HEAD' }, () => Promise.resolve(json(200, '{"a":1}', fixed))],
  ['a 204', get(), () => Promise.resolve({ status: 204, headers: fixed, body: Buffer.alloc(0) })],
  [
    'header values with odd characters',
    get(),
    () => Promise.resolve(json(200, '{}', { ...fixed, 'x-odd': ' \u00e9 a  b\u00a0 ' })),
  ],
  [
    'a header that cannot be sent',
    get('/', { headers: { 'x-bad': 'a\u0000b' } }),
    ({ path }) => Promise.resolve(asked(path)),
  ],
  ['a connection that is cut', get(), () => Promise.reject(new Error('cut'))],
  ['a path that leads elsewhere', get('http://other.example/'), ({ path }) => Promise.resolve(asked(path))],
];

describe('the same exchange in memory as over HTTP', () => {
  test.each(cases)('%s', async (_what, spec, respond) => {
    const server = await httpServer(listener(respond));
    const overHttp = await testTarget(`${server.url}/prefix`, limits).send(spec);
    const here = await inMemory(respond).send(spec);
    expect(plain(here)).toEqual(plain(overHttp));
  });
});

describe('in memory too', () => {
  test('a pause is made where the target asks for one', async () => {
    let count = 0;
    const target = inMemory(() => {
      count += 1;
      return Promise.resolve(count === 1 ? json(429, '{}', { 'retry-after': '0' }) : json(200, '{}'));
    });
    const { attempts, response } = await target.send(get());
    expect([attempts, response?.status, target.requests]).toEqual([2, 200, 2]);
  });

  test('what never answers ends with the time limit, and what is closed ends at once', async () => {
    const never = new Promise<SentResponse>(() => undefined);
    expect((await inMemory(() => never, { timeoutMs: 20 }).send(get())).error?.kind).toBe('timeout');
    const target = inMemory(() => never);
    const sending = target.send(get());
    await target.close();
    expect((await sending).error?.kind).toBe('aborted');
  });

  test('requests that are sent together are under way together', async () => {
    let inside = 0;
    let most = 0;
    const target = inMemory(async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return json(201, '{}');
    });
    await Promise.all(Array.from({ length: 5 }, () => target.send(post())));
    expect(most).toBe(5);
  });
});
