/** One request on the wire, from dispatch to the last byte of its answer. */
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Dispatcher } from 'undici';
import type { TransportError } from '../model/index.ts';
import { isCompleteJson } from './body.ts';
import type { Wire } from './connections.ts';
import { Gathered } from './gathered.ts';
import { codeOf, describeTrouble, isBadAnswer, isCutShort, reasonOf, sentence } from './trouble.ts';
import { bytesText, secondsText, shortPath } from './words.ts';

export interface Answer {
  status: number;
  /** Lower-case names; values of a repeated header are joined by a comma (RFC 9110 section 5.3). */
  headers: Record<string, string>;
  bytes: Buffer;
  /** What is wrong with the framing of the body: a clause. */
  framing?: string;
  /** The body ended before its announced end, which may be the doing of whoever stands in between. */
  cutShort?: true;
}

export interface Failure {
  error: TransportError;
  /** The connection was cut before anything of the request was written: it cannot have arrived. */
  unsent: boolean;
  /** The connection failed, so that another one may do better. */
  connection: boolean;
}

export type Outcome = { answer: Answer; failure?: undefined } | { answer?: undefined; failure: Failure };

export interface AttemptOptions {
  origin: string;
  timeoutMs: number;
  maxBodyBytes: number;
  wire: Readonly<Wire>;
  /** Whether the connection is for this request alone. */
  fresh: boolean;
}

/** What these say ends with the headers, whatever Content-Length says (RFC 9112 section 6.3); with 304 it may say much. */
const BODILESS = new Set([204, 304]);

const MAX_EXTENSIONS = 4;

/** A target that sends more than this is not after being understood; what is judged stands among the first. */
const MAX_HEADERS = 300;

/**
 * Takes the answer as undici parses it. undici's own `request` would make a stream and several objects for each answer; what is
 * wanted here is all bytes at once, under one timer and one cap.
 */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly #options: AttemptOptions;
  readonly #request: { method: string; path: string };
  readonly #settle: (outcome: Outcome) => void;
  #timer: NodeJS.Timeout;
  /** How long the process had been idle, in all, when the request began. */
  readonly #idleBefore = idleTime();
  #extensions = 0;
  #abort: ((error?: Error) => void) | undefined;
  #socket: Socket | undefined;
  #done = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #body = new Gathered();

  constructor(options: AttemptOptions, request: { method: string; path: string }, settle: (outcome: Outcome) => void) {
    this.#options = options;
    this.#request = request;
    this.#settle = settle;
    this.#timer = setTimeout(this.#onTimer, options.timeoutMs);
  }

  /** Gives the request up, wherever it is. */
  cancel(error: TransportError): void {
    this.#fail({ error, unsent: false, connection: false });
  }

  onConnect(abort: (error?: Error) => void): void {
    // Given up while it still waited for its connection: it must not go out any more.
    if (this.#done) abort();
    else this.#abort = abort;
    if (this.#options.fresh) this.#socket = this.#options.wire.opened;
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    // An interim response; the final one follows (RFC 9110 section 15.2).
    if (status < 200) return true;
    this.#status = status;
    this.#headers = readHeaders(raw);
    const announced = Number(this.#headers['content-length']);
    if (announced > this.#options.maxBodyBytes && this.#request.method !== 'HEAD') this.#tooBig();
    else this.#body = new Gathered(announced);
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#done) return true;
    this.#body.add(chunk);
    if (this.#body.size > this.#options.maxBodyBytes) this.#tooBig();
    return true;
  }

  onComplete(): void {
    // undici would close it too, with an error that it makes for the purpose: a quarter of what a connection costs (measured).
    this.#socket?.destroy();
    // A body without a length ends with the connection; a reset there is no end, unless the body says so itself.
    if (this.#options.wire.resetting && this.#body.size > 0 && !isCompleteJson(this.#body.all()))
      this.#cut('ECONNRESET');
    else this.#answer();
  }

  onError(error: Error): void {
    if (this.#done) return;
    const code = codeOf(error);
    if (this.#status === 0) {
      const failure = describeTrouble(error, { origin: this.#options.origin, asked: this.#asked() });
      const connection = failure.kind === 'refused' || failure.kind === 'reset' || failure.kind === 'protocol';
      this.#fail({ error: failure, unsent: this.#abort === undefined && failure.kind === 'reset', connection });
    } else if (isCutShort(error) && BODILESS.has(this.#status) && this.#body.size === 0) {
      // undici waits for the body that Content-Length announces.
      this.#answer();
    } else if (isCutShort(error)) {
      // Closed in good order before the announced end: a whole JSON document means that the announcement is wrong (a breach of
      // the contract), half a document that the target broke off (trouble with the transport).
      if (isCompleteJson(this.#body.all())) this.#answer(this.#wrongEnd(), true);
      else this.#cut(code);
    } else if (isBadAnswer(error) || code === 'UND_ERR_HEADERS_OVERFLOW') {
      this.#answer(`the framing of the body is broken: ${reasonOf(error)}`);
    } else {
      this.#cut(code);
    }
  }

  /**
   * A process that was busy with other answers has let this one wait: the time of a target is the time that was spent waiting
   * for it. Extended to three times at most, so that nothing lasts for ever.
   */
  readonly #onTimer = (): void => {
    const half = this.#options.timeoutMs / 2;
    if (idleTime() - this.#idleBefore >= half || this.#extensions >= MAX_EXTENSIONS) {
      this.#timedOut();
      return;
    }
    this.#extensions += 1;
    this.#timer = setTimeout(this.#onTimer, half);
  };

  #timedOut(): void {
    const seconds = secondsText(this.#options.timeoutMs);
    const { origin } = this.#options;
    if (this.#status !== 0 && this.#headers['content-length'] !== undefined && isCompleteJson(this.#body.all())) {
      this.#answer(this.#wrongEnd(), true);
      this.#abort?.();
      return;
    }
    const text =
      this.#status !== 0
        ? `${origin} began to answer ${this.#asked()} and did not end within ${seconds}, after ${bytesText(this.#body.size)} of the body`
        : this.#abort
          ? `${origin} took ${this.#asked()} and did not answer within ${seconds}`
          : `${origin} accepted no connection for ${this.#asked()} within ${seconds}`;
    this.#fail({ error: { kind: 'timeout', message: sentence(text) }, unsent: false, connection: false });
  }

  #wrongEnd(): string {
    const announced = this.#headers['content-length'];
    return announced === undefined
      ? 'the body is complete JSON, but its last chunk is missing'
      : `Content-Length announces ${announced} bytes, and the body has ${this.#body.size}`;
  }

  #cut(code: string): void {
    const announced = this.#headers['content-length'];
    const of = announced === undefined ? bytesText(this.#body.size) : `${this.#body.size} of ${announced} bytes`;
    const text = `${this.#options.origin} cut the connection in the middle of its answer to ${this.#asked()}, after ${of} of the body`;
    this.#fail({ error: { kind: 'reset', message: sentence(text, code) }, unsent: false, connection: true });
  }

  #tooBig(): void {
    this.#answer(`the body is bigger than ${bytesText(this.#options.maxBodyBytes)}`);
    this.#abort?.();
  }

  #answer(framing?: string, cutShort?: true): void {
    if (this.#done) return;
    this.#end();
    const answer: Answer = { status: this.#status, headers: this.#headers, bytes: this.#body.all(), framing };
    if (cutShort) answer.cutShort = true;
    this.#settle({ answer });
  }

  #fail(failure: Failure): void {
    if (this.#done) return;
    this.#end();
    this.#settle({ failure });
    this.#abort?.();
  }

  #end(): void {
    this.#done = true;
    clearTimeout(this.#timer);
  }

  #asked(): string {
    return `${this.#request.method} ${shortPath(this.#request.path)}`;
  }
}

/** Milliseconds that the event loop has spent waiting since the process began. */
function idleTime(): number {
  return performance.eventLoopUtilization().idle;
}

function readHeaders(raw: readonly Buffer[]): Record<string, string> {
  // Without a prototype a header named __proto__ is a header like any other.
  const headers = Object.create(null) as Record<string, string>;
  for (let index = 0; index + 1 < raw.length && index < MAX_HEADERS * 2; index += 2) {
    const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
    const value = raw[index + 1]?.toString() ?? '';
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
