/** When a request may go out: the rate limit, and the pauses that a target asks for. */
import type { TransportError } from '../model/index.ts';
import type { Sleeper } from './sleeper.ts';
import { sentence } from './trouble.ts';
import { secondsText } from './words.ts';

/** The first wait where a target says "too many requests" and not how long to wait; doubled from wave to wave. */
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5000;

/** A hundred years: whoever asks for more means "never". */
const LONGEST_SECONDS = 100 * 366 * 86_400;

export interface PacingOptions {
  now: () => number;
  /** Requests per second. */
  rateLimit?: number;
  budgetMs: number;
  sleeper: Sleeper;
}

/** One per run: a pause that one request is told to make is made by all, and is paid for once. */
export class Pacing {
  readonly #now: () => number;
  readonly #interval: number;
  readonly #budgetMs: number;
  readonly #sleeper: Sleeper;
  #nextSlot = 0;
  #pauseUntil = 0;
  #spentMs = 0;
  /** Waves of refusals in a row: a refusal of what was sent before the last pause belongs to the wave that caused it. */
  #waves = 0;
  #blocked: { until: number; error: TransportError } | undefined;

  constructor(options: PacingOptions) {
    this.#now = options.now;
    this.#interval = options.rateLimit === undefined ? 0 : 1000 / options.rateLimit;
    this.#budgetMs = options.budgetMs;
    this.#sleeper = options.sleeper;
  }

  /** @returns undefined when a request may go out now; else a promise that resolves when it may, or when the run is stopped */
  turn(): Promise<void> | undefined {
    return this.#interval === 0 && this.#pauseUntil <= this.#now() ? undefined : this.#wait();
  }

  /** @returns why nothing may be sent for longer than may be waited for */
  blocked(): TransportError | undefined {
    return this.#blocked && this.#now() < this.#blocked.until ? this.#blocked.error : undefined;
  }

  /** Any answer but "too many requests" ends the doubling. */
  answered(): void {
    this.#waves = 0;
  }

  /**
   * Takes note that a target asked for a pause.
   *
   * @param status 429 or 503
   * @param retryAfter the header Retry-After, if any
   * @param sentAt when the refused request went out
   * @returns an error when the wait is longer than what is left of the budget; else undefined, and the next turn waits
   * @see RFC 6585 section 4; RFC 9110 section 10.2.3
   */
  throttled(status: number, retryAfter: string | undefined, sentAt: number): TransportError | undefined {
    const now = this.#now();
    if (sentAt >= this.#pauseUntil) this.#waves += 1;
    const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (this.#waves - 1), LONGEST_BACKOFF_MS);
    const asked = parseRetryAfter(retryAfter, Date.now());
    const until = now + Math.max(asked ?? 0, backoff);
    const extra = Math.max(0, until - Math.max(now, this.#pauseUntil));
    if (this.#spentMs + extra > this.#budgetMs) {
      const error: TransportError = { kind: 'rate-limited', message: this.#overBudget(status, asked) };
      this.#blocked = { until: Math.max(until, this.#blocked?.until ?? 0), error };
      return error;
    }
    this.#spentMs += extra;
    this.#pauseUntil = Math.max(until, this.#pauseUntil);
    return undefined;
  }

  #overBudget(status: number, asked: number | undefined): string {
    const wish =
      asked === undefined ? 'says for no time when to come back' : `asks to wait ${secondsText(asked)} (Retry-After)`;
    const used = this.#spentMs > 0 ? `, of which ${secondsText(this.#spentMs)} are used up` : '';
    return sentence(
      `the target answers ${status} and ${wish}; a run waits ${secondsText(this.#budgetMs)} in all${used}`,
    );
  }

  async #wait(): Promise<void> {
    do {
      await this.#until(() => this.#pauseUntil);
      if (this.#interval === 0) return;
      const slot = Math.max(this.#now(), this.#nextSlot);
      this.#nextSlot = slot + this.#interval;
      await this.#until(() => slot);
      // Somebody else may have been told to pause meanwhile.
    } while (this.#pauseUntil > this.#now() && !this.#sleeper.stopped);
  }

  /** @param moment may move on while it is waited for */
  async #until(moment: () => number): Promise<void> {
    for (let left = moment() - this.#now(); left > 0 && !this.#sleeper.stopped; left = moment() - this.#now()) {
      await this.#sleeper.sleep(left);
    }
  }
}

/**
 * @param value the header: seconds, or an HTTP date
 * @param nowMs wall clock, for a date
 * @returns milliseconds to wait, undefined when the header is absent or says nothing
 * @see RFC 9110 section 10.2.3
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Math.min(Number(text), LONGEST_SECONDS) * 1000;
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
