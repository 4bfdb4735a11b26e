/** Walks a list from page to page, in the way that was found in its document. */
import { at } from '../../contract/resolve.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Session } from '../types.ts';
import { followPage, nextPage, type NextPage } from './next-page.ts';
import { emptyWalk, idOf, itemsOf, scope, take, type Walk } from './listed.ts';
import { succeeded } from './steps.ts';

/** Pages that are asked for at most: a target may hold records by the million. */
const MOST_PAGES = 50;
/** Longer pages are not asked for, whatever the document allows. */
const LONGEST_PAGE = 200;

/** @returns the longest page to be asked for; undefined leaves the size to the target */
export function longestPage(list: Operation): number | undefined {
  const most = list.paging?.size?.most;
  return most === undefined ? undefined : Math.min(most, LONGEST_PAGE);
}

/**
 * @param session the run
 * @param resource whose list is walked
 * @param list its list
 * @param size records of a page; undefined leaves it to the target
 */
export async function walkPages(
  session: Session,
  resource: Resource,
  list: Operation,
  size: number | undefined,
): Promise<Walk> {
  const { paging } = list;
  const first = await firstOfPages(session, list, size);
  let exchange = first;
  const walk = emptyWalk();
  take(resource, walk, itemsOf(resource, exchange), exchange);
  const start = idsOf(resource, first);
  let number = paging?.first ?? 0;
  for (;;) {
    if (paging?.by === 'size')
      // What fills the page may be all, or the beginning.
      return { ...walk, complete: walk.items.length < (size ?? Infinity) && !isRound(walk.items.length, list) };
    number += 1;
    const last = walk.items.at(-1);
    const next = nextPage(paging, exchange, { count: walk.items.length, lastId: idOf(resource, last), number });
    if (!next || walk.items.length === 0) return walk;
    if (walk.pages >= Math.min(MOST_PAGES, session.walkLimit)) return { ...walk, complete: false };
    const answer = await askNext(session, list, next, exchange, size);
    if (!answer) return { ...walk, complete: false };
    const told = 'address' in next || paging?.by === 'cursor';
    if (!succeeded(answer) || !Array.isArray(at(answer.response?.json, resource.itemsAt)))
      // Past the end any refusal is right; where the target said itself that there is more, none is.
      return told ? { ...walk, complete: false, broken: { exchange: answer, to: wordsOf(next) } } : walk;
    const ids = idsOf(resource, answer);
    const again = ids.length > 0 && ids.every((id) => walk.byId.has(id));
    // Whether the first page has the number 0 or 1 is seen by asking for 1.
    if (again && paging?.by === 'page' && paging.first === undefined && number === 1 && same(ids, start)) continue;
    if (again && !ids.includes('')) {
      const full = size === undefined ? isRound(ids.length, list) : ids.length >= size;
      return { ...walk, stuck: { exchange: answer, asked: wordsOf(next), full } };
    }
    if (ids.length === 0 && !told) return walk;
    exchange = answer;
    take(resource, walk, itemsOf(resource, exchange), exchange);
    // Where records have no ids nobody can tell whether the walk gets on.
    if (ids.includes('')) return { ...walk, complete: false };
  }
}

/** The list's first page, in that size. */
export function firstOfPages(session: Session, list: Operation, size: number | undefined): Promise<Exchange> {
  const { paging } = list;
  const query = [...sizeQuery(list, size), ...scope(session, list)];
  const { parameter } = paging ?? {};
  if (parameter && paging?.by === 'page' && (paging.first !== undefined || parameter.required))
    query.push([parameter.name, String(paging.first ?? 1)]);
  else if (parameter?.required && paging?.by === 'offset') query.push([parameter.name, '0']);
  return session.send({ operation: list, query });
}

async function askNext(
  session: Session,
  list: Operation,
  next: NextPage,
  before: Exchange,
  size: number | undefined,
): Promise<Exchange | undefined> {
  if ('address' in next) return followPage(session, list, next.address, before);
  const query = [...next.query, ...sizeQuery(list, size), ...scope(session, list)];
  return session.send({ operation: list, query, judge: list.paging?.by === 'cursor' ? 'all' : 'success' });
}

function sizeQuery({ paging }: Operation, size: number | undefined): [string, string][] {
  return size === undefined || !paging?.size ? [] : [[paging.size.parameter.name, String(size)]];
}

function idsOf(resource: Resource, exchange: Exchange): string[] {
  return itemsOf(resource, exchange).map((item) => idOf(resource, item));
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

function wordsOf(next: NextPage): string {
  return 'address' in next ? next.address : next.query.map(([name, value]) => `${name}=${value}`).join('&');
}

/** So many records as a page usually has, or as a parameter's default says, may be one page of several. */
export function isRound(count: number, list: Operation): boolean {
  if (count === 0) return false;
  return count % 10 === 0 || count % 25 === 0 || list.parameters.some(({ schema }) => schema.default === count);
}
