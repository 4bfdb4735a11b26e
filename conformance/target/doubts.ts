/** Answers that may come from whoever stands between here and the target, and what asking again shows. */
import type { TransportError } from '../model/index.ts';
import type { Answer } from './attempt.ts';
import { sentence } from './trouble.ts';

/** A gateway answers so when it does not reach the server behind it (RFC 9110 sections 15.6.3 to 15.6.5). */
const GATEWAY = new Set([502, 503, 504]);

/** How long is waited before it is asked again, in milliseconds. */
const PAUSES = [150, 850];

/** So many requests in a row that got the same at each attempt, and nothing is asked again until there is another answer. */
const STEADY_AFTER = 3;

/** Shared by all requests of a run: whether the trouble is there to stay. */
export class Steadiness {
  #inARow = 0;

  get steady(): boolean {
    return this.#inARow >= STEADY_AFTER;
  }

  repeated(): void {
    this.#inARow += 1;
  }

  otherwise(): void {
    this.#inARow = 0;
  }
}

/** What is to be done about an answer. */
export interface Next {
  /** Ask again after so many milliseconds. */
  again?: number;
  /** Nothing of it is the target's own word; with `doubtful`, what the answer would be if somebody could ask again. */
  trouble?: TransportError;
  doubtful?: true;
}

/** The attempts of one request. */
export class Doubts {
  readonly #repeatable: boolean;
  readonly #run: Steadiness;
  readonly #seen: string[] = [];

  /**
   * @param repeatable whether the request may be sent again
   * @param run what is known of the run's other requests
   */
  constructor(repeatable: boolean, run: Steadiness) {
    this.#repeatable = repeatable;
    this.#run = run;
  }

  /**
   * @param answer what came
   * @param asked the request in words: `GET /calls`
   * @returns an empty object when the answer counts
   */
  next(answer: Answer, asked: string): Next {
    const doubt = doubtOf(answer);
    const [first] = this.#seen;
    if (doubt === undefined) {
      this.#run.otherwise();
      if (first === undefined) return {};
      const text = `${asked} was answered ${first}, and ${String(answer.status)} when asked again: trouble on the way, and no answer to be judged`;
      return { trouble: { kind: 'unsteady', message: sentence(text) } };
    }
    this.#seen.push(doubt);
    const pause = PAUSES[this.#seen.length - 1];
    if (this.#repeatable && !this.#run.steady && pause !== undefined) return { again: pause };
    if (this.#seen.length > 1) this.#run.repeated();
    if (this.#repeatable) return {};
    const text = `${asked} was answered ${doubt}, which may be trouble on the way; it is not sent twice, since the first may have been done`;
    return { trouble: { kind: 'unsteady', message: sentence(text) }, doubtful: true };
  }
}

function doubtOf({ status, cutShort, framing }: Answer): string | undefined {
  if (GATEWAY.has(status)) return String(status);
  return cutShort ? `${String(status)} with a body cut short (${String(framing)})` : undefined;
}
