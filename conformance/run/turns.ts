/** Lets those who write one and the same thing go one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * @param key what is written; work with other keys goes on meanwhile
   * @param work is begun when everything that was begun before it under this key has ended
   * @returns what the work comes to
   */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    // Whether the one before failed is that one's own affair.
    const done = before === undefined ? work() : before.then(work, work);
    this.#last.set(key, done);
    try {
      return await done;
    } finally {
      if (this.#last.get(key) === done) this.#last.delete(key);
    }
  }
}
