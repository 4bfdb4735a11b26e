import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { apis } from './apis/index.ts';
import type { Answered, Api, Asked, Fault, Variant } from './fault.ts';
import { askedFor, bytesOf, handlerOf } from './handler.ts';

/** A server with a fault, or a variant of the correct one. */
export interface FaultyServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the reference server behind a fault's or a variant's behaviour, on a free port of the loopback address.
 * @param subject the fault or the variant
 * @returns the running server
 */
export async function startFaulty(subject: Fault | Variant): Promise<FaultyServer> {
  const api = apis[subject.contract];
  const handle = await handlerOf(subject);
  const server = createServer((request, response) => {
    read(api, request)
      .then(handle)
      .then((answered) => {
        send(request, response, answered);
      })
      // A mistake in a fault must not pass for the fault itself.
      .catch((error: unknown) => {
        if (!request.destroyed) console.error(`The behaviour of ${subject.id} failed:`, error);
        response.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function read(api: Api, request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { method = 'GET', url = '/' } = request;
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name, [value ?? ''].flat().join(', ')] as const,
  );
  return askedFor(api, method, url, Object.fromEntries(headers), raw);
}

function send(request: IncomingMessage, response: ServerResponse, answered: Answered): void {
  const { status, headers, wire = {} } = answered;
  const zipped = wire.gzip === true && (request.headers['accept-encoding'] ?? '').includes('gzip');
  const bytes = zipped ? gzipSync(bytesOf(answered)) : bytesOf(answered);
  const { socket } = request;
  const all: Record<string, string> = { ...headers, ...(zipped ? { 'content-encoding': 'gzip' } : {}) };
  if (wire.http10 === true) {
    const lines = Object.entries({ ...all, 'content-length': String(bytes.length) }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`HTTP/1.0 ${String(status)} Answer\r\n${lines.join('')}\r\n`);
    socket.end(request.method === 'HEAD' ? Buffer.alloc(0) : bytes);
    return;
  }
  if (wire.close === true) all['connection'] = 'close';
  if (wire.cut === true) response.once('finish', () => socket.end());
  response.writeHead(status, wire.chunked === true ? all : { ...all, 'content-length': bytes.length });
  if (wire.chunked === true) {
    const middle = Math.floor(bytes.length / 2);
    if (middle > 0) response.write(bytes.subarray(0, middle));
    response.end(bytes.subarray(middle));
  } else response.end(bytes);
}
