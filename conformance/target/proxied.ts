/**
 * Connections through a proxy. A module of its own, so that it is loaded only for those who need it: a build cannot tell the names of
 * a CommonJS package that is imported dynamically.
 */
// The main module, since tunnels need the `connect` that it adds to all dispatchers.
import { ProxyAgent, type Dispatcher, type Pool as PoolType } from 'undici';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Trust } from './connections.ts';

/**
 * @param uri the proxy
 * @param timeout milliseconds for a connection to it
 * @param trust whose certificates are taken for the target's
 * @returns what makes a dispatcher that leads through it
 */
export function proxied(uri: string, timeout: number, trust: Trust): (options: PoolType.Options) => Dispatcher {
  return (options) =>
    new ProxyAgent({
      ...options,
      uri,
      // Plain HTTP is handed to the proxy as an absolute request line (RFC 9112 section 3.2.2), as curl does: few proxies let
      // CONNECT through to port 80.
      proxyTunnel: false,
      proxyTls: { timeout },
      requestTls: trust,
      factory: (origin: URL, more: object) => new Pool(origin, { ...more, ...options }),
    });
}
