/** Small servers on free ports of the loopback, for tests; each is closed by `closeServers`. */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

const running = new Set<{ server: Server; sockets: Set<Socket> }>();

export interface TestServer {
  url: string;
  port: number;
  /** How many connections were made. */
  connections: () => number;
  /** All requests, as they came over all connections. */
  received: string[];
}

/** Ends all servers and their connections. */
export async function closeServers(): Promise<void> {
  const all = [...running];
  running.clear();
  for (const { sockets } of all) for (const socket of sockets) socket.destroy();
  await Promise.all(all.map(({ server }) => new Promise((resolve) => server.close(resolve))));
}

async function listen(server: Server, scheme: string, received: string[]): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  running.add({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, connections: () => count, received };
}

/** Called for each complete request on a socket: to write whatever is to be tested. */
export type RawAnswer = (socket: Socket, request: string, count: number) => void;

/**
 * A server that speaks whatever it is told to.
 *
 * @param answer writes to the socket for each request
 * @param tls for a server that speaks TLS
 */
export function rawServer(answer: RawAnswer, tls?: TlsOptions): Promise<TestServer> {
  const received: string[] = [];
  const onSocket = (socket: Socket): void => {
    let pending = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = endOfRequest(pending); end > 0; end = endOfRequest(pending)) {
        const request = pending.slice(0, end);
        pending = pending.slice(end);
        received.push(request);
        answer(socket, request, received.length);
      }
    });
  };
  if (!tls) return listen(createNetServer(onSocket), 'http', received);
  const server = createTlsServer(tls, onSocket);
  server.on('tlsClientError', () => undefined);
  return listen(server, 'https', received);
}

function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : -1;
}

/** Called for each request that has come in whole. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** An ordinary HTTP server. */
export function httpServer(handle: HttpHandler): Promise<TestServer> {
  const received: string[] = [];
  const server = createHttpServer((request, response) => {
    received.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      handle(request, response, Buffer.concat(chunks));
    });
  });
  return listen(server, 'http', received);
}

/** The head of a JSON answer with more header lines and the blank line. */
export function head(...lines: string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');
}

/** A complete JSON answer. */
export function answer(body: string, ...lines: string[]): string {
  return head(`Content-Length: ${Buffer.byteLength(body)}`, ...lines) + body;
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
