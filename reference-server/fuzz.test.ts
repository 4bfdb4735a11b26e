import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Pool } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from './listen.ts';
import { textAt, type Json } from './test-support.ts';

const REQUESTS = 10_000;
const WORKERS = 8;
const SEED = 20_261_121;

/** What one request is, after everything odd was done to it. */
interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
}

interface Target {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Record<string, unknown>;
  readonly id: readonly string[];
}

const targets: readonly Target[] = [
  {
    path: '/v3/communication/voice_calls',
    headers: { authorization: 'Bearer staff-token' },
    id: ['data', 'uid'],
    body: {
      staff_uid: 's',
      client_uid: 'c',
      business_uid: 'b',
      from_number: '+12125550147',
      to_number: '+14155550123',
      direction: 'INBOUND',
      status: 'MISSED',
      rate: '0.05',
      provider: 'VONAGE',
      source_id: 'source',
      external_uuid: 'external',
      price: '1',
      duration: 5,
      call_summary: 'x',
      external_app_url: 'https://x.example',
      external_app_name: 'x',
      recording_id: 'x',
    },
  },
  {
    path: '/api/v1/voice/calls',
    headers: { authorization: 'Bearer calldesk_test' },
    id: ['call_id'],
    body: {
      caller_id: '+14155550123',
      destination: '+12125550147',
      record: true,
      voice_changer_uid: null,
      metadata: { a: 'b' },
    },
  },
  {
    path: '/v1/phoneCalls',
    headers: { 'aicaller-api-key': 'test-key' },
    id: ['data', '_id'],
    body: {
      teamId: 't',
      callTemplateId: 'c',
      nameOfHuman: 'n',
      toPhoneNumber: '+12125550147',
      promptVariableValues: [{ key: 'k', value: 'v' }],
      callDelayedUntil: '2030-01-01T00:00:00Z',
      phoneCallWebhooks: [{ url: 'https://x.example', subscribedEvent: 'e', secret: 's' }],
    },
  },
];

/** Marsaglia's xorshift: the same requests in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const oddities: readonly unknown[] = [
  null, true, false, 0, -1, -0, 1.5, 1e308, '', ' ', [], {}, [[]], [null], { a: { b: {} } }, 'null', 'true', '0', 'NaN',
  '\u0000', '\ud800', '\udfff\ud800', '\ufeff', 'e\u0301', '📞'.repeat(300), 'x'.repeat(3000), '%00%2F', '<script>', "' OR 1=1 --",
  '../../etc/passwd', '${7*7}', '+', '+1', `+${'9'.repeat(40)}`, '__proto__', { __proto__: 1 }, { constructor: { prototype: {} } },
  { toString: 1, valueOf: null, length: -1 }, Array.from({ length: 200 }, () => 0), Array.from({ length: 100 }, () => ({ key: 'k', value: 'v' })),
]; // prettier-ignore

const paths = [
  '/', '//', '/..', '/%', '/%00', '/%E0%A4%A', '/x/y/z', '/__proto__', '/status', '/recordings', '/?', '?', '?page=-1', '?page=NaN&per_page=1e9', '?sort=,,:',
  '?sort=__proto__:asc', '?filter[__proto__][gt]=1', '?filter[]=1', '?filter[status]=%FF', '?callTemplateId=%00', `?${'a=b&'.repeat(1500)}`, `/${'x'.repeat(5000)}`, '?%', '?sort=created_at:asc&per_page=100&filter[rate][gte]=0',
]; // prettier-ignore

const headerOddities: readonly (readonly [string, string])[] = [
  ['content-type', 'text/plain'], ['content-type', ''], ['content-type', 'application/json; charset=utf-16'], ['content-type', ';;;='], ['content-type', 'application/json'.repeat(50)],
  ['authorization', ''], ['authorization', 'Bearer'], ['authorization', `Bearer ${'x'.repeat(8000)}`], ['authorization', 'Bearer \u00ff\u00fe'], ['aicaller-api-key', '__proto__'],
  ['idempotency-key', 'x'], ['idempotency-key', ''], ['idempotency-key', '4887af14-22b7-456a-a150-0198da784a28'], ['content-encoding', 'gzip'], ['content-encoding', 'identity'],
  ['accept', 'nothing/at-all'], ['range', 'bytes=0-0'], ['if-none-match', '*'], ['x-http-method-override', 'DELETE'], ['x-forwarded-for', '\u0009'], ['cookie', 'a'.repeat(4000)], ['te', 'trailers'],
]; // prettier-ignore

/** One request with up to three odd things about it; about a quarter have none. */
function shoot(random: (below: number) => number, target: Target, ids: readonly string[]): Shot {
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const known = ids.length > 0 && random(2) === 0 ? pick(ids) : '4887af14-22b7-456a-a150-0198da784a28';
  const kind = random(6);
  const shot: Shot = {
    method: 'POST',
    path: target.path,
    headers: { ...target.headers, 'content-type': 'application/json' },
    body: null,
  };
  if (kind === 0) shot.method = 'GET';
  if (kind === 1) [shot.method, shot.path] = ['GET', `${target.path}/${known}`];
  if (kind === 2) [shot.method, shot.path] = ['PUT', `${target.path}/${known}`];
  const body: Record<string, unknown> = { ...target.body };
  let json: string | undefined;
  for (let oddness = random(4); oddness > 0; oddness -= 1) {
    const field = pick(Object.keys(body));
    switch (random(8)) {
      case 0: body[field] = undefined; break;
      case 1: case 2: body[field] = pick(oddities); break;
      case 3: json = JSON.stringify(body).replace(/"[^"]*"/, () => pick(['{', deep(5000), '"\\u00"', 'NaN', '01', "'x'", '\u0007', '"__proto__":{"x":1},"y"'])); break;
      case 4: json = JSON.stringify(pick(oddities)); break;
      case 5: shot.path += pick(paths); break;
      case 6: { const [name, value] = pick(headerOddities); shot.headers[name] = value; break; }
      default: shot.method = pick(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']);
    } // prettier-ignore
  }
  if (shot.method === 'GET' || shot.method === 'HEAD') {
    // This list has no pages: all of it, again and again, is megabytes that test nothing.
    if (shot.path.split('?')[0] === '/v1/phoneCalls')
      shot.path += `${shot.path.includes('?') ? '&' : '?'}callTemplateId=none`;
    return shot;
  }
  const text = json ?? JSON.stringify(body);
  shot.body = pick<() => string | Buffer>([
    ...Array.from({ length: 12 }, () => () => text),
    () => text.slice(0, random(text.length)),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from([...Buffer.from(text)].map((byte) => (random(50) === 0 ? random(256) : byte))),
    () => '',
  ])();
  return shot;
}

const rawNonsense = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'NONSENSE\r\n\r\n',
  '\u0000\u0001\u0002\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(3000)}\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\nlong: ${'x'.repeat(100_000)}\r\n\r\n`,
  'GET / HTTP/1.1\r\nHost: x\r\nbad name: x\r\n\r\n',
  'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}',
  'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\naicaller-api-key: test-key\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n',
  'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\naicaller-api-key: a\r\naicaller-api-key: b\r\n\r\n',
  'GET http://x/%zz HTTP/1.1\r\nHost: x\r\n\r\n',
  'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
];

describe('the reference server under fire', () => {
  let server: RunningServer;
  let port: number;
  beforeAll(async () => {
    server = await startServer({ graceSeconds: 0.2, bodyLimit: 64 * 1024 });
    port = Number(new URL(server.url).port);
  });
  afterAll(async () => {
    await server.close();
  });

  it(
    `answers ${String(REQUESTS)} odd requests without a 5xx, and every record it made is there afterwards`,
    { timeout: 180_000 },
    async () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const random = generator(SEED);
      const pool = new Pool(server.url, { connections: WORKERS });
      const made: { target: Target; id: string }[] = [];
      const ids = new Map<Target, string[]>(targets.map((target) => [target, []]));
      const statuses = new Map<number, number>();
      let fired = 0;

      collect();
      const before = process.memoryUsage().heapUsed;
      await Promise.all(
        Array.from({ length: WORKERS }, async () => {
          while (fired < REQUESTS) {
            fired += 1;
            const target = targets[random(targets.length)] as Target;
            const shot = shoot(random, target, ids.get(target) ?? []);
            if (random(4) === 0 && target.path.endsWith('calls')) shot.headers['idempotency-key'] ??= randomUUID();
            const { statusCode, body } = await pool.request({ ...shot, method: shot.method });
            const text = await body.text();
            statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
            if (statusCode >= 500)
              throw new Error(`${shot.method} ${shot.path.slice(0, 200)} answered ${String(statusCode)}: ${text}`);
            if (statusCode >= 400 && /node_modules|\bat .*:\d+:\d+/.test(text))
              throw new Error(`a stack leaks: ${text}`);
            if (shot.method === 'POST' && (statusCode === 201 || statusCode === 200) && text.startsWith('{')) {
              const id = textAt(JSON.parse(text) as Json, ...target.id);
              made.push({ target, id });
              ids.get(target)?.push(id);
            }
          }
        }),
      );

      expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 201, 400, 401, 404, 405, 415]));
      expect(made.length).toBeGreaterThan(500);
      expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
      await Promise.all(
        made.map(async ({ target, id }) => {
          const { statusCode, body } = await pool.request({
            method: 'GET',
            path: `${target.path}/${id}`,
            headers: target.headers,
          });
          expect([statusCode, textAt((await body.json()) as Json, ...target.id)]).toEqual([200, id]);
        }),
      );
      await pool.close();
      expect(Object.keys(Object.prototype)).toEqual([]);
      collect();
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
    },
  );

  it('outlives bytes that are no HTTP, and sockets that stay half open', async () => {
    const halfOpen: Socket[] = [];
    for (const start of [
      '',
      'G',
      'GET / HTTP/1.1\r\nHost',
      'POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\naicaller-api-key: test-key\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ]) {
      for (let index = 0; index < 20; index += 1) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.write(start);
        halfOpen.push(socket);
      }
    }
    for (const bytes of rawNonsense) {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false });
      socket.on('error', () => undefined);
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
      socket.end(bytes, 'latin1');
      await once(socket, 'close');
      expect(text, bytes.slice(0, 80)).not.toMatch(/^HTTP\/1\.1 5/);
    }
    for (const socket of halfOpen.slice(0, 40)) socket.resetAndDestroy();
    expect((await fetch(server.url)).status).toBe(200);
    expect((await fetch(`${server.url}/v1/phoneCalls`, { headers: { 'aicaller-api-key': 'test-key' } })).status).toBe(
      200,
    );
    await server.close();
    for (const socket of halfOpen) socket.destroy();
  });
});
