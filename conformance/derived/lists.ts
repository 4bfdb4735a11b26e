/** Filters, orders and pages the records of a list, by the query parameters that the document has. */
import { at, isObject, textOf } from '../contract/resolve.ts';
import { plain, wordsOf } from '../contract/graph/words.ts';
import type { Operation, Parameter, Resource } from '../contract/types.ts';
import { Refusal, type StoredRecord } from './model.ts';

/** What one list answers, and what its envelope can say of it. */
export interface Page {
  records: StoredRecord[];
  /** Records that match, on all pages. */
  total: number;
  size: number;
  /** Counted as the document counts pages. */
  number: number;
  first: number;
  offset: number;
  /** Names the place after the last record; undefined at the end. */
  next?: string;
  previous?: string;
}

/** More than this nobody wants in one answer, where the document says nothing. */
const MOST = 10_000;

/** What a query parameter of a list is for, by its name. */
export type Purpose = 'page' | 'size' | 'offset' | 'cursor' | 'before' | 'sort' | 'direction' | 'search';

const purposes: readonly [Purpose, RegExp][] = [
  ['page', /^(?:page|pagenumber|pageno|pageindex|pagenum|p)$/],
  [
    'size',
    /^(?:limit|perpage|pagesize|size|count|maxresults|pagelimit|top|take|first|maxitems|maxpagesize|rowsperpage)$/,
  ],
  ['offset', /^(?:offset|skip|pageoffset|startindex|startat)$/],
  [
    'cursor',
    /^(?:cursor|after|startingafter|pagetoken|pageafter|nexttoken|nextpagetoken|continuationtoken|pagecursor|marker|nextcursor)$/,
  ],
  ['before', /^(?:before|endingbefore|pagebefore)$/],
  ['sort', /^(?:sort|sortby|orderby|ordering|sortfield)$/],
  ['direction', /^(?:order|direction|sortorder|sortdirection|orderdirection|dir)$/],
  ['search', /^(?:q|query|search|searchterm|keyword)$/],
];

/** @returns what a query parameter of a list is for; undefined where its name does not say */
export function purposeOf(list: Operation, { name, in: where }: Parameter): Purpose | undefined {
  if (where !== 'query') return undefined;
  if (list.pagination) {
    if (list.pagination.page.name === name) return 'page';
    if (list.pagination.size.name === name) return 'size';
  }
  const own = plain(name);
  return purposes.find(([, pattern]) => pattern.test(own))?.[0];
}

/**
 * @param resource whose records are listed
 * @param list the operation
 * @param all its records below the records that the path names
 * @param query the values of its parameters
 * @param raw names and values as they were written, for filters that no style can read
 */
export function pageOf(
  resource: Resource,
  list: Operation,
  all: StoredRecord[],
  query: Readonly<Record<string, unknown>>,
  raw: readonly (readonly [string, string])[],
): Page {
  const named = new Map<Purpose, Parameter>();
  for (const parameter of list.parameters) {
    const purpose = purposeOf(list, parameter);
    if (purpose !== undefined && !named.has(purpose)) named.set(purpose, parameter);
  }
  const found = sorted(resource, list, filtered(resource, list, all, query, raw), query, named);
  const value = (purpose: Purpose): unknown => query[named.get(purpose)?.name ?? ''];
  const sizeSchema = named.get('size')?.schema ?? {};
  const fallback = numberOf(sizeSchema.default) ?? Math.min(numberOf(sizeSchema.maximum) ?? MOST, MOST);
  const size = Math.max(0, Math.floor(numberOf(value('size')) ?? fallback));
  const pageSchema = named.get('page')?.schema ?? {};
  const first = numberOf(pageSchema.minimum) ?? (numberOf(pageSchema.default) === 0 ? 0 : 1);
  const number = numberOf(value('page')) ?? numberOf(pageSchema.default) ?? first;
  let offset = numberOf(value('offset')) ?? Math.max(0, number - first) * size;
  const cursor = value('cursor');
  if (typeof cursor === 'string' && cursor !== '') offset = offsetOf(resource, found, cursor) ?? offset;
  const before = value('before');
  if (typeof before === 'string' && before !== '') {
    const index = found.findIndex(({ id }) => id === before);
    if (index >= 0) offset = Math.max(0, index - size);
  }
  const records = found.slice(offset, offset + size);
  const last = records.at(-1);
  return {
    records,
    total: found.length,
    size,
    number,
    first,
    offset,
    ...(last && offset + size < found.length ? { next: last.id === '' ? `o${String(offset + size)}` : last.id } : {}),
    ...(offset > 0 ? { previous: found[Math.max(0, offset - size)]?.id ?? '' } : {}),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function offsetOf(resource: Resource, found: readonly StoredRecord[], cursor: string): number | undefined {
  const index = found.findIndex(
    ({ id, data }) => id === cursor || (resource.idField !== '' && data[resource.idField] === cursor),
  );
  if (index >= 0) return index + 1;
  const written = /^o(\d+)$/.exec(cursor)?.[1];
  return written === undefined ? found.length : Number(written);
}

function filtered(
  resource: Resource,
  list: Operation,
  all: StoredRecord[],
  query: Readonly<Record<string, unknown>>,
  raw: readonly (readonly [string, string])[],
): StoredRecord[] {
  let left = all;
  for (const parameter of list.parameters) {
    const value = query[parameter.name];
    if (value === undefined || parameter.in !== 'query') continue;
    const property = parameter.filtersBy ?? filterField(resource, list, parameter);
    if (property !== undefined) left = left.filter(({ data }) => matches(data[property], value));
    else if (purposeOf(list, parameter) === 'search' && typeof value === 'string' && value !== '')
      left = left.filter(({ data }) => holds(data, value.toLowerCase()));
  }
  const { filter } = list;
  if (!filter || !(filter.parameter in query)) return left;
  for (const [name, value] of raw) {
    const [, field = '', operator] =
      new RegExp(`^${escaped(filter.parameter)}\\[([^\\]]+)\\](?:\\[(\\w+)\\])?$`).exec(name) ?? [];
    if (field === '') continue;
    const wanted = operator === undefined ? filter.fields : filter.ranges;
    if (!wanted.includes(field))
      throw new Refusal('bad-parameter', `The list cannot be filtered by ${field.slice(0, 60)}.`, {
        field: filter.parameter,
      });
    left = left.filter(({ data }) => {
      const own = at(data, `/${field}`);
      if (operator === undefined) return matches(own, value);
      const order = compare(own, value);
      return order !== undefined && (operator === 'gt' ? order > 0 : operator === 'lt' && order < 0);
    });
  }
  return left;
}

/** A parameter that is called like a property of the record filters by it. */
export function filterField(resource: Resource, list: Operation, parameter: Parameter): string | undefined {
  if (parameter.in !== 'query' || purposeOf(list, parameter) !== undefined) return undefined;
  if (list.filter?.parameter === parameter.name || list.sort?.parameter === parameter.name) return undefined;
  return resource.recordFields.find(({ name }) => name === parameter.name)?.name;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function matches(own: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => matches(own, one));
  if (Array.isArray(own)) return own.some((one) => matches(one, wanted));
  return typeof own !== 'object' && own !== undefined && textOf(own) === textOf(wanted, ' ');
}

function holds(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(text);
  if (Array.isArray(value)) return value.some((one) => holds(one, text));
  return isObject(value) && Object.values(value).some((one) => holds(one, text));
}

/** @returns below 0, 0 or above 0; undefined for what has no order */
function compare(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && !Number.isNaN(Number(b))) return a - Number(b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [first, second] = [a, b].map((text) => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN));
  if (first !== undefined && second !== undefined && !Number.isNaN(first) && !Number.isNaN(second))
    return first - second;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `created_at:asc,name:desc`, `-created_at`, `name desc`; another parameter may hold the direction. */
function sorted(
  resource: Resource,
  list: Operation,
  records: StoredRecord[],
  query: Readonly<Record<string, unknown>>,
  named: ReadonlyMap<Purpose, Parameter>,
): StoredRecord[] {
  const parameter = list.sort?.parameter ?? named.get('sort')?.name ?? '';
  const wanted = query[parameter] ?? list.sort?.default;
  const text = Array.isArray(wanted) ? wanted.join(',') : wanted;
  if (typeof text !== 'string' || text === '') return records;
  const direction = textOf(query[named.get('direction')?.name ?? '']).toLowerCase();
  const keys = text.split(',').flatMap((part) => {
    const [, minus = '', name = '', order = direction] =
      /^\s*([-+]?)([\w.]+)(?:[:\s,]+(asc|desc)\w*)?\s*$/i.exec(part) ?? [];
    const field = resource.recordFields.find((one) => one.name === name || plain(one.name) === plain(name))?.name;
    return field === undefined ? [] : [{ field, sign: minus === '-' || /^desc/i.test(order) ? -1 : 1 }];
  });
  if (keys.length === 0) return records;
  return [...records].sort((a, b) => {
    for (const { field, sign } of keys) {
      const order = compare(a.data[field], b.data[field]);
      if (order !== undefined && order !== 0) return sign * order;
    }
    return 0;
  });
}

/**
 * What a list says beside its records, by the names of its properties: how many there are, which page this is, where the next one is.
 *
 * @param name of the property
 * @param page that is answered
 * @param link makes the address of a page: of its number, of the place before it, or of the record before it
 * @returns undefined for a name that says nothing of a page; null where there is no such page
 */
export function pageFact(name: string, page: Page, link: (where: 'self' | 'next' | 'previous') => string): unknown {
  const own = plain(name);
  const pages = page.size > 0 ? Math.ceil(page.total / page.size) : 0;
  const isLast = page.next === undefined;
  if (
    /^(?:total|totalcount|totalelements|totalitems|totalresults|totalrecords|totalsize|itemcount|recordcount|fullcount)$/.test(
      own,
    )
  )
    return page.total;
  if (/^(?:count|numberofelements|resultcount|returned|length|itemsreturned)$/.test(own)) return page.records.length;
  if (/^(?:page|pagenumber|currentpage|number|pageindex|pageno)$/.test(own)) return page.number;
  if (/^(?:perpage|pagesize|size|limit|itemsperpage|pagelimit|maxresults)$/.test(own)) return page.size;
  if (/^(?:totalpages|pages|pagecount|lastpage|numpages|numberofpages)$/.test(own)) return pages;
  if (/^(?:offset|skip|startindex|start|startat)$/.test(own)) return page.offset;
  if (/^(?:hasmore|hasnext|hasnextpage|more|ismore)$/.test(own)) return !isLast;
  if (/^(?:hasprevious|hasprev|haspreviouspage|hasprevpage)$/.test(own)) return page.offset > 0;
  if (own === 'last' || own === 'islast') return isLast;
  if (own === 'first' || own === 'isfirst') return page.offset === 0;
  if (own === 'empty') return page.records.length === 0;
  if (/^(?:nextcursor|nextpagetoken|nexttoken|cursor|nextpagecursor|endcursor|continuationtoken|after)$/.test(own))
    return page.next ?? null;
  if (/^(?:previouscursor|prevcursor|startcursor|before|previouspagetoken)$/.test(own)) return page.previous ?? null;
  if (/^(?:next|nextpage|nextpageuri|nexturl|nextlink|nextpageurl)$/.test(own)) return isLast ? null : link('next');
  if (/^(?:previous|prev|previouspage|previouspageuri|prevpage|previouspageurl|previousurl)$/.test(own))
    return page.offset > 0 ? link('previous') : null;
  if (/^(?:self|href|url|uri)$/.test(own)) return link('self');
  return wordsOf(name).join(' ') === 'object' ? 'list' : undefined;
}
