/** How lists are asked for their next page, when no keyword says it: by the names that APIs have for it. */
import { at, escapeToken, isObject, propertiesOf, textOf, typesOf } from '../resolve.ts';
import type { JsonObject, Operation, PageSize, Paging, Parameter, Resource, Schema } from '../types.ts';
import { bodyOf, referenced, successOf } from './records.ts';
import { plain } from './words.ts';

const sizes =
  /^(?:page)?(?:size|limit)$|^(?:max)?(?:items|results|records|rows)?perpage$|^(?:max|num)(?:results|items|records)$|^(?:maxpagesize|top|take|pagecount)$/;
const pages = /^(?:page|pagenumber|pageno|pagenum|pageindex|currentpage)$/;
const offsets = /^(?:page)?(?:offset|skip)$|^(?:startindex|firstresult)$/;
const cursors =
  /^(?:page|next|start|pagination)?(?:cursor|token|marker)$|^nextpagetoken$|^continuation(?:token)?$|^page(?:after|next)$|^after$|^exclusivestartkey$/;
const lastIds = /^(?:startingafter|afterid|sinceid)$/;

/** Names of the next cursor wherever they stand, and those that say it only inside of an object about pages. */
const nextCursor = /^(?:next|end)(?:page)?(?:cursor|token|marker|key)$|^continuation(?:token)?$|^lastevaluatedkey$/;
const cursorInside = /^(?:next|cursor|after|nextpage|token)$/;
const nextLink = /^(?:odata)?next(?:page)?(?:link|url|uri|href)$/;
const linkInside = /^next$/;
const holders =
  /^(?:paging|pagination|page|pages|pageinfo|meta|metadata|responsemetadata|cursors?|links?|next|nextpage)$/;
const hasMore = /^(?:hasmore|hasnext|hasnextpage|more|ismore)$/;

/**
 * Tells every list how its pages are asked for.
 *
 * @param document the bundled document
 * @param resources whose lists are looked at
 * @param inferred takes a sentence for each list that has pages
 */
export function findPaging(document: JsonObject, resources: readonly Resource[], inferred: string[]): void {
  for (const { list, otherLists } of resources)
    for (const operation of [list, ...otherLists]) {
      if (!operation || operation.pagination || operation.method !== 'GET') continue;
      operation.paging = pagingOf(document, operation);
      if (operation.paging) inferred.push(`${operation.id}: ${pagingText(operation.paging)}.`);
    }
}

/** @returns in words how pages are asked for */
export function pagingText({ by, parameter, size, next }: Paging): string {
  if (by === 'size')
    return `${size?.parameter.name ?? ''} says how many records are listed, and nothing asks for the rest`;
  const name = parameter?.name ?? '';
  const from = next[0] === undefined ? 'the Link header' : next[0];
  const how = {
    page: `the number of the page in ${name}`,
    offset: `how many records come before it in ${name}`,
    cursor: `the value of ${from} in ${name}`,
    'last-id': `the id of the last record in ${name}`,
    link: `the address in ${from}`,
  }[by];
  return `the next page is asked for by ${how}${size ? `, its size by ${size.parameter.name}` : ''}`;
}

/** @returns how a list's pages are asked for; undefined when the document does not show it */
export function pagingOf(document: JsonObject, list: Operation): Paging | undefined {
  const told = tellers(document, list);
  const size = sizeOf(list);
  const among = (names: RegExp, fits: (schema: Schema) => boolean): Parameter | undefined =>
    list.parameters.find((one) => one.in === 'query' && names.test(plain(one.name)) && fits(one.schema));
  const cursor = among(cursors, isToken);
  const link: Paging = { by: 'link', size, next: told.links };
  const isLinked = told.links.length > 0 || linkHeader(list);
  if (cursor && told.cursors.length > 0)
    return { by: 'cursor', parameter: cursor, size, next: told.cursors, more: told.more };
  // A token that only the next address holds cannot be had otherwise, and a page's number may be worth nothing without it.
  if (cursor && plain(cursor.name) !== 'after') return isLinked ? link : undefined;
  const page = among(pages, isNumber);
  if (page) return { by: 'page', parameter: page, size, first: firstPage(document, list, page), next: [] };
  const offset = among(offsets, isNumber);
  if (offset) return { by: 'offset', parameter: offset, size, next: [] };
  if (isLinked) return link;
  const last = among(lastIds, isToken);
  if (last) return { by: 'last-id', parameter: last, size, next: [], more: told.more };
  // A size alone may be that of the things in the list.
  return size && plain(size.parameter.name) !== 'size' ? { by: 'size', size, next: [] } : undefined;
}

function isNumber(schema: Schema): boolean {
  return typesOf(schema).some((type) => type === 'integer' || type === 'number') && !Array.isArray(schema.enum);
}

/** A text; no date, and none of a list. */
function isToken(schema: Schema): boolean {
  const types = typesOf(schema);
  if (Array.isArray(schema.enum) || /^date/.test(textOf(schema.format))) return false;
  return types.length === 0 || types.includes('string') || types.includes('integer');
}

function sizeOf(list: Operation): PageSize | undefined {
  const parameter = list.parameters.find(
    (one) => one.in === 'query' && sizes.test(plain(one.name)) && isNumber(one.schema),
  );
  if (!parameter) return undefined;
  return { parameter, least: bound(parameter.schema, 'minimum'), most: bound(parameter.schema, 'maximum') };
}

/** A bound of a number that may also be null. */
function bound(schema: Schema, keyword: 'minimum' | 'maximum'): number | undefined {
  const branches = [schema.anyOf, schema.oneOf].flatMap((one): unknown[] => (Array.isArray(one) ? one : []));
  for (const branch of [schema, ...branches])
    if (isObject(branch) && typeof branch[keyword] === 'number') return branch[keyword];
  return undefined;
}

/** Said by a bound, a default or the description; Spring counts from 0, and its answers are known by their properties. */
function firstPage(document: JsonObject, list: Operation, { schema, pointer }: Parameter): number | undefined {
  const least = bound(schema, 'minimum');
  if (least !== undefined) return least;
  if (schema.default === 0 || schema.default === 1) return schema.default;
  const said = [schema.description, at(document, `${pointer}/description`)].map((one) => textOf(one)).join(' ');
  if (/zero[- ]based|0[- ]based|0\s*\.\.\s*N|starts? (?:at|from|with) (?:0|zero)/i.test(said)) return 0;
  if (/one[- ]based|1[- ]based|starts? (?:at|from|with) (?:1|one)/i.test(said)) return 1;
  const body = bodyOf(successOf(list));
  const names = body ? propertiesOf(document, body.value, body.pointer).map(({ name }) => name) : [];
  return names.includes('totalElements') && names.includes('content') ? 0 : undefined;
}

/** A documented `Link` header (RFC 8288). */
function linkHeader(list: Operation): boolean {
  return successOf(list)?.headers.some(({ name }) => name.toLowerCase() === 'link') ?? false;
}

interface Tellers {
  cursors: string[];
  links: string[];
  more?: string;
}

/** Where a list's answer names what comes next: `nextCursor`, `meta.next_page_token`, `paging.next.after`, `links.next`, `next`. */
function tellers(document: JsonObject, list: Operation): Tellers {
  const found: Tellers = { cursors: [], links: [] };
  const body = bodyOf(successOf(list));
  const visit = (schema: Schema, pointer: string, path: string, inside: string): void => {
    for (const property of propertiesOf(document, schema, pointer)) {
      const name = plain(property.name);
      const here = `${path}/${escapeToken(property.name)}`;
      const types = typesOf(property.schema);
      const isText = types.includes('string') || types.includes('integer');
      const isNext = linkInside.test(name);
      if (hasMore.test(name) && types.includes('boolean')) found.more ??= here;
      if (isText && (nextLink.test(name) || (isNext && isAddress(property.schema, inside)))) found.links.push(here);
      if (isText && (nextCursor.test(name) || (isNext && !isUri(property.schema)))) found.cursors.push(here);
      else if (isText && inside !== '' && cursorInside.test(name)) found.cursors.push(here);
      else if (name === 'href' && inside === 'next') found.links.push(here);
      if (types.includes('array') || !(holders.test(name) && path.split('/').length < 4)) continue;
      visit(property.schema, referenced(document, property.pointer), here, name);
    }
  };
  if (body) visit(body.value, body.pointer, '', '');
  return found;
}

/** `next` is an address among links, by its format, and at the top (Django REST framework). */
function isAddress(schema: Schema, inside: string): boolean {
  return isUri(schema) || /^links?$/.test(inside) || inside === '';
}

function isUri({ format }: Schema): boolean {
  return /^(?:uri|url)/.test(textOf(format));
}
