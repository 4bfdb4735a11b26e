/** Finds the record that a path names, and the records above it. */
import { at } from '../contract/resolve.ts';
import { nounsOf } from '../contract/graph/words.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { Refusal, type StoredRecord } from './model.ts';
import { aboveIn, keyOf, standsBelow, type Store } from './store.ts';

/** @returns the name of the path's parameter that takes the record's id; undefined where the path has none */
export function ownParameter(resource: Resource, operation: Operation): string | undefined {
  const inPath = operation.parameters.filter((one) => one.in === 'path');
  if (inPath.some(({ name }) => name === resource.idParameter)) return resource.idParameter;
  return inPath.findLast(({ from }) => from?.resource === resource.name)?.name;
}

/**
 * @param shop the store
 * @param resource whose record the path names
 * @param operation that is asked
 * @param path its values
 * @throws Refusal when there is no such record
 */
export function findRecord(
  { store }: { store: Store },
  resource: Resource,
  operation: Operation,
  path: Readonly<Record<string, string>>,
): StoredRecord {
  const table = store.table(resource.name);
  const name = ownParameter(resource, operation);
  const keys = resource.keys.map(({ parameter }) => parameter);
  const above = aboveIn(operation, path, new Set([...(name === undefined ? [] : [name]), ...keys]));
  const missing = (): Refusal =>
    new Refusal(
      'unknown',
      `There is no ${nounsOf(lastName(resource)).at(-1) ?? 'record'} ${JSON.stringify((path[name ?? ''] ?? '').slice(0, 80))}.`,
    );
  if (!table) throw missing();
  if (resource.keys.length > 0) {
    const found = [...table.rows.values()].find(({ data }) =>
      resource.keys.every(({ parameter, at: place }) => String(at(data, place)) === path[parameter]),
    );
    if (!found) throw missing();
    return found;
  }
  const value = name === undefined ? '' : (path[name] ?? '');
  const from = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.from;
  const alias =
    from !== undefined && from.at !== '' && from.at !== `/${resource.idField}` && from.resource === resource.name
      ? from.at
      : undefined;
  const id = resource.idTail ? value.slice(value.lastIndexOf('/') + 1) : value;
  const found =
    alias === undefined
      ? (table.rows.get(keyOf(resource, id, above)) ?? table.rows.get(id))
      : [...table.rows.values()].find(({ data }) => String(at(data, alias)) === value);
  if (!found || !standsBelow(resource, found, above)) throw missing();
  return found;
}

/** @returns what the records are called in the path */
export function lastName({ name }: Resource): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * The records above have to be there, as far as anything makes them.
 * @throws Refusal for the first that is not
 */
export function checkAbove(
  { store }: { store: Store },
  operation: Operation,
  path: Readonly<Record<string, string>>,
  own: string | undefined,
): void {
  for (const parameter of operation.parameters) {
    const { from, name } = parameter;
    if (parameter.in !== 'path' || !from || name === own) continue;
    const table = store.table(from.resource);
    if (!table || (table.resource.kind !== 'collection' && table.resource.kind !== 'keyed')) continue;
    const value = path[name] ?? '';
    const tail = from.tail === true || table.resource.idTail ? value.slice(value.lastIndexOf('/') + 1) : value;
    const byId = from.at === '' || from.at === `/${table.resource.idField}`;
    if (byId && table.rows.has(tail)) continue;
    const rows = [...table.rows.values()];
    if (rows.some(({ id, data }) => (byId ? id === tail : String(at(data, from.at)) === value))) continue;
    throw new Refusal(
      'unknown',
      `There is no ${nounsOf(lastName(table.resource)).at(-1) ?? 'record'} ${JSON.stringify(value.slice(0, 80))}.`,
    );
  }
}
