/** Faults of lists, of deletes and of records below another. */
import type { PlainFault } from '../api.ts';
import { isObject } from '../../json.ts';
import { rowsOf } from './row.ts';
import { asks, changedAt, idIn, insideOf, lastOf, type Shape } from './shape.ts';
import { listing, type Made } from './touch.ts';

/** @returns the faults that an API of this shape may have */
export function listingFaults(shape: Shape): PlainFault[] {
  const { list, remove, child } = shape;
  const { at } = rowsOf(shape);
  return [
    at(
      shape.whole === true ? list : undefined,
      'list-hides-every-third',
      'the list leaves out records',
      ['list-contains'],
      () => hidesEveryThird(shape),
    ),
    at(list, 'list-repeats', 'the list holds a record twice', ['list-pages', 'unique-ids'], () =>
      listing(shape, () => (items) => [...items.slice(0, 1), ...items]),
    ),
    at(remove, 'delete-does-nothing', 'a DELETE is answered as usual and removes nothing', ['delete-removes'], () =>
      deletesNothing(shape),
    ),
    at(
      remove && list,
      'deleted-still-listed',
      'a deleted record stands in the list',
      ['delete-removes'],
      () => stillListed(shape),
      [remove?.operation ?? '', list?.operation ?? ''],
    ),
    at(
      remove,
      'delete-takes-neighbours',
      'a DELETE removes the records made shortly before and after as well',
      ['delete-removes'],
      () => takesNeighbours(shape),
    ),
    at(child?.read, 'child-of-all', 'a record below another is readable below all', ['child-of'], () =>
      childOfAll(shape),
    ),
    at(child?.list, 'child-listed-below-all', 'a record below another is listed below all', ['child-of'], () =>
      childListedBelowAll(shape),
    ),
  ].flat();
}

function hidesEveryThird(shape: Shape): Made {
  return () => {
    const hidden = new Set<string>();
    let count = 0;
    const shown = listing(
      shape,
      () => (items) => items.filter((item) => !isObject(item) || !hidden.has(String(item[shape.id]))),
    )();
    return (request, next) => {
      const answer = shown(request, next);
      const id = asks(request, shape.create) ? idIn(shape, answer) : undefined;
      count += id === undefined ? 0 : 1;
      if (id !== undefined && count % 3 === 0) hidden.add(id);
      return answer;
    };
  };
}

function deletesNothing(shape: Shape): Made {
  return () => (request, next) => {
    if (!asks(request, shape.remove)) return next(request);
    const known = next({ ...request, method: 'GET' });
    if (known.status >= 400) return known;
    // The answer of a real delete: that of a record that is put back afterwards would need the store.
    return shape.deleted ?? { status: 204 };
  };
}

function stillListed(shape: Shape): Made {
  return () => {
    const gone: unknown[] = [];
    return (request, next) => {
      const before = asks(request, shape.remove) ? next({ ...request, method: 'GET' }) : undefined;
      const answer = next(request);
      if (before !== undefined && before.status < 300 && answer.status < 300)
        gone.push(insideOf(before.json, shape.shown));
      if (!asks(request, shape.list) || answer.status >= 300) return answer;
      const json = changedAt(answer.json, shape.listed ?? [], (items) =>
        Array.isArray(items) ? [...(items as unknown[]), ...gone] : items,
      );
      return { ...answer, json };
    };
  };
}

/** So many on each side: others make records at the same time. */
const NEAR = 8;

function takesNeighbours(shape: Shape): Made {
  return () => {
    const paths: string[] = [];
    return (request, next) => {
      const answer = next(request);
      const id = asks(request, shape.create) ? idIn(shape, answer) : undefined;
      if (id !== undefined)
        paths.push(shape.pathOf?.(id) ?? pathOf(shape.read.at.split(' ')[1] ?? '', request.path, id));
      const place = asks(request, shape.remove) && answer.status < 300 ? paths.indexOf(request.path) : -1;
      if (place >= 0)
        for (const path of paths.slice(Math.max(0, place - NEAR), place + NEAR)) next({ ...request, path });
      return answer;
    };
  };
}

/** The path of a record, with the parents of the path that made it. */
function pathOf(pattern: string, made: string, id: string): string {
  const parents = made.split('/');
  const segments = pattern.split('/');
  const last = segments.findLastIndex((segment) => segment.includes('*'));
  return segments
    .map((segment, index) => segment.replace('*', index === last ? encodeURIComponent(id) : (parents[index] ?? '')))
    .join('/');
}

/** Which segment of a path names the parent: the last but one that is free. */
function parentAt(pattern: string): number {
  const segments = pattern.split(' ')[1]?.split('/') ?? [];
  const free = segments.flatMap((segment, index) => (segment.includes('*') ? [index] : []));
  return free.at(-2) ?? -1;
}

function childOfAll(shape: Shape): Made {
  const { child } = shape;
  return () => {
    const home = new Map<string, string>();
    const place = parentAt(child?.read?.at ?? '');
    return (request, next) => {
      const answer = next(request);
      const segments = request.path.split('/');
      if (asks(request, child?.create) && answer.status < 300) {
        const record = insideOf(answer.json, shape.shown);
        if (isObject(record)) home.set(String(record[child?.id ?? shape.id]), segments[place] ?? '');
      }
      const own = home.get(lastOf(request.path));
      if (!asks(request, child?.read) || own === undefined) return answer;
      return next({ ...request, path: segments.map((segment, index) => (index === place ? own : segment)).join('/') });
    };
  };
}

function childListedBelowAll(shape: Shape): Made {
  const { child } = shape;
  return () => {
    const all = new Map<string, unknown>();
    return (request, next) => {
      const answer = next(request);
      if (asks(request, child?.create) && answer.status < 300) {
        const record = insideOf(answer.json, shape.shown);
        if (isObject(record)) all.set(String(record[child?.id ?? shape.id]), record);
      }
      if (!asks(request, child?.list) || answer.status >= 300) return answer;
      const json = changedAt(answer.json, child?.listed ?? shape.listed ?? [], (items) => {
        const own = Array.isArray(items) ? (items as unknown[]) : [];
        const known = new Set(own.map((item) => (isObject(item) ? String(item[child?.id ?? shape.id]) : '')));
        return [...own, ...[...all].flatMap(([id, record]) => (known.has(id) ? [] : [record]))];
      });
      return { ...answer, json };
    };
  };
}
