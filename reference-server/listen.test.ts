import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startServer } from './listen.ts';
import { serve, untilTerminated } from './serve.ts';

const body =
  '{"teamId":"t","callTemplateId":"c","nameOfHuman":"n","toPhoneNumber":"+12125550147","promptVariableValues":[]}';
const head = `POST /v1/phoneCalls HTTP/1.1\r\nHost: x\r\naicaller-api-key: test-key\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\nExpect: 100-continue\r\n\r\n`;

async function dial(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** A request whose head the server has read and whose body it waits for. */
async function inFlight(url: string): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = await dial(url);
  socket.setEncoding('latin1');
  socket.write(head);
  const [first] = (await once(socket, 'data')) as [string];
  expect(first).toContain('100 Continue');
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  return { socket, answer: once(socket, 'close').then(() => text) };
}

describe('startServer', () => {
  it('listens on loopback and a free port by default', async () => {
    const server = await startServer();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect((await fetch(server.url)).status).toBe(200);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('a stop finishes the request in flight, and cuts idle and half-open connections', async () => {
    const server = await startServer();
    await (await fetch(server.url)).text();
    const halfOpen = await dial(server.url);
    halfOpen.on('error', () => undefined);
    const { socket, answer } = await inFlight(server.url);
    const stopped = server.close();
    socket.write(body);
    expect(await answer).toMatch(/^HTTP\/1\.1 200 OK[^]*"_id"/);
    await stopped;
    await server.close();
  });

  it('a stop waits for a stalled request no longer than the grace', async () => {
    const server = await startServer({ graceSeconds: 0.05 });
    const { answer } = await inFlight(server.url);
    await server.close();
    expect(await answer).toBe('');
  });
});

describe('serve', () => {
  const io = (): { out: string[]; err: string[]; controller: AbortController; io: Parameters<typeof serve>[1] } => {
    const [out, err, controller] = [[] as string[], [] as string[], new AbortController()];
    return {
      out,
      err,
      controller,
      io: { out: (text) => out.push(text), err: (text) => err.push(text), signal: controller.signal },
    };
  };

  it('prints the URL, the tokens and a curl line, and ends with 0 when told to stop', async () => {
    const { out, err, controller, io: streams } = io();
    const code = serve(
      { port: 0 },
      {
        ...streams,
        out: (text) => {
          out.push(text);
          controller.abort();
        },
      },
    );
    expect(await code).toBe(0);
    expect(err).toEqual([]);
    for (const part of ['http://127.0.0.1:', 'staff-token', 'calldesk_test', '+14155550123', 'test-key', 'curl -s '])
      expect(out[0]).toContain(part);
  });

  it('a port in use is told in one sentence, with exit code 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { out, err, io: streams } = io();
    expect(await serve({ port }, streams)).toBe(2);
    expect(out).toEqual([]);
    expect(err).toEqual([
      `Port ${String(port)} on 127.0.0.1 is in use; choose another with --port, or --port 0 for a free one.\n`,
    ]);
    taken.close();
  });

  it.each([-1, 65_536, 1.5, NaN])('the port %d is refused with exit code 2', async (port) => {
    const { err, io: streams } = io();
    expect(await serve({ port }, streams)).toBe(2);
    expect(err.join('')).toContain('--port');
  });

  it('an address that is not of this machine is told in one sentence', async () => {
    const { err, io: streams } = io();
    expect(await serve({ port: 0, host: '192.0.2.1' }, streams)).toBe(2);
    expect(err.join('')).toMatch(/^The server cannot listen on 192\.0\.2\.1.*\n$/);
  });

  it('SIGTERM aborts the signal once and then has its usual effect again', () => {
    const before = process.listenerCount('SIGTERM');
    const signal = untilTerminated();
    process.emit('SIGTERM');
    expect(signal.aborted).toBe(true);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
