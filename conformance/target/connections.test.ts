import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { certificate, privateKey } from './testing/certificate.ts';
import { answer, closeServers, head, httpServer, rawServer } from './testing/servers.ts';
import { closeTargets, get, post, testTarget } from './testing/target.ts';

const tls = { cert: certificate, key: privateKey };

const closers: (() => void)[] = [];

afterEach(async () => {
  await closeTargets();
  await closeServers();
  for (const close of closers.splice(0)) close();
});

const ok = (socket: Socket): unknown => socket.write(answer('{}'));

describe('TLS', () => {
  test('a certificate that nobody vouches for is not taken, and nothing is sent', async () => {
    const server = await rawServer(ok, tls);
    const exchange = await testTarget(server.url).send(post());
    expect(exchange.error).toEqual({
      kind: 'tls',
      message: `The TLS certificate of ${server.url} cannot be trusted; --cacert FILE names the authority that signed it (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    });
    expect(server.received).toEqual([]);
    expect(exchange.attempts).toBe(1);
  });

  test('it is taken when its authority is named', async () => {
    const server = await rawServer(ok, tls);
    const target = testTarget(server.url, { ca: certificate });
    expect((await target.send(get())).response).toMatchObject({ json: {} });
    expect((await target.send(post())).response).toMatchObject({ json: {} });
  });

  test('it is taken when nothing is to be checked', async () => {
    const server = await rawServer(ok, tls);
    expect((await testTarget(server.url, { insecure: true }).send(get())).response).toMatchObject({ json: {} });
  });

  test('a certificate for another host is not taken', async () => {
    const server = await rawServer(ok, tls);
    const exchange = await testTarget(server.url.replace('127.0.0.1', 'localhost'), { ca: certificate }).send(get());
    expect(exchange.error?.kind).toBe('tls');
    expect(exchange.error?.message).toMatch(/is for another host/);
  });

  test('a client certificate is shown to a target that wants one', async () => {
    const strict = { ...tls, ca: certificate, requestCert: true, rejectUnauthorized: true };
    const server = await rawServer(ok, strict);
    const shown = await testTarget(server.url, { ca: certificate, cert: certificate, key: privateKey }).send(get());
    expect(shown.response).toMatchObject({ json: {} });
    const without = await testTarget(server.url, { ca: certificate }).send(get());
    expect(without.error).toBeDefined();
    expect(server.received).toHaveLength(1);
  });

  test('a target that does not speak it is told as such', async () => {
    const server = await rawServer(ok);
    const raw = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    // A TLS greeting is no complete request to the raw server: answer to the first bytes.
    const greeting = createServer(() => undefined);
    greeting.on('clientError', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => greeting.listen(0, '127.0.0.1', resolve));
    closers.push(() => greeting.close());
    const url = `https://127.0.0.1:${(greeting.address() as AddressInfo).port}`;
    const exchange = await testTarget(url).send(get());
    expect(exchange.error?.kind).toBe('tls');
    expect(exchange.error?.message).toMatch(/does not speak TLS; perhaps its URL begins with http:\/\//);
    expect([server.received, raw.received]).toEqual([[], []]);
  });

  test.each([
    ['ca', { ca: 'nonsense' }, /authority of --cacert is no certificate/],
    ['cert', { cert: 'nonsense' }, /client certificate is no certificate/],
    ['key', { cert: certificate, key: 'nonsense' }, /client certificate and its key cannot be used/],
  ])('a %s that is no PEM text is told as such', async (_, options, sentence) => {
    const server = await rawServer(ok, tls);
    const exchange = await testTarget(server.url, options).send(get());
    expect(exchange.error?.kind).toBe('tls');
    expect(exchange.error?.message).toMatch(sentence);
  });

  test('a write whose handshake was cut cannot have arrived and is sent once more', async () => {
    let connections = 0;
    const inner = await rawServer(ok, tls);
    const { createServer: createNetServer } = await import('node:net');
    const gate = createNetServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      if (connections === 1) {
        socket.once('data', () => socket.resetAndDestroy());
        return;
      }
      const onward = connect(inner.port, '127.0.0.1');
      onward.on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    closers.push(() => gate.close());
    const url = `https://127.0.0.1:${(gate.address() as AddressInfo).port}`;
    const exchange = await testTarget(url, { ca: certificate }).send(post());
    expect(exchange.response).toMatchObject({ json: {} });
    expect(exchange.attempts).toBe(2);
    expect(inner.received).toHaveLength(1);
  });
});

/** A proxy that takes note of what it is asked for. */
async function proxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"via":"proxy"}');
    });
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a proxy', () => {
  test('gets plain HTTP as absolute request lines, reads and writes', async () => {
    const { url, asked } = await proxy();
    const target = testTarget('http://api.example.com/v1', { proxy: url });
    expect((await target.send(get())).response).toMatchObject({ json: { via: 'proxy' } });
    expect((await target.send(post())).response).toMatchObject({ json: { via: 'proxy' } });
    expect(asked).toEqual(['GET http://api.example.com/v1/calls', 'POST http://api.example.com/v1/calls']);
  });

  test('is told who asks, and the password is kept nowhere', async () => {
    const { url, asked } = await proxy();
    const target = testTarget('http://api.example.com', { proxy: url.replace('//', '//me:hunter22@') });
    await target.send(get());
    expect(asked[0]).toBe(`GET http://api.example.com/calls Basic ${Buffer.from('me:hunter22').toString('base64')}`);
    expect(target.mask('hunter22')).toBe('***');
  });

  test('that lets nobody through is told as such', async () => {
    const { url, asked } = await proxy();
    const exchange = await testTarget('https://api.example.com', { proxy: url }).send(post());
    expect(asked).toEqual(['CONNECT api.example.com:443']);
    expect(exchange.error?.kind).toBe('refused');
    expect(exchange.error?.message).toMatch(/the proxy does not lead to https:\/\/api\.example\.com: .*403/i);
  });

  test.each([
    [407, { 'proxy-authenticate': 'Basic realm="x"' }],
    [502, { 'proxy-status': 'squid; error=dns_error' }],
    [503, { 'x-squid-error': 'ERR_DNS_FAIL 0' }],
  ])('that answers %i in the place of a target that it does not reach is told as such', async (status, headers) => {
    const server = await httpServer((_request, response) => response.writeHead(status, headers).end('{}'));
    const target = testTarget('http://api.example.com', { proxy: server.url });
    const { error } = await target.send(get());
    expect(error?.kind).toBe('refused');
    expect(error?.message).toMatch(/^The proxy does not lead to http:\/\/api\.example\.com: /);
    expect(error?.message).toContain(String(status));
    for (let count = 0; count < 2; count += 1) await target.send(post());
    expect(target.dead()?.message).toContain('the run stopped asking');
  });

  test("whose target answers 502 itself hands that on as the target's", async () => {
    const server = await httpServer((_request, response) => response.writeHead(502).end('{}'));
    const exchange = await testTarget('http://api.example.com', { proxy: server.url }).send(get());
    expect(exchange.response?.status).toBe(502);
  });

  test('is never used for the loopback', async () => {
    const { url, asked } = await proxy();
    const server = await rawServer((socket) => socket.write(`${head('Content-Length: 2')}{}`));
    expect((await testTarget(server.url, { proxy: url }).send(get())).response).toMatchObject({ json: {} });
    expect(asked).toEqual([]);
  });
});
