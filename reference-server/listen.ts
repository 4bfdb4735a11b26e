import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createApp, type ReferenceServerOptions } from './app.ts';

/** What the server can be told about the network. */
export interface ListenOptions extends ReferenceServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The loopback address unless told otherwise: the server has well-known tokens. */
  readonly host?: string;
  /** How long a stop waits for requests in flight, in seconds. */
  readonly graceSeconds?: number;
}

/** A server that listens. */
export interface RunningServer {
  /** Its origin, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Takes no more requests, finishes those in flight within the grace, and ends. Calling it twice is one stop. */
  close(): Promise<void>;
}

/**
 * Starts the reference server.
 * @param options where to listen, and the app's own options
 * @returns the running server
 * @throws the system's error, such as `EADDRINUSE`, when it cannot listen
 */
export async function startServer(options: ListenOptions = {}): Promise<RunningServer> {
  const { port = 0, host = '127.0.0.1', graceSeconds = 5, ...appOptions } = options;
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 },
    createApp(appOptions),
  );
  const stop = graceful(server, graceSeconds);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  let stopped: Promise<void> | undefined;
  return { url: origin(server.address() as AddressInfo), close: () => (stopped ??= stop()) };
}

/** Knows which sockets have a request in flight: Node's own list of idle ones leaves out those that never sent one. */
function graceful(server: Server, graceSeconds: number): () => Promise<void> {
  const inFlight = new Map<Socket, number>();
  let stopping = false;
  server.on('connection', (socket) => {
    inFlight.set(socket, 0);
    socket.once('close', () => inFlight.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    inFlight.set(socket, (inFlight.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (inFlight.get(socket) ?? 1) - 1;
      if (inFlight.has(socket)) inFlight.set(socket, left);
      if (stopping && left === 0) socket.destroySoon();
    });
  });
  return () =>
    new Promise((resolve) => {
      stopping = true;
      const bound = setTimeout(() => {
        server.closeAllConnections();
      }, graceSeconds * 1000);
      server.close(() => {
        clearTimeout(bound);
        resolve();
      });
      for (const [socket, requests] of inFlight) if (requests === 0) socket.destroy();
    });
}

function origin({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}
