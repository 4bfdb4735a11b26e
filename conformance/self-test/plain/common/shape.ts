/** What faults and variants that any API may have need to know of one of its kinds of records. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { isAsked } from '../behaviours.ts';
import type { PlainAnswer, PlainRequest } from '../server.ts';

/** An operation: method and path with `*` for any segment, and its operationId. */
export interface Place {
  readonly at: string;
  readonly operation: string;
}

/** A property that a create takes and a read returns. */
export interface Property {
  readonly name: string;
  /** Whether a value of its type is one that the document forbids: too large, none of the listed ones, not of the pattern. */
  readonly wrong?: (value: string | number) => boolean;
}

export interface Shape {
  readonly api: string;
  readonly create: Place;
  readonly read: Place;
  readonly list?: Place;
  /** The list returns all its records at once. */
  readonly whole?: boolean;
  readonly update?: Place;
  readonly remove?: Place;
  /** Where a body holds what is written: `['data', 'attributes']`. */
  readonly sent?: readonly string[];
  /** Where an answer holds the record, where a list holds its records, and where a record holds its properties. */
  readonly shown?: readonly string[];
  readonly listed?: readonly string[];
  readonly inner?: readonly string[];
  /** Name of the record's id. */
  readonly id: string;
  /** A right value for each property that a fault replaces. */
  readonly samples: JsonObject;
  /** A required text without a pattern. */
  readonly text: Property;
  /** Properties by what they are; a fault is left out where the API has none of its kind. */
  readonly optional?: Property;
  readonly number?: Property;
  readonly choice?: Property;
  readonly pattern?: Property;
  /** A text with a greatest length. */
  readonly length?: Property;
  readonly flag?: Property;
  readonly several?: Property;
  readonly object?: Property & { readonly part: string };
  readonly instant?: Property;
  /** What a record has in a property that is not given, where PATCH may wrongly reset it. */
  readonly blank?: JsonObject;
  /** The records below one of these. */
  readonly child?: {
    readonly id?: string;
    readonly create: Place;
    readonly read?: Place;
    readonly list?: Place;
    readonly listed?: readonly string[];
  };
  /** Bodies are forms: all values are texts. */
  readonly form?: boolean;
  /** How a value of a form is shown. */
  readonly reading?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** The document has a `default` response: no status is undocumented. */
  readonly anyStatus?: boolean;
  /** The path of a record, where its id is more than its last segment. */
  readonly pathOf?: (id: string) => string;
  /** What a DELETE answers. */
  readonly deleted?: PlainAnswer;
  /** Names of all properties that are written. */
  readonly names: readonly string[];
  /** The status of what does not validate; 400 unless told otherwise. */
  readonly refusedWith?: number;
  /** A refusal in the API's own form. */
  readonly refusal: (status: number, property?: string) => PlainAnswer;
  /** Words of the findings of level SHOULD that the right server earns. */
  readonly wishes: readonly string[];
}

/** Changes what stands somewhere in a body, and copies what is on the way to it. */
export function changedAt(body: unknown, path: readonly string[], change: (inside: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(body);
  if (!isObject(body) || !(first in body)) return body;
  return { ...body, [first]: changedAt(body[first], rest, change) };
}

/** @returns what stands somewhere in a body */
export function insideOf(body: unknown, path: readonly string[] = []): unknown {
  return path.reduce<unknown>((here, name) => (isObject(here) ? here[name] : undefined), body);
}

/** @returns the properties that a request writes; undefined for a body without them */
export function sentIn(shape: Shape, { body }: PlainRequest): JsonObject | undefined {
  const fields = insideOf(body, shape.sent);
  return isObject(fields) ? fields : undefined;
}

/** @returns the request with other properties */
export function sending(shape: Shape, request: PlainRequest, fields: JsonObject): PlainRequest {
  return { ...request, body: changedAt(request.body, shape.sent ?? [], () => fields) };
}

/** Whether a request asks one of these operations. */
export function asks(request: PlainRequest, ...places: readonly (Place | undefined)[]): boolean {
  return places.some((place) => place !== undefined && isAsked(request, place.at));
}

/** @returns the id of a record that a path ends in */
export function lastOf(path: string): string {
  return decodeURIComponent(
    path
      .replace(/\/$/, '')
      .split('/')
      .at(-1)
      ?.replace(/\.json$/, '') ?? '',
  );
}

/** Changes the properties of each record that a success holds; the change sees the record's id. */
export function changedRecords(
  shape: Shape,
  request: PlainRequest,
  answer: PlainAnswer,
  change: (fields: JsonObject, id: string) => JsonObject,
): PlainAnswer {
  if (answer.status >= 300) return answer;
  const one = (record: unknown): unknown =>
    isObject(record)
      ? changedAt(record, shape.inner ?? [], (fields) =>
          isObject(fields) ? change(fields, String(record[shape.id])) : fields,
        )
      : record;
  if (asks(request, shape.list))
    return {
      ...answer,
      json: changedAt(answer.json, shape.listed ?? [], (items) => (Array.isArray(items) ? items.map(one) : items)),
    };
  if (!asks(request, shape.create, shape.read, shape.update)) return answer;
  return { ...answer, json: changedAt(answer.json, shape.shown ?? [], one) };
}

/** @returns the id of the record that an answer is about */
export function idIn(shape: Shape, answer: PlainAnswer): string | undefined {
  const record = insideOf(answer.json, shape.shown);
  return answer.status < 300 && isObject(record) ? String(record[shape.id]) : undefined;
}
