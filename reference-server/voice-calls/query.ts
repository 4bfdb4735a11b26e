import type { ParsedUrlQuery } from 'node:querystring';
import { Problem, type Reason } from '../http/problem.ts';
import type { VoiceCall } from './view.ts';

/** What a list request asks for. */
export interface ListQuery {
  readonly page: number;
  readonly perPage: number;
  readonly sort: readonly SortKey[];
  readonly filters: readonly ((call: VoiceCall) => boolean)[];
}

/** One key of a sort. */
export interface SortKey {
  readonly field: keyof VoiceCall;
  readonly descending: boolean;
}

const KINDS = {
  uid: 'text',
  created_at: 'instant',
  updated_at: 'instant',
  business_uid: 'text',
  staff_uid: 'text',
  client_uid: 'text',
  from_number: 'text',
  to_number: 'text',
  direction: 'text',
  status: 'text',
  rate: 'number',
  price: 'number',
  provider: 'text',
  source_id: 'text',
  external_uuid: 'text',
  duration: 'number',
  call_summary: 'text',
  external_app_url: 'text',
  external_app_name: 'text',
  recording_id: 'text',
  handled_by_staff_uid: 'text',
} as const satisfies Record<keyof VoiceCall, 'text' | 'number' | 'instant'>;

/** By name, without what every object inherits: a client chooses the names. */
const FIELDS: ReadonlyMap<string, { name: keyof VoiceCall; kind: 'text' | 'number' | 'instant' }> = new Map(
  Object.entries(KINDS).map(([name, kind]) => [name, { name: name as keyof VoiceCall, kind }]),
);

/** More sort by nothing that anybody could tell, and each costs a look at every call. */
const MOST_SORT_KEYS = 10;
const MOST_FILTERS = 20;

const FILTER = /^filter\[([^\]]+)\](?:\[([^\]]+)\])?$/;

type Operator = (order: number) => boolean;

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['eq', (order) => order === 0],
  ['gt', (order) => order > 0],
  ['gte', (order) => order >= 0],
  ['lt', (order) => order < 0],
  ['lte', (order) => order <= 0],
]);

/**
 * Reads the query of a list request. Unknown parameters are ignored; unknown fields in `sort` and `filter` are refused, and so are
 * more than 10 sort keys or 20 filters: a request must not keep the server busy for seconds.
 * @param query the parsed query string
 * @returns what is asked for
 * @throws {Problem} 400, naming the parameter
 */
export function listQuery(query: ParsedUrlQuery): ListQuery {
  return {
    page: bounded(query, 'page', 10_000, 1),
    perPage: bounded(query, 'per_page', 100, 25),
    sort: sortKeys(query['sort']),
    filters: filters(query),
  };
}

/**
 * Orders calls.
 * @param calls in the order that those keep which the keys do not tell apart
 * @param keys the sort keys, the first one counts most
 * @returns the calls in order; what a call lacks comes last
 */
export function sortedBy(calls: Iterable<VoiceCall>, keys: readonly SortKey[]): VoiceCall[] {
  // Each value is read once: while sorting it is looked at many times.
  const rows = Array.from(calls, (call) => ({ call, values: keys.map(({ field }) => comparable(field, call[field])) }));
  rows.sort((left, right) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = orderOf(left.values[index] ?? null, right.values[index] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return rows.map(({ call }) => call);
}

function bounded(query: ParsedUrlQuery, name: string, max: number, fallback: number): number {
  const value = query[name];
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > max) throw refusal(name, `must be a whole number from 1 to ${String(max)}`);
  return number;
}

function sortKeys(value: string | string[] | undefined): SortKey[] {
  if (value === undefined) return [];
  if (typeof value !== 'string') throw refusal('sort', 'must be given once');
  const parts = value.split(',', MOST_SORT_KEYS + 1);
  if (parts.length > MOST_SORT_KEYS) throw refusal('sort', `may have at most ${String(MOST_SORT_KEYS)} fields`);
  return parts.map((part) => {
    const [name = '', direction = 'asc', ...rest] = part.split(':');
    const field = FIELDS.get(name);
    if (field === undefined || rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw refusal('sort', 'must be a list such as created_at:asc,updated_at:desc');
    }
    return { field: field.name, descending: direction === 'desc' };
  });
}

function filters(query: ParsedUrlQuery): ((call: VoiceCall) => boolean)[] {
  const all = Object.entries(query).flatMap(([name, value]) => filtersFrom(name, value));
  if (all.length > MOST_FILTERS) throw refusal('filter', `may be given at most ${String(MOST_FILTERS)} times`);
  return all;
}

function filtersFrom(name: string, value: string | string[] | undefined): ((call: VoiceCall) => boolean)[] {
  const match = FILTER.exec(name);
  if (match === null || value === undefined) return [];
  const field = FIELDS.get(match[1] ?? '');
  const operator = OPERATORS.get(match[2] ?? 'eq');
  if (field === undefined || operator === undefined)
    throw refusal('filter', `${name} is no field and operator that can be filtered by`);
  return [value].flat().map((text) => {
    const wanted = field.kind === 'text' ? text : comparable(field.name, text);
    if (wanted === null) throw refusal('filter', `${name} needs a value of the field's type`);
    return (call) => {
      const actual = comparable(field.name, call[field.name]);
      return actual !== null && operator(orderOf(actual, wanted));
    };
  });
}

function comparable(field: keyof VoiceCall, value: string | number | null): string | number | null {
  if (value === null || KINDS[field] === 'text') return value;
  const number = KINDS[field] === 'instant' ? Date.parse(String(value)) : value === '' ? NaN : Number(value);
  return Number.isNaN(number) ? null : number;
}

function orderOf(left: string | number | null, right: string | number | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -1 : 1;
}

function refusal(field: string, message: string): Problem {
  const reason: Reason = { code: 'validation_error', message: `${field}: ${message}`, field };
  return new Problem(400, [reason]);
}
