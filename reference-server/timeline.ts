/**
 * Instants for `created_at` and `updated_at` that never go back, even when the machine's clock does: so the order of
 * the instants is the order of the writes.
 */
export class Timeline {
  readonly #clock: () => number;
  #last = -Infinity;

  /** @param clock the present, in milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /**
   * The instant of a write.
   * @param after an earlier instant of the same record; the result is later by a millisecond at least, since two
   *   updates within one millisecond would else look like one
   * @returns RFC 3339, to the millisecond, in UTC
   * @see RFC 3339, section 5.6
   */
  next(after?: string): string {
    const earliest = after === undefined ? -Infinity : Date.parse(after) + 1;
    this.#last = Math.max(this.#clock(), this.#last, earliest);
    return new Date(this.#last).toISOString();
  }
}
