/** Sleep that a stop of the run ends at once. */
export class Sleeper {
  readonly #wakers = new Set<() => void>();
  #stopped = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** @returns a promise that resolves after the time, or as soon as the sleeper is stopped */
  sleep(milliseconds: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      // A timer may end a fraction of a millisecond early; callers look at the clock again.
      const timer = setTimeout(wake, Math.min(Math.max(1, Math.ceil(milliseconds)), 0x7fffffff));
      this.#wakers.add(wake);
    });
  }

  /** Wakes all who sleep, and lets nobody sleep any more. */
  stop(): void {
    this.#stopped = true;
    for (const wake of [...this.#wakers]) wake();
  }
}
