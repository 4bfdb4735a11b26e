/** Pages as documents show them: by number, offset, cursor, last id and link. */
import { describe, expect, it } from 'vitest';
import { readOperations } from '../operations.ts';
import type { JsonObject, Paging } from '../types.ts';
import { pagingOf } from './paging.ts';

const whole: JsonObject = { type: 'integer' };
const text: JsonObject = { type: 'string' };
const maybe = (schema: JsonObject): JsonObject => ({ anyOf: [schema, { type: 'null' }] });
const query = (name: string, schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  name,
  in: 'query',
  schema,
  ...more,
});
const object = (properties: JsonObject): JsonObject => ({ type: 'object', properties });
const rows: JsonObject = { type: 'array', items: object({ id: text }) };

/** How the pages of `GET /things` are found to be asked for. */
function found(parameters: JsonObject[], answer: JsonObject = rows, headers: JsonObject = {}): Paging | undefined {
  const success = { description: '', headers, content: { 'application/json': { schema: answer } } };
  const document = {
    openapi: '3.1.0',
    paths: { '/things': { get: { operationId: 'list', parameters, responses: { 200: success } } } },
  };
  const [list] = readOperations(document);
  return pagingOf(document, list!);
}

function brief(paging: Paging | undefined): unknown {
  if (!paging) return undefined;
  const { by, parameter, size, first, next, more } = paging;
  return [by, parameter?.name, size?.parameter.name, first, ...next, more].filter((one) => one !== undefined);
}

describe('pages', () => {
  it.each([
    {
      of: 'page and per_page',
      parameters: [query('page', whole), query('per_page', whole)],
      is: ['page', 'page', 'per_page'],
    },
    {
      of: 'page and size of Spring, from 0',
      parameters: [query('page', { ...whole, default: 0 }), query('size', whole)],
      is: ['page', 'page', 'size', 0],
    },
    {
      of: 'page[number] of JSON:API',
      parameters: [query('page[number]', { ...whole, minimum: 1 }), query('page[size]', whole)],
      is: ['page', 'page[number]', 'page[size]', 1],
    },
    {
      of: 'limit and offset',
      parameters: [query('limit', whole), query('offset', whole)],
      is: ['offset', 'offset', 'limit'],
    },
    {
      of: 'skip and limit that may be null',
      parameters: [query('skip', maybe(whole)), query('limit', maybe(whole))],
      is: ['offset', 'skip', 'limit'],
    },
    {
      of: 'nothing but a limit',
      parameters: [query('limit', whole)],
      is: ['size', 'limit'],
    },
  ])('by numbers: $of', ({ parameters, is }) => {
    expect(brief(found(parameters))).toEqual(is);
  });

  it.each([
    {
      of: 'next_page_token',
      parameters: [query('page_token', text), query('page_size', whole)],
      answer: object({ things: rows, next_page_token: text }),
      is: ['cursor', 'page_token', 'page_size', '/next_page_token'],
    },
    {
      of: 'meta.nextCursor',
      parameters: [query('cursor', text)],
      answer: object({ data: rows, meta: object({ nextCursor: maybe(text) }) }),
      is: ['cursor', 'cursor', '/meta/nextCursor'],
    },
    {
      of: 'paging.next.after',
      parameters: [query('after', text), query('limit', whole)],
      answer: object({ results: rows, paging: object({ next: object({ after: text }) }) }),
      is: ['cursor', 'after', 'limit', '/paging/next/after'],
    },
    {
      of: 'has_more and the last id',
      parameters: [query('starting_after', text), query('limit', whole)],
      answer: object({ data: rows, has_more: { type: 'boolean' } }),
      is: ['last-id', 'starting_after', 'limit', '/has_more'],
    },
  ])('by what the answer holds: $of', ({ parameters, answer, is }) => {
    expect(brief(found(parameters, answer))).toEqual(is);
  });

  it.each([
    {
      of: 'links.next',
      parameters: [],
      answer: object({ data: rows, links: object({ next: text }) }),
      is: ['link', '/links/next'],
    },
    {
      of: '_links.next.href',
      parameters: [],
      answer: object({ data: rows, _links: object({ next: object({ href: text }) }) }),
      is: ['link', '/_links/next/href'],
    },
    {
      of: 'an address with a token of its own',
      parameters: [query('Page', whole), query('PageToken', text), query('PageSize', whole)],
      answer: object({ things: rows, next_page_uri: { type: 'string', format: 'uri' } }),
      is: ['link', 'PageSize', '/next_page_uri'],
    },
  ])('by an address: $of', ({ parameters, answer, is }) => {
    expect(brief(found(parameters, answer))).toEqual(is);
  });

  it('by the Link header', () => {
    expect(brief(found([], rows, { Link: { schema: text } }))).toEqual(['link']);
  });

  it.each([
    { of: 'a date', parameters: [query('after', { type: 'string', format: 'date-time' })] },
    { of: 'a size of the things themselves', parameters: [query('size', whole)] },
    { of: 'a page of a list', parameters: [query('page', { type: 'string', enum: ['home', 'about'] })] },
    { of: 'a token that no answer is known to hold', parameters: [query('page', whole), query('page_token', text)] },
    { of: 'nothing', parameters: [] },
  ])('are not seen in $of', ({ parameters }) => {
    expect(found(parameters)).toBeUndefined();
  });

  it('have the bounds of their size, null or not', () => {
    const size = found([query('page', whole), query('per_page', maybe({ ...whole, minimum: 2, maximum: 50 }))])?.size;
    expect([size?.least, size?.most]).toEqual([2, 50]);
  });

  it.each([
    {
      of: 'pageable of springdoc',
      parameters: [
        query('pageable', object({ page: { ...whole, minimum: 0 }, size: { ...whole, minimum: 1 }, sort: rows }), {
          required: true,
        }),
      ],
      is: ['page', 'page', 'size', 0],
    },
    {
      of: 'page as a deepObject',
      parameters: [query('page', object({ number: whole, size: whole }), { style: 'deepObject' })],
      is: ['page', 'page[number]', 'page[size]'],
    },
  ])('are read out of an object: $of', ({ parameters, is }) => {
    expect(brief(found(parameters))).toEqual(is);
  });
});
