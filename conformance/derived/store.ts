/** Keeps the records in memory. */
import { at, textOf } from '../contract/resolve.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import { Refusal, type StoredRecord } from './model.ts';

/** The records of one resource, in the order in which they were made. */
export class Table {
  readonly resource: Resource;
  readonly rows = new Map<string, StoredRecord>();
  #last = 0;

  constructor(resource: Resource) {
    this.resource = resource;
  }

  /** @returns a number that no record of this kind was made from */
  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

/** What a table keeps a record under: a key of the client's choice is one only below the same records. */
export function keyOf(resource: Resource, id: string, above: Readonly<Record<string, string>>): string {
  const scoped =
    resource.kind === 'keyed' ||
    resource.kind === 'singleton' ||
    resource.kind === 'given' ||
    resource.idFrom === 'request';
  return scoped
    ? JSON.stringify([
        id,
        ...Object.entries(above)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flat(),
      ])
    : id;
}

export class Store {
  readonly tables = new Map<string, Table>();
  readonly limit: number;
  #count = 0;

  /**
   * @param contract whose resources are kept
   * @param limit records that fit in
   */
  constructor({ resources }: Contract, limit: number) {
    this.limit = limit;
    for (const resource of resources) this.tables.set(resource.name, new Table(resource));
  }

  get count(): number {
    return this.#count;
  }

  table(name: string | undefined): Table | undefined {
    return name === undefined ? undefined : this.tables.get(name);
  }

  /** @throws Refusal when the store is full */
  put(table: Table, record: StoredRecord): void {
    const key = keyOf(table.resource, record.id, record.above);
    if (!table.rows.has(key)) {
      if (this.#count >= this.limit)
        throw new Refusal(
          'full',
          `The store holds ${String(this.limit)} records, which is its limit; start the server with a higher one.`,
        );
      this.#count += 1;
    }
    table.rows.set(key, record);
  }

  remove(table: Table, record: StoredRecord): void {
    if (table.rows.delete(keyOf(table.resource, record.id, record.above))) this.#count -= 1;
  }
}

/**
 * What a path parameter stands for: the resource whose record it names, else its own name.
 * @param operation whose path it is in
 * @param name of the parameter
 */
export function slotOf(operation: Operation, name: string): string {
  return operation.parameters.find((one) => one.in === 'path' && one.name === name)?.from?.resource ?? name;
}

/** @returns what the path says of the records above those of a resource */
export function aboveIn(
  operation: Operation,
  path: Readonly<Record<string, string>>,
  own: ReadonlySet<string>,
): Record<string, string> {
  const above: Record<string, string> = {};
  for (const [name, value] of Object.entries(path)) if (!own.has(name)) above[slotOf(operation, name)] = value;
  return above;
}

/**
 * @returns whether a record stands below the records that a path names: by the path that it was made at, or by the properties that
 *   name other records
 */
export function standsBelow(
  resource: Resource,
  record: StoredRecord,
  above: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(above).every(([slot, value]) => {
    const own = record.above[slot];
    if (own !== undefined) return own === value;
    const keys = [...resource.createFields, ...resource.updateFields].filter(({ from }) => from?.resource === slot);
    const values = keys.flatMap(({ name, roundTrip }) => at(record.data, roundTrip?.at ?? `/${name}`) ?? []);
    return keys.length === 0 || values.flat().some((one) => textOf(one) === value);
  });
}
