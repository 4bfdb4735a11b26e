import type { Answered, Api, Asked, Behaviour } from '../fault.ts';
import { isObject } from '../json.ts';
import { isSuccess } from './altering.ts';

/**
 * Takes records out of a list's answer.
 * @param api the API
 * @param asked the request
 * @param answered its answer, which is changed in place
 * @param gone says which ids
 */
export function removeFromList(api: Api, asked: Asked, answered: Answered, gone: (id: string) => boolean): void {
  const list = isList(api, asked) && isSuccess(answered) ? api.listIn(answered.body) : undefined;
  if (list === undefined) return;
  const left = list.filter((record) => !isObject(record) || !gone(String(record[api.idProperty])));
  list.splice(0, list.length, ...left);
}

/**
 * @param api the API
 * @param asked the request
 * @returns whether it asks for a list
 */
export function isList(api: Api, asked: Asked): boolean {
  return asked.operation !== undefined && api.ways[asked.operation] === 'list';
}

/**
 * Changes the query of list requests before the reference server sees it.
 * @param change changes the parameters in place
 * @returns the behaviour
 */
export function changingQuery(change: (query: URLSearchParams) => void): Behaviour {
  return (api) => (asked, next) => next(isList(api, asked) ? withQuery(asked, change) : asked);
}

/**
 * @param asked a request
 * @param change changes its parameters in place
 * @returns the request with the changed query
 */
export function withQuery(asked: Asked, change: (query: URLSearchParams) => void): Asked {
  const query = new URLSearchParams(asked.query);
  change(query);
  const text = query.toString();
  return { ...asked, query: text === '' ? '' : `?${text}` };
}

/**
 * Changes the records of lists.
 * @param change changes the array in place, or awaits what it needs first
 * @returns the behaviour
 */
export function changingList(
  change: (list: unknown[], asked: Asked, next: (asked: Asked) => Promise<Answered>, api: Api) => void | Promise<void>,
): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    const list = isList(api, asked) && isSuccess(answered) ? api.listIn(answered.body) : undefined;
    if (list !== undefined) await change(list, asked, next, api);
    return answered;
  };
}

/**
 * @param asked a list request
 * @param name a parameter
 * @returns its value, or undefined
 */
export function parameter(asked: Asked, name: string): string | undefined {
  return new URLSearchParams(asked.query).get(name) ?? undefined;
}
