/** Walks a list, page by page, while nothing is written. */
import { at, isObject } from '../../contract/resolve.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import { BlockedError, type Session } from '../types.ts';
import { address } from './outcome.ts';
import { recordsOf, succeeded, tellsState } from './steps.ts';
import { numeric } from './values.ts';

export interface Walk {
  items: unknown[];
  /** The items by their id. */
  byId: Map<string, unknown>;
  /** Ids that came more than once. */
  repeated: string[];
  pages: number;
  /** False when the walk ended at its limit and not at the list's end. */
  complete: boolean;
  exchanges: Exchange[];
}

/** Query parameters that a list must be asked with: those that filter by a fixture. */
export function scope(session: Session, list: Operation): [string, string][] {
  return list.parameters.flatMap((parameter): [string, string][] => {
    const value = parameter.filtersBy === undefined ? undefined : session.fixture(parameter.filtersBy);
    return parameter.in === 'query' && value !== undefined ? [[parameter.name, value]] : [];
  });
}

/** The records of one list response. @throws BlockedError when it is none */
export function itemsOf(resource: Resource, exchange: Exchange): unknown[] {
  const list = resource.list;
  if (!succeeded(exchange) || !list)
    throw new BlockedError(
      `${list ? address(list) : 'the list'} answers ${String(exchange.response?.status)}`,
      `read|${list?.id ?? ''}`,
    );
  const items = at(exchange.response?.json, resource.itemsAt);
  if (!Array.isArray(items))
    throw new BlockedError(`the list response holds no array at ${resource.itemsAt || 'its root'}`, `read|${list.id}`);
  return items as unknown[];
}

/** @returns the id of a list item, as text */
export function idOf(resource: Resource, item: unknown): string {
  const id = isObject(item) ? item[resource.idField] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

/** Asks for one page. */
export function page(session: Session, resource: Resource, number: number, size: number): Promise<Exchange> {
  const list = resource.list;
  if (!list?.pagination) throw new Error('the list has no pages');
  const query: [string, string][] = [
    [list.pagination.page.name, String(number)],
    [list.pagination.size.name, String(size)],
    ...scope(session, list),
  ];
  // Which status a page past the end answers is open, so only the first one is held to the documented ones.
  return session.send({ operation: list, query, judge: number === 1 ? 'all' : 'success' });
}

/** The largest page that the contract allows. */
export function largestPage(list: Operation): number {
  return numeric(list.pagination?.size.schema.maximum) ?? numeric(list.pagination?.size.schema.default) ?? 20;
}

/** One walk over the whole list with pages of a size. */
export async function walkWith(session: Session, resource: Resource, size: number): Promise<Walk> {
  const list = resource.list;
  if (!list) throw new Error('the resource has no list operation');
  const walk: Walk = { items: [], byId: new Map(), repeated: [], pages: 0, complete: true, exchanges: [] };
  const take = (items: unknown[]): void => {
    for (const item of items) {
      const id = idOf(resource, item);
      if (id !== '' && walk.byId.has(id)) walk.repeated.push(id);
      walk.byId.set(id, item);
      walk.items.push(item);
    }
  };
  if (!list.pagination) {
    const exchange = await session.send({ operation: list, query: scope(session, list) });
    take(itemsOf(resource, exchange));
    return { ...walk, pages: 1, exchanges: [exchange] };
  }
  const first = numeric(list.pagination.page.schema.minimum) ?? 1;
  let afterEnd = false;
  for (let number = first; ; number += 1) {
    if (walk.pages >= session.walkLimit) return { ...walk, complete: false };
    const exchange = await page(session, resource, number, size);
    // Past the end any refusal is right.
    if (number > first && !succeeded(exchange)) return walk;
    // An answer without a list ends the walk; that it breaks the schema is told of the answer itself.
    if (number > first && !Array.isArray(at(exchange.response?.json, resource.itemsAt))) return walk;
    const items = itemsOf(resource, exchange);
    // What comes after a short page counts only if it is new: what a page past the end answers is open.
    if (afterEnd && items.every((item) => walk.byId.has(idOf(resource, item)))) return walk;
    walk.pages += 1;
    if (walk.exchanges.length < 3) walk.exchanges.push(exchange);
    const known = walk.byId.size;
    take(items);
    // A target that ignores the page number would be walked for ever.
    if (items.length === 0 || walk.byId.size === known) return walk;
    afterEnd = items.length < size;
  }
}

/** The walk that all cases of the quiet phase look at; repeated within the consistency budget until every record is there. */
export function walk(session: Session, resource: Resource): Promise<Walk> {
  return session.once(`walk:${resource.list?.id ?? ''}`, () =>
    session.eventually(
      () => walkWith(session, resource, resource.list ? largestPage(resource.list) : 100),
      (seen) =>
        recordsOf(session, resource).every((record) => {
          const item = seen.byId.get(record.id);
          return item !== undefined && tellsState(resource, record, item);
        }),
    ),
  );
}

/**
 * The run's records as the list returns them.
 * @throws BlockedError when the list cannot be read
 */
export async function listedRecords(session: Session, resource: Resource): Promise<{ id: string; item: unknown }[]> {
  const { byId } = await walk(session, resource);
  return recordsOf(session, resource).flatMap(({ id }) => (byId.has(id) ? [{ id, item: byId.get(id) }] : []));
}

/** What the list's first page holds when nothing else is asked of it, and the query that asks for it. */
export async function firstPage(
  session: Session,
  resource: Resource,
): Promise<{ items: unknown[]; query: [string, string][]; size: number }> {
  const { list } = resource;
  const { items } = await walk(session, resource);
  if (!list) return { items, query: [], size: Infinity };
  const query = scope(session, list);
  if (!list.pagination) return { items, query, size: Infinity };
  const size = largestPage(list);
  return { items: items.slice(0, size), query: [[list.pagination.size.name, String(size)], ...query], size };
}
