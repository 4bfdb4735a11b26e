/** Lets a derived server listen. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenerFor } from './node.ts';
import type { Core } from './server.ts';

export interface Listening {
  /** Its origin, such as `http://127.0.0.1:3000`. */
  url: string;
  /** Answers by another server from now on: the document has changed. */
  become: (core: Core) => void;
  close: () => Promise<void>;
}

/**
 * @param core the server
 * @param where port (0 takes a free one), host, and whether web pages may call it
 * @throws the system's error, such as `EADDRINUSE`, when it cannot listen
 */
export async function listen(
  core: Core,
  { port, host, cors }: { port: number; host: string; cors: boolean },
): Promise<Listening> {
  let current = core;
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000 },
    listenerFor((received) => current.answer(received), { cors }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${String(taken)}`,
    become: (next) => {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
