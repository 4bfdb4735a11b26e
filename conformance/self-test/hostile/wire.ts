/** What hostile targets are made of: sockets that write anything, and the reference server behind a wire that garbles. */
import { request as ask } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { startServer } from '../../../reference-server/index.ts';
import { TOKEN, type RunningTarget } from './target.ts';

/** A request as it came over a socket, complete. */
export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Counts up from 1 over all connections. */
  count: number;
}

/** The answer of the reference server, before the wire has its way with it. */
export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Speak = (socket: Socket, asked: Asked) => void | Promise<void>;

/**
 * A target that says whatever it is told to, on a free port.
 *
 * @param speak writes the answer to each request
 * @param tls to speak over TLS
 */
export async function raw(speak: Speak, tls?: TlsOptions): Promise<RunningTarget> {
  const sockets = new Set<Socket>();
  let count = 0;
  const onSocket = (socket: Socket): void => {
    let pending = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let asked = take(); asked; asked = take()) void speak(socket, asked);
    });
    const take = (): Asked | undefined => {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const [line = '', ...lines] = pending.toString('latin1', 0, end).split('\r\n');
      const headers = Object.fromEntries(
        lines.map((text) => [text.split(':', 1)[0]?.toLowerCase() ?? '', text.slice(text.indexOf(':') + 1).trim()]),
      );
      const length = Number(headers['content-length'] ?? 0);
      if (pending.length < end + 4 + length) return undefined;
      const [method = '', path = ''] = line.split(' ');
      // Bytes, for a request need not be text.
      const body = pending.subarray(end + 4, end + 4 + length);
      pending = pending.subarray(end + 4 + length);
      count += 1;
      return { method, path, headers, body, count };
    };
  };
  const server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${String(await listen(server))}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The same bytes for whatever is asked. */
export function always(bytes: string | Buffer): () => Promise<RunningTarget> {
  return () => raw((socket) => void socket.write(bytes));
}

/** The head of an answer, with Content-Type JSON, and the blank line. */
export function head(status: number, ...lines: string[]): string {
  return [`HTTP/1.1 ${String(status)} Status`, 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
}

/** A complete answer with a JSON body. */
export function answer(status: number, body: string | Buffer, ...lines: string[]): Buffer {
  return Buffer.concat([
    Buffer.from(head(status, `Content-Length: ${String(Buffer.byteLength(body))}`, ...lines)),
    Buffer.from(body),
  ]);
}

/** How a wire hands on what the reference server answered. */
export type Garble = (socket: Socket, answered: Answered, asked: Asked, stop: () => void) => void | Promise<void>;

export interface Disguise {
  tls?: TlsOptions;
  refuse?: (asked: Asked) => string | undefined;
}

/**
 * The reference server, which is right in all it says, behind a wire that is not.
 *
 * @param garble writes the answer; `stop` ends the target for good, as a crash would
 * @param options `tls` to speak over TLS; `refuse` to answer some requests without the reference server's knowledge
 */
export async function disguised(garble: Garble, { tls, refuse }: Disguise = {}): Promise<RunningTarget> {
  const server = await startServer({
    roleTokens: { [TOKEN]: 'staff', 'app-token': 'app', 'directory-token': 'directory', 'client-token': 'client' },
  });
  const front: RunningTarget = await raw(async (socket, asked) => {
    const refusal = refuse?.(asked);
    if (refusal !== undefined) {
      socket.write(refusal);
      return;
    }
    const answered = await forward(server.url, asked);
    await garble(socket, answered, asked, () => void front.close());
  }, tls);
  return {
    url: front.url,
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}

/** Hands an answer on as it is. */
export function handOn(socket: Socket, { status, headers, body }: Answered, ...lines: string[]): void {
  socket.write(answerOf({ status, headers, body }, ...lines));
}

/** An answer in bytes; its own framing headers are replaced. */
export function answerOf(
  { status, headers, body }: { status: number; headers: Record<string, string>; body: string | Buffer },
  ...lines: string[]
): Buffer {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:content-length|transfer-encoding|connection|keep-alive)$/.test(name),
  );
  const text = [
    `HTTP/1.1 ${String(status)} Status`,
    ...kept.map(([name, value]) => `${name}: ${value}`),
    ...(status === 204 ? [] : [`Content-Length: ${String(Buffer.byteLength(body))}`]),
    ...lines,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(text.join('\r\n')), Buffer.from(body)]);
}

function forward(url: string, asked: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { connection: _, host: __, ...headers } = asked.headers;
    const request = ask(new URL(url), { method: asked.method, path: asked.path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const kept = Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(kept) as Record<string, string>,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.on('error', reject);
    request.end(asked.body);
  });
}
