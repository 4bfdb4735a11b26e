/** The records of a list, as they come page by page. */
import { at, isObject } from '../../contract/resolve.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import { BlockedError, type Session } from '../types.ts';
import { address } from './outcome.ts';
import { succeeded } from './steps.ts';

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
  /** A page that held nothing but what had come before, what was asked for, and whether it was as long as a page may be. */
  stuck?: { exchange: Exchange; asked: string; full: boolean };
  /** The answer to a next page that the target itself had named, and that was none. */
  broken?: { exchange: Exchange; to: string };
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

/** @returns the id of a list item, as a path takes it */
export function idOf(resource: Resource, item: unknown): string {
  const id = isObject(item) ? item[idNameOf(resource)] : undefined;
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  return resource.idTail ? (text.split('/').at(-1) ?? text) : text;
}

/** @returns a walk that has not begun */
export function emptyWalk(): Walk {
  return { items: [], byId: new Map(), repeated: [], pages: 0, complete: true, exchanges: [] };
}

/** Adds a page to a walk. */
export function take(resource: Resource, walk: Walk, items: readonly unknown[], exchange: Exchange): void {
  for (const item of items) {
    const id = idOf(resource, item);
    if (id !== '' && walk.byId.has(id)) walk.repeated.push(id);
    walk.byId.set(id, item);
    walk.items.push(item);
  }
  walk.pages += 1;
  if (walk.exchanges.length < 3) walk.exchanges.push(exchange);
}

/** What the id is called in a record: as the run found it, else as the document has it. */
function idNameOf({ found, idField }: Resource): string {
  const name = found?.idPointer.split('/').at(-1) ?? '';
  return name === '' ? idField : name;
}
