/** Records that are there from the start. */
import type { Resource } from '../contract/types.ts';
import { at, isObject } from '../contract/resolve.ts';
import { ownParameter } from './find-record.ts';
import type { SeedRecords } from './options.ts';
import { giveRecord, makeRecord } from './records.ts';
import type { Core } from './server.ts';
import type { Table } from './store.ts';

/** A slip of the user's: the name makes the command line tell it as one. */
class SeedError extends Error {
  override name = 'SelectionError';
}

/**
 * Makes a record of each example of a create's body; where a resource has none, of the record that its responses show.
 * @param core the server
 */
export function seedExamples(core: Core): void {
  const { resources } = core.contract;
  // Those above come first.
  const ordered = [...resources].sort((a, b) => a.parents.length - b.parents.length);
  for (const resource of ordered) {
    const { create } = resource;
    const table = core.shop.store.table(resource.name);
    if (!create || !table || resource.kind !== 'collection') continue;
    const path = pathFor(core, resource);
    const shown = create.bodies.flatMap(({ examples }) => examples.map(({ value }) => value)).filter(isObject);
    if (!path || shown.length === 0) continue;
    for (const fields of shown) tryMake(core, table, path, fields);
  }
}

/**
 * @param core the server
 * @param records by the names of their resources
 * @throws Error for a name that no resource has
 */
export function seedRecords(core: Core, records: SeedRecords): void {
  for (const [name, rows] of Object.entries(records)) {
    const table = core.shop.store.table(name);
    if (!table)
      throw new SeedError(
        `The seed data names the resource ${JSON.stringify(name)}; the document has ${[...core.shop.store.tables.keys()].join(', ')}.`,
      );
    const path = pathFor(core, table.resource) ?? {};
    for (const row of rows) {
      const { resource } = table;
      const operation = resource.create ?? resource.read ?? resource.list;
      const own = at(row, `/${resource.idField}`);
      const id = typeof own === 'string' || typeof own === 'number' ? String(own) : undefined;
      if (operation) giveRecord(core.shop, table, operation, { ...path, ...pathIn(resource, row) }, id, { ...row });
    }
  }
}

/** Path parameters that a seeded record says itself. */
function pathIn(resource: Resource, row: Readonly<Record<string, unknown>>): Record<string, string> {
  const names = [
    ...resource.parents.map(({ parameter }) => parameter),
    ...(resource.kind === 'keyed' ? [resource.idParameter] : []),
  ];
  return Object.fromEntries(
    names.flatMap((name) =>
      typeof row[name] === 'string' || typeof row[name] === 'number' ? [[name, String(row[name])]] : [],
    ),
  );
}

/** What the path of a create says, with the first record of each kind above; undefined where one is missing. */
function pathFor(core: Core, resource: Resource): Record<string, string> | undefined {
  const operation = resource.create ?? resource.list ?? resource.read;
  const own = operation && resource.kind !== 'collection' ? ownParameter(resource, operation) : undefined;
  const path: Record<string, string> = {};
  for (const { name, from, in: where, examples } of operation?.parameters ?? []) {
    if (where !== 'path' || name === own) continue;
    const [first] = core.shop.store.table(from?.resource)?.rows.values() ?? [];
    const shown: unknown = examples[0];
    if (first) path[name] = first.id;
    else if (typeof shown === 'string' || typeof shown === 'number') path[name] = String(shown);
    else return undefined;
  }
  return path;
}

function tryMake(core: Core, table: Table, path: Record<string, string>, fields: Record<string, unknown>): void {
  const { create } = table.resource;
  if (!create) return;
  try {
    makeRecord(core.shop, table, create, path, fields);
  } catch {
    // An example whose id is there already is one record.
  }
}
