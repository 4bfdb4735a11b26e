/** The next page of a list, asked for in the way that its document shows. */
import LinkHeader from 'http-link-header';
import { at } from '../../contract/resolve.ts';
import type { Operation, Paging } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Session } from '../types.ts';

/** Where a list is asked on: with further parameters, or at an address that it returned. */
export type NextPage = { query: [string, string][] } | { address: string };

/** What is known of a walk when its next page is looked for. */
export interface Progress {
  /** How many records came so far. */
  count: number;
  /** Id of the last one. */
  lastId: string;
  /** Number of the page to be asked for, where pages have numbers. */
  number: number;
}

/**
 * @param paging how the list is asked; undefined where its document shows nothing
 * @param exchange the answer with the page before
 * @param progress what came so far
 * @returns where the next page is; undefined when the answer says that there is none
 */
export function nextPage(paging: Paging | undefined, exchange: Exchange, progress: Progress): NextPage | undefined {
  const name = paging?.parameter?.name ?? '';
  const json = exchange.response?.json;
  if (paging?.more !== undefined && at(json, paging.more) === false) return undefined;
  const told = (paging?.next ?? []).map((pointer) => at(json, pointer)).find((value) => isTold(value));
  switch (paging?.by) {
    case 'page':
      return { query: [[name, String(progress.number)]] };
    case 'offset':
      return { query: [[name, String(progress.count)]] };
    case 'last-id':
      return progress.lastId === '' ? undefined : { query: [[name, progress.lastId]] };
    case 'cursor':
      if (told === undefined) return undefined;
      return isAddress(String(told)) ? { address: String(told) } : { query: [[name, String(told)]] };
    case 'size':
      return undefined;
    case 'link':
    case undefined: {
      const address = typeof told === 'string' ? told : linkedNext(exchange);
      return address === undefined ? undefined : { address };
    }
  }
}

function isTold(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/|\/|\?)/i.test(text);
}

/** The target of the link whose relation is `next` (RFC 8288 section 3). */
function linkedNext({ response }: Exchange): string | undefined {
  const header = response?.headers.link;
  if (header === undefined) return undefined;
  try {
    return LinkHeader.parse(header).rel('next')[0]?.uri;
  } catch {
    // Nobody says that the header is about pages: one that cannot be read is none.
    return undefined;
  }
}

/**
 * @param session the run
 * @param list what is asked
 * @param address what the answer returned
 * @param before that answer: its address is what a relative one is relative to (RFC 3986 section 5.2)
 * @returns the answer; undefined when the address is none, or leads to another machine
 */
export async function followPage(
  session: Session,
  list: Operation,
  address: string,
  before: Exchange,
): Promise<Exchange | undefined> {
  const base = new URL(before.request.url);
  if (!URL.canParse(address, base.href)) return undefined;
  const url = new URL(address, base);
  // A server behind a gateway need not know by what name it was asked: the same path is the same list.
  if (url.pathname === base.pathname) return session.follow(base.origin + url.pathname + url.search, list);
  return session.follow(url.href, list);
}
