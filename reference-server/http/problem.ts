/** One reason for a refusal, with the request field it is about. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/**
 * A refusal on its way to the client: a status and reasons, which each API puts into its own envelope. It exists so
 * that handlers know nothing of envelopes and the error handler knows nothing of handlers.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly reasons: readonly [Reason, ...Reason[]];
  readonly headers: Readonly<Record<string, string>>;

  /**
   * @param status the HTTP status
   * @param reasons at least one
   * @param headers further response headers
   */
  constructor(status: number, reasons: readonly [Reason, ...Reason[]], headers: Readonly<Record<string, string>> = {}) {
    super(reasons[0].message);
    this.status = status;
    this.reasons = reasons;
    this.headers = headers;
  }
}

/**
 * A problem with a single reason.
 * @param status the HTTP status
 * @param code a word for programs
 * @param message a sentence for people
 * @param headers further response headers
 * @returns the problem, to be thrown
 */
export function problem(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Problem {
  return new Problem(status, [{ code, message }], headers);
}
