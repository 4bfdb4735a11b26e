/** Thrown when a write would pass a limit. Nothing was changed, and nothing that was stored is given up for it. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}

interface Entry<R> {
  record: R;
  bytes: number;
  /** Counts every write to the store, so that it orders entries by their last change. */
  touched: number;
}

/** How much a store may hold. */
export interface StoreLimits {
  readonly records: number;
  readonly bytes: number;
}

/**
 * Records in memory, found by id and kept in two orders (last change, creation), so that neither a read nor a page of a
 * list looks at more than it returns.
 */
export class Store<R> {
  readonly #limits: StoreLimits;
  readonly #byId = new Map<string, Entry<R>>();
  /** In the order of `touched`. An update takes its entry out by binary search and appends it. */
  readonly #changed: Entry<R>[] = [];
  readonly #created: Entry<R>[] = [];
  #writes = 0;
  #bytes = 0;

  /** @param limits what the store may hold before it refuses to take more */
  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  /** Records held. */
  get size(): number {
    return this.#byId.size;
  }

  /**
   * @param id the record's id
   * @returns the record, or undefined
   */
  get(id: string): R | undefined {
    return this.#byId.get(id)?.record;
  }

  /**
   * Adds a record.
   * @param id a new id
   * @param record what to keep
   * @param bytes about how much room it takes
   * @throws {StoreFullError} when a limit would be passed
   */
  insert(id: string, record: R, bytes: number): void {
    if (this.#byId.size >= this.#limits.records)
      throw new StoreFullError(`The store holds ${String(this.#limits.records)} records and takes no more.`);
    this.#reserve(bytes);
    const entry: Entry<R> = { record, bytes, touched: this.#writes++ };
    this.#byId.set(id, entry);
    this.#changed.push(entry);
    this.#created.push(entry);
  }

  /**
   * Puts a new state in the place of a record and makes it the one that changed last.
   * @param id the id of a record that is there
   * @param record its new state
   * @param bytes about how much room it takes now
   * @throws {StoreFullError} when a limit would be passed
   */
  replace(id: string, record: R, bytes: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) throw new Error('Only a stored record can be replaced.');
    this.#reserve(bytes - entry.bytes);
    this.#changed.splice(this.#positionOf(entry), 1);
    entry.record = record;
    entry.bytes = bytes;
    entry.touched = this.#writes++;
    this.#changed.push(entry);
  }

  /**
   * All records, the one that changed last first. Lazy: stopping early costs nothing more.
   * @param from how many to leave out at the front
   * @returns the records
   */
  *lastChangedFirst(from = 0): Generator<R> {
    for (let index = this.#changed.length - 1 - from; index >= 0; index -= 1)
      yield (this.#changed[index] as Entry<R>).record;
  }

  /**
   * All records in the order of their creation. Lazy, as above.
   * @param from how many to leave out at the front
   * @returns the records
   */
  *oldestFirst(from = 0): Generator<R> {
    for (let index = from; index < this.#created.length; index += 1) yield (this.#created[index] as Entry<R>).record;
  }

  #reserve(bytes: number): void {
    if (this.#bytes + bytes > this.#limits.bytes)
      throw new StoreFullError(`The store holds ${String(this.#limits.bytes)} bytes and takes no more.`);
    this.#bytes += bytes;
  }

  #positionOf(entry: Entry<R>): number {
    let low = 0;
    let high = this.#changed.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#changed[middle] as Entry<R>).touched < entry.touched) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
