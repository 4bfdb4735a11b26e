/** The sockets to a target: a pool of kept ones for requests that may be sent twice, and fresh ones for all others. */
import { X509Certificate } from 'node:crypto';
import type { LookupFunction, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Dispatcher, Pool as PoolType, buildConnector as ConnectorBuilder } from 'undici';
import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import type { Address } from './address.ts';
import { skipInterim } from './interim.ts';
import { loopbackLookup } from './loopback.ts';
import type { TargetOptions } from './types.ts';

/** As much as nginx and Node take together; a target that sends more is stopped there. */
const MAX_HEADER_BYTES = 64 * 1024;

/** A request as it is written. */
export interface WrittenRequest {
  origin: string;
  method: string;
  path: string;
  /** Names and values by turns. */
  headers: string[];
  body: string | Uint8Array | null;
}

/** What is called while an answer comes in. */
export interface Receiver {
  onConnect(abort: (error?: Error) => void): void;
  /** @param raw names and values by turns */
  onHeaders(status: number, raw: Buffer[]): boolean;
  onData(chunk: Buffer): boolean;
  onComplete(): void;
  onError(error: Error): void;
}

/** Carries requests to a target. */
export interface Carrier {
  dispatch(request: WrittenRequest, receiver: Receiver): boolean;
}

export interface Connections {
  /** Kept-alive connections. The target may cut one at the moment when a request is written to it. */
  kept: Carrier;
  /** A new connection for each request, closed after its answer. */
  fresh: Carrier;
  wire: Wire;
  destroy(): Promise<void>;
}

/** What happens to a socket at this very moment, while undici tells a request of it. */
export interface Wire {
  /** The connection is being reset. */
  resetting: boolean;
  /** The connection has just been made: the request that is told to start is its first. */
  opened?: Socket;
}

/**
 * @param address the target
 * @param options TLS material, proxy and time limit
 * @throws Error with a sentence when a certificate or key cannot be used
 */
export async function openConnections(address: Address, options: TargetOptions): Promise<Connections> {
  const wire: Wire = { resetting: false };
  const trust = trustOf(options);
  const lookup = address.loopback ? { lookup: loopbackLookup(options) } : {};
  const open =
    options.proxy !== undefined && !address.loopback
      ? (await import('./proxied.ts')).proxied(options.proxy, options.timeoutMs, trust)
      : (poolOptions: PoolType.Options): Dispatcher =>
          new Pool(address.origin, {
            ...poolOptions,
            connect: connector({ ...trust, ...lookup }, options.timeoutMs, wire),
          });
  // The time limits are kept by each attempt itself: undici's tick once a second.
  const common = { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 0, bodyTimeout: 0 };
  const kept = open({ ...common, pipelining: 1 });
  const fresh = open({ ...common, pipelining: 0 });
  return {
    kept,
    fresh,
    wire,
    destroy: async () => {
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

export interface Trust {
  secureContext?: SecureContext;
  rejectUnauthorized?: boolean;
}

function trustOf(options: TargetOptions): Trust {
  const { ca, cert, key, insecure } = options;
  if (ca !== undefined) checkPem(ca, 'the authority of --cacert');
  if (cert !== undefined) checkPem(cert, 'the client certificate');
  const trust: Trust = insecure === true ? { rejectUnauthorized: false } : {};
  if (ca === undefined && cert === undefined && key === undefined) return trust;
  try {
    // Made once: reading the authorities anew for each connection is what costs most in a handshake.
    return { ...trust, secureContext: createSecureContext({ ca, cert, key }) };
  } catch (error) {
    throw new Error(`The client certificate and its key cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

function checkPem(pem: string, what: string): void {
  try {
    new X509Certificate(pem);
  } catch (error) {
    throw new Error(`The text of ${what} is no certificate in PEM form.`, { cause: error });
  }
}

/** undici's connector, which also takes note when a connection is made and when it is reset. */
function connector(
  reach: Trust & { lookup?: LookupFunction },
  timeout: number,
  wire: Wire,
): ConnectorBuilder.connector {
  const connect = buildConnector({ ...reach, timeout });
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code !== 'ECONNRESET') return;
    // This listener is older than undici's: what undici does about the reset happens before the next microtask.
    wire.resetting = true;
    queueMicrotask(() => {
      wire.resetting = false;
    });
  };
  return (options, callback) => {
    connect(options, (...result) => {
      const [, socket] = result;
      socket?.on('error', onError);
      if (socket) skipInterim(socket);
      wire.opened = socket ?? undefined;
      callback(...result);
      wire.opened = undefined;
    });
  };
}
