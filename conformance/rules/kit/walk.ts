/** Walks a list, page by page, while nothing is written. */
import { at } from '../../contract/resolve.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Session } from '../types.ts';
import { emptyWalk, idOf, itemsOf, scope, take, type Walk } from './listed.ts';
import { longestPage, walkPages } from './walk-pages.ts';
import { recordsOf, succeeded, tellsState } from './steps.ts';
import { numeric } from './values.ts';

export { idOf, itemsOf, scope, type Walk } from './listed.ts';

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

/** The largest page that the contract allows; infinite where the target decides. */
export function largestPage(list: Operation): number {
  if (!list.pagination) return longestPage(list) ?? Infinity;
  return numeric(list.pagination.size.schema.maximum) ?? numeric(list.pagination.size.schema.default) ?? 20;
}

/** One walk over the whole list with pages of a size. */
export async function walkWith(session: Session, resource: Resource, size: number): Promise<Walk> {
  const list = resource.list;
  if (!list) throw new Error('the resource has no list operation');
  if (!list.pagination) return walkPages(session, resource, list, Number.isFinite(size) && size > 0 ? size : undefined);
  const walk = emptyWalk();
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
    const known = walk.byId.size;
    take(resource, walk, items, exchange);
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
