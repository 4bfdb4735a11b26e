/** One recorded request and response: the only evidence that a verdict may rest on. */

/** A request as it was really sent (secrets already masked where it is kept for a report). */
export interface SentRequest {
  method: string;
  /** Complete URL, query included. */
  url: string;
  headers: Record<string, string>;
  /** The body's text, exactly as sent; absent when there was none. */
  body?: string;
  /** The bytes of a body that is no UTF-8, which no text can hold; `body` is then what a reader makes of them. */
  bodyBase64?: string;
}

/** A response as it was really received. Header names are lower case. */
export interface ReceivedResponse {
  status: number;
  headers: Record<string, string>;
  /** The decoded text of the body (empty string when there was none). */
  body: string;
  /** The parsed body when it is JSON; `undefined` when there is none or it does not parse. */
  json?: unknown;
  /** Why the body is no JSON although one came: a plain sentence. */
  jsonError?: string;
  /**
   * What is wrong with the bytes although a response arrived: broken framing, invalid UTF-8, a gzip stream that breaks off,
   * a body over the cap. Judged as a body that breaks the contract.
   */
  bodyError?: string;
  /** Things that a reader tolerates but the contract's author would want to know: a BOM, duplicate keys. */
  oddities?: string[];
}

/** Why no response arrived. Never evidence against the contract. */
export interface TransportError {
  /**
   * `refused`, `timeout`, `reset`, `dns`, `tls`, `protocol`, `rate-limited`, `unsteady` (a gateway's status or a body cut short, and
   * something else when asked again), `budget` (run's own time is used up), `aborted`, `other`.
   */
  kind: TransportErrorKind;
  /** One plain sentence, without a stack trace. */
  message: string;
}

export type TransportErrorKind =
  | 'refused'
  | 'timeout'
  | 'reset'
  | 'dns'
  | 'tls'
  | 'protocol'
  | 'rate-limited'
  | 'unsteady'
  | 'budget'
  | 'aborted'
  | 'other';

export interface Exchange {
  /** Counts up in the order of sending within a run. */
  id: number;
  /** The operationId, or `METHOD /path` for a request that is no operation of the contract. */
  operation: string;
  request: SentRequest;
  /** Exactly one of `response` and `error` is there. */
  response?: ReceivedResponse;
  error?: TransportError;
  /** Why the response may be the doing of whoever stands in between, where it could not be asked for again: nothing rests on it alone. */
  doubt?: TransportError;
  /** Milliseconds since the run began. */
  startedAtMs: number;
  durationMs: number;
  /** 1, or 2 and more after a retry (connection error of an idempotent request, 429 with Retry-After). */
  attempts: number;
}
