/** What behaviours of any API are made of: they change what is sent, what is shown, or the list. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import type { PlainAnswer, PlainMiddleware, PlainRequest } from '../server.ts';
import { asks, changedAt, changedRecords, idIn, sending, sentIn, type Place, type Shape } from './shape.ts';

/** A middleware with state of its own, once per server. */
export type Made = () => PlainMiddleware;

/** Changes what some operations write, before the server sees it. */
export function writing(
  shape: Shape,
  places: readonly (Place | undefined)[],
  change: (fields: JsonObject) => JsonObject,
): Made {
  return () => (request, next) => {
    const fields = asks(request, ...places) ? sentIn(shape, request) : undefined;
    return next(fields ? sending(shape, request, change({ ...fields })) : request);
  };
}

/** Changes one property that some operations write, where it is there. */
export function writingOne(
  shape: Shape,
  places: readonly (Place | undefined)[],
  name: string,
  change: (value: unknown) => unknown,
): Made {
  return writing(shape, places, (fields) => (name in fields ? { ...fields, [name]: change(fields[name]) } : fields));
}

/** Changes the records that some operations show. */
export function showing(
  shape: Shape,
  places: readonly (Place | undefined)[],
  change: (fields: JsonObject, id: string) => JsonObject,
): Made {
  return () => (request, next) => {
    const answer = next(request);
    return asks(request, ...places) ? changedRecords(shape, request, answer, change) : answer;
  };
}

/** Changes one property that some operations show, where it is there; undefined leaves it out. */
export function showingOne(
  shape: Shape,
  places: readonly (Place | undefined)[],
  name: string,
  change: (value: unknown) => unknown,
): Made {
  return showing(shape, places, (fields) =>
    fields[name] === undefined || fields[name] === null ? fields : { ...fields, [name]: change(fields[name]) },
  );
}

/** Changes the array of records that the list shows. */
export function listing(shape: Shape, start: () => (items: unknown[], request: PlainRequest) => unknown[]): Made {
  return () => {
    const change = start();
    return (request, next) => {
      const answer = next(request);
      if (!asks(request, shape.list) || answer.status >= 300) return answer;
      const json = changedAt(answer.json, shape.listed ?? [], (items) =>
        Array.isArray(items) ? change(items, request) : items,
      );
      return { ...answer, json };
    };
  };
}

/** Changes the answers of some operations, whatever they are. */
export function answering(
  places: readonly (Place | undefined)[],
  change: (answer: PlainAnswer, request: PlainRequest) => PlainAnswer,
): Made {
  return () => (request, next) => {
    const answer = next(request);
    return asks(request, ...places) ? change(answer, request) : answer;
  };
}

/**
 * Takes what the document forbids: the server sees a right value in its place, and every answer shows what was sent.
 *
 * @param isWrong whether these properties are the ones that are taken
 * @param shown what is shown of the value; as it was sent unless told otherwise
 */
export function unchecked(
  shape: Shape,
  name: string,
  isWrong: (fields: JsonObject) => boolean,
  shown: (value: unknown) => unknown = (value) => value,
): Made {
  return () => {
    const kept = new Map<string, unknown>();
    return (request, next) => {
      const fields = asks(request, shape.create) ? sentIn(shape, request) : undefined;
      const wrong = fields !== undefined && isWrong(fields);
      const answer = next(wrong ? sending(shape, request, { ...fields, [name]: shape.samples[name] }) : request);
      const id = wrong ? idIn(shape, answer) : undefined;
      if (id !== undefined) kept.set(id, shown(fields?.[name]));
      return changedRecords(shape, request, answer, (record, of) =>
        kept.has(of) ? { ...record, [name]: kept.get(of) } : record,
      );
    };
  };
}

/** @returns all texts of an object changed, at the top alone */
export function eachText(fields: JsonObject, change: (text: string) => unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? change(value) : value]),
  );
}

/** @returns the object without a property */
export function without(fields: JsonObject, name: string): JsonObject {
  const { [name]: _left, ...rest } = fields;
  return rest;
}

/** @returns whether anything in a body is a text longer than this */
export function hasLongText(value: unknown, length: number): boolean {
  if (typeof value === 'string') return value.length > length;
  if (Array.isArray(value)) return value.some((item: unknown) => hasLongText(item, length));
  return isObject(value) && Object.values(value).some((item) => hasLongText(item, length));
}
