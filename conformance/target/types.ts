/** What goes into the HTTP client and what comes out of it. */
import type { LookupAddress } from 'node:dns';
import type { Exchange, SentRequest, TransportError } from '../model/index.ts';

export interface TargetOptions {
  /** Origin of the target plus an optional prefix: `https://api.example.com/gateway`. */
  url: string;
  /** Headers for every request; a request's own headers win. */
  headers?: Record<string, string>;
  /** Milliseconds for one request in all: connecting, headers and body. */
  timeoutMs: number;
  /** How many bytes of a body are read, before and after decompression. */
  maxBodyBytes: number;
  /** Requests per second at most; no limit when absent. */
  rateLimit?: number;
  /** Milliseconds in all, per run, that may be spent on waiting because the target answered 429 or 503 with Retry-After. */
  retryAfterBudgetMs: number;
  /** URL of a proxy; never used for a loopback target. */
  proxy?: string;
  /** PEM text of the authorities to trust in place of the built-in ones. */
  ca?: string;
  /** PEM text of the client certificate. */
  cert?: string;
  /** PEM text of the client certificate's key. */
  key?: string;
  /** Take any certificate. */
  insecure?: boolean;
  /** Whether a name such as `x.localhost` may lead to another machine; by default nothing is sent there. */
  elsewhere?: boolean;
  /** Looks up host names; Node's own by default. */
  lookup?: Lookup;
  /** Values that must never appear in anything that is kept. */
  secrets: string[];
  /** Ends the whole run; its reason may be `{ kind: 'budget', message }` when the run's time is used up. */
  signal?: AbortSignal;
  /** Requests in flight at most, writes that need a fresh connection not counted; no limit when absent. */
  connections?: number;
  /** Monotonic clock in milliseconds. */
  now?: () => number;
}

/** Finds all addresses of a host name. */
export type Lookup = (hostname: string) => Promise<LookupAddress[]>;

export interface RequestSpec {
  /** Label for the exchange: the operationId, or `METHOD /path`. */
  operation: string;
  method: string;
  /** Path below the target's URL with parameters filled in and query serialized, or an absolute URL of the same origin. */
  path: string;
  headers?: Record<string, string>;
  /** Exactly as it is to be sent. */
  body?: string | Uint8Array;
  /** Whether sending twice does no more than sending once; by default what RFC 9110 section 9.2.2 says of the method. */
  idempotent?: boolean;
  /** Names of headers of the run that this request goes without: its own stay. Lower case. */
  without?: readonly string[];
  /**
   * Whether it may be sent again when the answer looks like the doing of a gateway (502, 503, 504, a body cut short); by default what
   * `idempotent` says. A write that is meant to create a record may not: the first one may have been done.
   */
  repeatable?: boolean;
  /** Called each time that it was sent and its outcome stays unknown, before it is sent again. */
  onUnsettled?: (request: SentRequest) => void;
}

export interface Target {
  /** Sends one request. Never rejects for anything that a target does. */
  send(spec: RequestSpec): Promise<Exchange>;
  /** How many requests went out so far, retries included. */
  readonly requests: number;
  /** Why the target is given up: three requests in a row found no answer. */
  dead(): TransportError | undefined;
  /** Ends what is in flight and closes all connections. */
  close(): Promise<void>;
  /** The text without any secret in it. */
  mask(text: string): string;
}
