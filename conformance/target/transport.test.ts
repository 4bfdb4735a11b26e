import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../model/index.ts';
import {
  answer,
  closedPort,
  closeServers,
  head,
  rawServer,
  type RawAnswer,
  type TestServer,
} from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

const bomb = gzipSync(Buffer.alloc(20_000_000));

const QUICK = { timeoutMs: 150 };

/** What becomes of one read of a server that answers like this. */
async function read(
  how: RawAnswer,
  options: Parameters<typeof testTarget>[1] = QUICK,
): Promise<Exchange & { server: TestServer }> {
  const server = await rawServer(how);
  return { ...(await testTarget(server.url, options).send(get())), server };
}

describe('no answer is an error of the transport', () => {
  test('a port that nobody listens on: refused', async () => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { error, response } = await testTarget(url).send(get());
    expect(error).toEqual({
      kind: 'refused',
      message: `${url} refuses connections: nothing listens there (ECONNREFUSED).`,
    });
    expect(response).toBeUndefined();
  });

  test('a host name that nobody has: dns', async () => {
    const { error } = await testTarget('http://no-such-host.invalid').send(get());
    expect(error?.kind).toBe('dns');
  });

  test('silence: timeout, once, and in time', async () => {
    const { error, attempts, durationMs, server } = await read(() => undefined);
    expect(error).toEqual({
      kind: 'timeout',
      message: `${server.url} took GET /calls and did not answer within 0.15 s.`,
    });
    expect(attempts).toBe(1);
    expect(durationMs).toBeGreaterThanOrEqual(140);
    expect(durationMs).toBeLessThan(2000);
  });

  test('silence after the headers: timeout', async () => {
    const { error } = await read((socket) => socket.write(head('Content-Length: 9')));
    expect(error?.kind).toBe('timeout');
    expect(error?.message).toMatch(
      /began to answer GET \/calls and did not end within 0\.15 s, after 0 bytes of the body/,
    );
  });

  test('bytes that drip for ever: timeout, however often they come', async () => {
    const { error } = await read((socket) => {
      socket.write(head('Transfer-Encoding: chunked'));
      const drip = setInterval(() => socket.write('1\r\n \r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(error?.kind).toBe('timeout');
  });

  test('headers that drip for ever: timeout', async () => {
    const { error } = await read((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('X-A: b\r\n'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    expect(error?.kind).toBe('timeout');
  });

  test.each([
    ['reset', (socket) => socket.resetAndDestroy()],
    ['closed', (socket) => socket.end()],
  ] satisfies [string, RawAnswer][])('a connection %s at once: reset', async (_, how) => {
    const { error } = await read(how);
    expect(error?.kind).toBe('reset');
    expect(error?.message).toMatch(/cut the connection before it answered GET \/calls/);
  });

  test.each([
    ['with a length', 'Content-Length: 20', '{"a":'],
    ['of chunks', 'Transfer-Encoding: chunked', '5\r\n{"a":\r\n'],
    ['that ends with the connection', 'Connection: close', '{"a":'],
  ])('a reset in the middle of a body %s: reset', async (_, line, body) => {
    const { error } = await read((socket) => {
      socket.write(head(line) + body);
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    expect(error?.kind).toBe('reset');
    expect(error?.message).toMatch(/in the middle of its answer to GET \/calls/);
  });

  test('a body that is closed half-way through its JSON: reset', async () => {
    const { error } = await read((socket) => socket.end(`${head('Content-Length: 20')}{"a":`));
    expect(error?.kind).toBe('reset');
    expect(error?.message).toMatch(/after 5 of 20 bytes of the body/);
  });

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['HTML without a status line', '<html></html>\r\n\r\n'],
    ['a length that is no number', `${head('Content-Length: many')}{}`],
    ['a header without a name', head(': x')],
    ['an upgrade that nobody offered', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
  ])('%s: protocol', async (_, text) => {
    const { error } = await read((socket) => socket.end(text));
    expect(error?.kind).toBe('protocol');
    expect(error?.message).toMatch(/is not HTTP\/1\.1/);
  });

  test.each([
    ['a status below 100', 'HTTP/1.1 042 No\r\nContent-Length: 2\r\n\r\n{}', 'its status is none'],
    ['two lengths', head('Content-Length: 2', 'Content-Length: 3') + '{}', 'its Content-Length contradicts itself'],
    [
      'a length beside chunks',
      head('Content-Length: 2', 'Transfer-Encoding: chunked') + '0\r\n\r\n',
      'its Content-Length contradicts itself',
    ],
  ])('%s: protocol', async (_, bytes, why) => {
    const { error } = await read((socket) => socket.write(bytes));
    expect(error?.kind).toBe('protocol');
    expect(error?.message).toContain(`is not HTTP/1.1: ${why}`);
  });

  test('headers beyond 64 KiB: protocol', async () => {
    const { error } = await read((socket) => socket.write(answer('{}', `X-Big: ${'x'.repeat(70_000)}`)));
    expect(error?.kind).toBe('protocol');
    expect(error?.message).toMatch(/bigger than 64 KiB/);
  });

  test('thousands of headers below that are an answer, of which the first hundreds are kept', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `X-${index}: ${index}`);
    const { response } = await read((socket) => socket.write(answer('{}', ...many)), {});
    expect(Object.keys(response!.headers)).toHaveLength(300);
  });

  test('an answer that waits because this process is busy is no timeout', async () => {
    const server = await rawServer((socket) => setTimeout(() => socket.write(answer('{}')), 20));
    const sent = testTarget(server.url, QUICK).send(get());
    await expect.poll(() => server.received.length, { interval: 1 }).toBe(1);
    const until = performance.now() + 300;
    while (performance.now() < until);
    expect((await sent).response).toMatchObject({ json: {} });
  });

  test('each is one sentence without a stack trace', async () => {
    const all: RawAnswer[] = [
      () => undefined,
      (socket) => socket.end(),
      (socket) => socket.end('x\r\n'),
      (socket) => socket.resetAndDestroy(),
    ];
    for (const how of all) {
      const { error } = await read(how);
      expect(error?.message).toMatch(/^[^\n]+\.$/);
      expect(error?.message).not.toMatch(/ {4}at /);
    }
  });
});

describe('an answer with a broken body is an answer', () => {
  test.each([
    [
      'a chunk size that is none',
      (socket) => socket.end(`${head('Transfer-Encoding: chunked')}zz\r\n{}\r\n`),
      /framing of the body is broken: Invalid character in chunk size/,
    ],
    ['a body over the cap', (socket) => socket.write(answer(' '.repeat(70_000))), /^the body is bigger than 64 KiB$/],
    [
      'a body without end',
      (socket) => {
        socket.write(head('Connection: close'));
        const fill = (): void => {
          while (!socket.destroyed && socket.write(' '.repeat(16_384)));
        };
        socket.on('drain', fill);
        fill();
      },
      /^the body is bigger than 64 KiB$/,
    ],
    [
      'gzip that is none',
      (socket) => socket.write(answer('{"a":1}', 'Content-Encoding: gzip')),
      /no complete gzip stream/,
    ],
    [
      'a gzip bomb',
      (socket) => {
        socket.write(head('Content-Encoding: gzip', `Content-Length: ${bomb.length}`));
        socket.write(bomb);
      },
      /bigger than 64 KiB once decompressed/,
    ],
    [
      'bytes that are no UTF-8',
      (socket) => socket.write(Buffer.from(answer('{"a":"?"}').replace('?', '\xff'), 'latin1')),
      /not valid UTF-8/,
    ],
  ] satisfies [string, RawAnswer, RegExp][])('%s', async (_, how, sentence) => {
    const { response, error, server } = await read(how);
    expect(error).toBeUndefined();
    expect(response).toMatchObject({ status: 200, bodyError: expect.stringMatching(sentence) as string });
    expect(response).not.toHaveProperty('json');
    // A broken body is no reason to ask again.
    expect(server.received).toHaveLength(1);
  });

  test('a length that is too small leaves JSON that breaks off', async () => {
    const { response } = await read((socket) => socket.write(`${head('Content-Length: 4')}{"a":1}`));
    expect(response).toMatchObject({
      status: 200,
      body: '{"a"',
      jsonError: expect.stringMatching(/where Content-Length ends it/) as string,
    });
  });

  test('what is left over from one answer does no harm to the next request', async () => {
    const server = await rawServer((socket, _, count) =>
      socket.write(count === 1 ? `${head('Content-Length: 2')}{}garbage` : answer('{"b":1}')),
    );
    const target = testTarget(server.url);
    expect((await target.send(get())).response).toMatchObject({ json: {} });
    expect((await target.send(get())).response).toMatchObject({ json: { b: 1 } });
  });

  test('an oversize body is dropped as soon as its length is announced', async () => {
    const { response, durationMs } = await read((socket) => socket.write(head('Content-Length: 99999999999')));
    expect(response?.bodyError).toBe('the body is bigger than 64 KiB');
    expect(durationMs).toBeLessThan(140);
  });
});

describe('asking again', () => {
  const failFirst =
    (how: RawAnswer): RawAnswer =>
    (socket, request, count) => {
      if (count === 1) how(socket, request, count);
      else socket.write(answer('{}'));
    };
  const cut = failFirst((socket) => socket.resetAndDestroy());

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s is sent once more when the connection fails',
    async (method) => {
      const server = await rawServer(cut);
      const exchange = await testTarget(server.url).send(get('/', { method }));
      expect(exchange.response?.status).toBe(200);
      expect(exchange.attempts).toBe(2);
      expect(server.received).toHaveLength(2);
    },
  );

  test.each(['POST', 'PATCH'])('%s is not', async (method) => {
    const server = await rawServer(cut);
    const exchange = await testTarget(server.url).send(post('/', { method }));
    expect(exchange.error?.kind).toBe('reset');
    expect(exchange.attempts).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  test('a request says itself whether it may be sent twice', async () => {
    const server = await rawServer(cut);
    expect((await testTarget(server.url).send(post('/', { idempotent: true }))).attempts).toBe(2);
    const other = await rawServer(cut);
    expect((await testTarget(other.url).send(get('/', { idempotent: false }))).attempts).toBe(1);
  });

  test('a third time is not tried', async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    const exchange = await testTarget(server.url).send(get());
    expect(exchange.attempts).toBe(2);
    expect(server.received).toHaveLength(2);
  });

  test('silence is not asked twice', async () => {
    const { server } = await read(() => undefined);
    expect(server.received).toHaveLength(1);
  });
});

describe('a target that is dead', () => {
  test('is not asked any more after three requests without an answer', async () => {
    const target = testTarget(`http://127.0.0.1:${await closedPort()}`);
    for (let count = 0; count < 3; count += 1) {
      expect(target.dead()).toBeUndefined();
      await target.send(post());
    }
    expect(target.requests).toBeGreaterThanOrEqual(3);
    const asked = target.requests;
    const later = await target.send(get());
    expect(later.error).toEqual(target.dead());
    expect(later.error?.kind).toBe('refused');
    expect(later.error?.message).toMatch(/number 3 in a row without an answer: the run stopped asking\.$/);
    expect(later.attempts).toBe(0);
    expect(target.requests).toBe(asked);
  });

  test('any answer in between starts the count anew', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count % 3 === 0) socket.write(answer('{}'));
      else socket.resetAndDestroy();
    });
    const target = testTarget(server.url);
    for (let count = 0; count < 9; count += 1) await target.send(post());
    expect(target.dead()).toBeUndefined();
    expect(server.received).toHaveLength(9);
  });

  test('answers with broken bodies are answers', async () => {
    const server = await rawServer((socket) => socket.write(answer('{"a":NaN}')));
    const target = testTarget(server.url);
    for (let count = 0; count < 5; count += 1) await target.send(get());
    expect(target.dead()).toBeUndefined();
  });

  test('requests at once count one by one', async () => {
    const target = testTarget(`http://127.0.0.1:${await closedPort()}`);
    await Promise.all(Array.from({ length: 3 }, () => target.send(post())));
    expect(target.dead()?.kind).toBe('refused');
  });

  test('a request that was waiting for its turn is not sent either', async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    const target = testTarget(server.url, { connections: 1 });
    const all = await Promise.all(Array.from({ length: 10 }, () => target.send(get('/', { idempotent: true }))));
    expect(all.every(({ error }) => error?.kind === 'reset')).toBe(true);
    expect(server.received.length).toBeLessThan(10);
  });
});
