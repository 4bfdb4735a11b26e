import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { answer, closeServers, head, httpServer, rawServer } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';
import { maskExchange } from './mask-exchange.ts';

afterEach(async () => {
  await closeTargets();
  await closeServers();
});

describe('an exchange records', () => {
  test('the request as it was sent and the response as it came', async () => {
    const server = await httpServer((request, response) => {
      response.setHeader('X-Twice', ['a', 'b']);
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.statusCode = 201;
      response.end(JSON.stringify({ seen: request.headers['x-own'] }));
    });
    const target = testTarget(`${server.url}/prefix/`, { headers: { 'X-Common': 'c', 'X-Own': 'common' } });
    const exchange = await target.send(post('/calls?x=1', { headers: { 'x-own': 'own' } }));
    expect(exchange).toMatchObject({
      id: 1,
      operation: 'create',
      attempts: 1,
      request: {
        method: 'POST',
        url: `${server.url}/prefix/calls?x=1`,
        headers: { 'x-common': 'c', 'x-own': 'own', 'accept-encoding': 'gzip' },
        body: '{"a":1}',
      },
      response: { status: 201, headers: { 'x-twice': 'a, b' }, body: '{"seen":"own"}', json: { seen: 'own' } },
    });
    expect(exchange.error).toBeUndefined();
    expect(server.received).toEqual(['POST /prefix/calls?x=1']);
  });

  test('ids that count up and times since the run began', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    let clock = 1000;
    const target = testTarget(server.url, { now: () => (clock += 5) });
    const [first, second] = [await target.send(get()), await target.send(get())];
    expect([first.id, second.id]).toEqual([1, 2]);
    expect(first.startedAtMs).toBeGreaterThan(0);
    expect(second.startedAtMs).toBeGreaterThan(first.startedAtMs);
    expect(first.durationMs).toBeGreaterThan(0);
    expect(target.requests).toBe(2);
  });

  test('bytes exactly as they were handed in', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const body = Uint8Array.from([0x7b, 0xff, 0x7d]);
    const { request } = await testTarget(server.url).send(post('/', { body }));
    expect(server.received[0]).toMatch(/content-length: 3\r\n\r\n\{\xff\}$/);
    expect(request).toMatchObject({ body: '{\ufffd}', bodyBase64: 'e/99' });
  });

  test('bytes in which a secret stands are not recorded as bytes', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const body = Buffer.from('{sekret-token-123\xff}', 'latin1');
    const { request } = await testTarget(server.url, { secrets: ['sekret-token-123'] }).send(post('/', { body }));
    expect(request.bodyBase64).toBeUndefined();
  });

  test('a header called __proto__ like any other', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}', '__proto__: x')));
    const { response } = await testTarget(server.url).send(get());
    expect(Object.entries(response!.headers)).toContainEqual(['__proto__', 'x']);
  });

  test('no body for HEAD, 204 and 304, and no error about it', async () => {
    const server = await rawServer((socket, request) => {
      if (request.startsWith('HEAD')) socket.write(head('Content-Length: 99'));
      else socket.write('HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n');
    });
    const target = testTarget(server.url);
    expect((await target.send(get('/', { method: 'HEAD' }))).response).toMatchObject({ status: 200, body: '' });
    const empty = await target.send(get());
    expect(empty.response).toMatchObject({ status: 204, body: '' });
    expect(empty.response).not.toHaveProperty('bodyError');
  });

  test('the answer of a server that speaks HTTP/1.0, closes, or sends chunks', async () => {
    const answers = [
      'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":1}',
      `${head('Connection: close')}{"a":1}`,
      `${head('Transfer-Encoding: chunked')}4\r\n{"a"\r\n3;ext=1\r\n:1}\r\n0\r\nTrailer: x\r\n\r\n`,
    ];
    const server = await rawServer((socket, _, count) => {
      const text = answers[count - 1]!;
      if (text.includes('chunked')) socket.write(text);
      else socket.end(text);
    });
    const target = testTarget(server.url);
    for (const _ of answers) expect((await target.send(get())).response).toMatchObject({ json: { a: 1 } });
  });

  test('what interim responses announce is passed over', async () => {
    const server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${answer('{}')}`),
    );
    expect((await testTarget(server.url).send(get())).response).toMatchObject({ status: 200, json: {} });
  });

  test('a compressed body decompressed, asked for with Accept-Encoding', async () => {
    const server = await rawServer((socket, request) => {
      const packed = gzipSync('{"a":1}');
      const encoding = /accept-encoding: gzip\r\n/.test(request) ? 'gzip' : 'none';
      socket.write(head(`Content-Encoding: ${encoding}`, `Content-Length: ${packed.length}`));
      socket.write(packed);
    });
    expect((await testTarget(server.url).send(get())).response).toMatchObject({ json: { a: 1 } });
  });
});

test('of a body of megabytes the beginning is recorded, all of it parsed, and no piece of a secret is left at the cut', async () => {
  const token = 'sekret-token-123';
  const pad = 'x'.repeat(64 * 1024 - 20);
  const server = await rawServer((socket) => socket.write(answer(JSON.stringify([pad, token, 'y'.repeat(200_000)]))));
  const { response } = await testTarget(server.url, { maxBodyBytes: 1_000_000 }).send(get());
  expect(response!.json).toEqual([pad, token, 'y'.repeat(200_000)]);
  expect(response!.body).toMatch(/… \(\d+ characters in all\)$/);
  expect(response!.body.length).toBeLessThan(66_000);
  expect(response!.body).not.toContain('sekret');
});

describe('a redirect', () => {
  test('is an answer like any other and is not followed', async () => {
    const elsewhere = await httpServer((_, response) => response.end());
    const server = await rawServer((socket) =>
      socket.write(`HTTP/1.1 302 Found\r\nLocation: ${elsewhere.url}/\r\nContent-Length: 0\r\n\r\n`),
    );
    const { response } = await testTarget(server.url).send(get());
    expect(response).toMatchObject({ status: 302, headers: { location: `${elsewhere.url}/` } });
    expect(server.received).toHaveLength(1);
    expect(elsewhere.connections()).toBe(0);
  });

  test('a link to another origin is not asked for', async () => {
    const elsewhere = await httpServer((_, response) => response.end());
    const server = await httpServer((_, response) => response.end());
    const target = testTarget(server.url);
    const exchange = await target.send(get(`${elsewhere.url}/calls/1`));
    expect(exchange.error).toEqual({
      kind: 'other',
      message: `${elsewhere.url}/calls/1 is not sent: it leads away from ${server.url}.`,
    });
    expect(exchange.attempts).toBe(0);
    expect([elsewhere.connections(), server.connections(), target.requests]).toEqual([0, 0, 0]);
  });

  test('an address that no server takes is not sent, and is told in a line', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const { error, request, attempts } = await testTarget(server.url).send(get(`/calls/${'x'.repeat(1_000_000)}`));
    expect(error?.message).toMatch(
      /^\/calls\/x+… \(1000007 characters\) is not sent: no server takes so long an address\.$/,
    );
    expect(request.url.length).toBeLessThan(400);
    expect(attempts).toBe(0);
    expect(server.received).toEqual([]);
  });

  test('an absolute link to the same origin is', async () => {
    const server = await httpServer((_, response) => response.end());
    await testTarget(server.url).send(get(`${server.url}/calls/1?x=2`));
    expect(server.received).toEqual(['GET /calls/1?x=2']);
  });
});

describe('no secret leaves', () => {
  test('whether it was sent or echoed, and the parsed body stays as it came', async () => {
    const token = 'sekret-token-123';
    const encoded = Buffer.from(token).toString('base64');
    const body = JSON.stringify({ token, encoded, nested: `Bearer ${token}` });
    const server = await rawServer((socket) => socket.write(answer(body, `X-Echo: Bearer ${token}`, `X-${token}: 1`)));
    const target = testTarget(server.url);
    const judged = await target.send(
      post(`/calls?token=${token}`, { headers: { authorization: `Bearer ${token}` }, body: `{"t":"${token}"}` }),
    );
    // A verdict rests on what was really sent and received.
    expect(judged.response!.json).toEqual({ token, encoded, nested: `Bearer ${token}` });
    expect(judged.response!.headers['x-echo']).toBe(`Bearer ${token}`);
    const exchange = maskExchange(judged, (given) => target.mask(given));
    expect(exchange.response).not.toHaveProperty('json');
    expect(exchange.request.headers).toMatchObject({ authorization: 'Bearer ***' });
    expect(exchange.request.url).toBe(`${server.url}/calls?token=***`);
    const text = JSON.stringify(exchange);
    expect(text).not.toContain(token);
    expect(text).not.toContain(encoded.slice(0, -2));
    expect(server.received[0]).toContain(`authorization: Bearer ${token}`);
  });

  test('in the reasons why a body is no JSON', async () => {
    const server = await rawServer((socket) => socket.write(answer('sekret-token-123')));
    const target = testTarget(server.url);
    const { response } = maskExchange(await target.send(get()), (given) => target.mask(given));
    expect(response!.jsonError).toBeTypeOf('string');
    expect(JSON.stringify(response)).not.toContain('sekret-token-123');
  });

  test('when it stands in the URL as user and password, which become a header', async () => {
    const server = await httpServer((_, response) => response.end());
    const target = testTarget(server.url.replace('//', '//me:hunter22@'));
    const exchange = maskExchange(await target.send(get()), (given) => target.mask(given));
    expect(exchange.request.url).toBe(`${server.url}/calls`);
    expect(exchange.request.headers['authorization']).toBe('Basic ***');
    expect(target.mask('me:hunter22')).toBe('me:***');
  });
});

describe('connections', () => {
  test('reads share one; each write has its own', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const target = testTarget(server.url);
    for (let count = 0; count < 3; count += 1) {
      await target.send(get());
      // The connection is free again one turn of the event loop after its answer.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.connections()).toBe(1);
    await target.send(post());
    await target.send(post());
    await target.send(post('/', { method: 'PATCH' }));
    expect(server.connections()).toBe(4);
    expect(server.received.filter((request) => request.includes('connection: close'))).toHaveLength(3);
  });

  test('a server that cuts each connection after its answer loses no request, and gets no write twice', async () => {
    const server = await rawServer((socket) => {
      socket.write(answer('{}'));
      setImmediate(() => socket.destroy());
    });
    const target = testTarget(server.url);
    for (let count = 0; count < 20; count += 1) {
      for (const spec of [get(), post(), get('/', { method: 'PUT', body: '{}' })]) {
        expect((await target.send(spec)).response).toMatchObject({ json: {} });
      }
    }
    expect(server.received.filter((request) => request.startsWith('POST'))).toHaveLength(20);
  });

  test('no more reads are in flight than allowed, and all get their turn', async () => {
    let inFlight = 0;
    let most = 0;
    const server = await httpServer((_, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        response.end();
      }, 5);
    });
    const target = testTarget(server.url, { connections: 2 });
    const all = await Promise.all(Array.from({ length: 12 }, () => target.send(get())));
    expect(all.filter(({ response }) => response?.status === 200)).toHaveLength(12);
    expect(most).toBe(2);
  });
});

describe('the end of a run', () => {
  test('ends requests in flight and forbids further ones', async () => {
    const server = await rawServer(() => undefined);
    const controller = new AbortController();
    const target = testTarget(server.url, { signal: controller.signal });
    const pending = [target.send(get()), target.send(post())];
    await expect.poll(() => server.received.length).toBe(2);
    controller.abort();
    for (const exchange of await Promise.all(pending)) expect(exchange.error?.kind).toBe('aborted');
    expect((await target.send(get())).error?.kind).toBe('aborted');
    expect(target.requests).toBe(2);
  });

  test('by the time limit is told as such', async () => {
    const server = await rawServer(() => undefined);
    const controller = new AbortController();
    const target = testTarget(server.url, { signal: controller.signal });
    const pending = target.send(get());
    await expect.poll(() => server.received.length).toBe(1);
    controller.abort({ kind: 'budget', message: 'The 20 s of --max-time are used up.' });
    expect((await pending).error).toEqual({ kind: 'budget', message: 'The 20 s of --max-time are used up.' });
  });

  test('that came before it began sends nothing', async () => {
    const server = await rawServer((socket) => socket.write(answer('{}')));
    const target = testTarget(server.url, { signal: AbortSignal.abort() });
    expect((await target.send(get())).error?.kind).toBe('aborted');
    expect(server.connections()).toBe(0);
  });

  test('close ends what is in flight and leaves no connection', async () => {
    const server = await rawServer((socket, _, count) => {
      if (count === 1) socket.write(answer('{}'));
    });
    const target = testTarget(server.url);
    await target.send(get());
    const pending = target.send(get());
    await expect.poll(() => server.received.length).toBe(2);
    await target.close();
    expect((await pending).error?.kind).toBe('aborted');
    expect((await target.send(get())).error).toEqual({ kind: 'aborted', message: 'The client is closed.' });
  });
});

test('a URL that is none is refused when the client is made', () => {
  expect(() => testTarget('127.0.0.1:3000')).toThrow(/http/);
});

test('a header that cannot be sent is an error of its own, without a request', async () => {
  const server = await rawServer((socket) => socket.write(answer('{}')));
  const exchange = await testTarget(server.url).send(get('/', { headers: { 'x-a': 'b\r\nc: d' } }));
  expect(exchange.error?.kind).toBe('other');
  expect(exchange.error?.message).toMatch(/cannot be sent/);
  expect(server.received).toEqual([]);
});
