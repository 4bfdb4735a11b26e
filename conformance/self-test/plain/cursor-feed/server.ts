/** A right server of the feed. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import {
  application,
  Refusal,
  Table,
  type PlainAnswer,
  type PlainHandler,
  type PlainRequest,
  type Route,
} from '../server.ts';
import { document } from './document.ts';

const ajv = new Ajv2020({ strict: false });
ajv.addSchema(document, 'document');

export function refusal(status: number, error: string): Refusal {
  return new Refusal({ status, json: { error } });
}

function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) throw refusal(415, 'send JSON');
  const right = ajv.getSchema(`document#/components/schemas/${schema}`);
  if (right?.(body) !== true || !isObject(body)) throw refusal(400, right?.errors?.[0]?.message ?? 'invalid');
  return picked(body, schema);
}

/** What the schema names, and no more. */
function picked(body: JsonObject, schema: string): JsonObject {
  const all = document.components as { schemas: Record<string, { properties: JsonObject }> };
  const names = Object.keys(all.schemas[schema]?.properties ?? {});
  return Object.fromEntries(names.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])));
}

function found(table: Table, id: string | undefined): JsonObject {
  const row = table.get(id);
  if (!row) throw refusal(404, 'not found');
  return row;
}

/** A tag that is the same for equal records alone. */
function tagOf(record: JsonObject): string {
  return `"${Buffer.from(JSON.stringify(record)).toString('base64url')}"`;
}

function number(request: PlainRequest, name: string, least: number, most: number, otherwise: number): number {
  const text = request.query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw refusal(400, `${name} is out of bounds`);
  return value;
}

/** How a server of a fault or a variant differs in its pages. */
export interface PageWays {
  /** The first record of a page of posts, by the id behind which it begins. */
  after?: (ids: readonly string[], cursor: string) => number;
  /** Where a page of authors or events begins. */
  start?: (start: number, size: number, count: number, by: 'page' | 'offset') => number;
  /** How many records a page has. */
  size?: (size: number) => number;
  /** In which order records are listed. */
  order?: (rows: JsonObject[]) => JsonObject[];
  /** The path and origin before the query of a next page. */
  base?: string;
}

export function serveFeed(ways: PageWays = {}): PlainHandler {
  const tables = { posts: new Table(), authors: new Table(), events: new Table() };
  const labels = new Table();
  const imports = new Table();
  const waiting = new Map<string, JsonObject>();
  const keys = new Map<string, PlainAnswer>();
  const settings: JsonObject = { greeting: 'hello', pageLength: 20, compact: false };
  const make = (table: Table, prefix: string, schema: string): Route => {
    return (_values, request) => {
      const fields = validated(request, schema);
      const id = `${prefix}${String(table.nextId())}`;
      return { status: 201, headers: { location: `/${prefix}/${id}` }, json: table.put(id, { id, ...fields }) };
    };
  };
  const rowsOf = (table: Table): JsonObject[] => (ways.order ?? ((rows) => rows))([...table.rows.values()]);
  const sized = (request: PlainRequest, name: string, most: number, otherwise: number): number =>
    (ways.size ?? ((size) => size))(number(request, name, 1, most, otherwise));
  const cut = (table: Table, start: number, size: number, by: 'page' | 'offset'): JsonObject[] => {
    const rows = rowsOf(table);
    const from = (ways.start ?? ((own) => own))(start, size, rows.length, by);
    return rows.slice(from, from + size);
  };
  return application(
    {
      'POST /posts': make(tables.posts, 'p', 'PostFields'),
      'GET /posts': (_values, request) => {
        const rows = rowsOf(tables.posts);
        const ids = rows.map(({ id }) => String(id));
        const cursor = request.query.get('cursor');
        const size = sized(request, 'limit', 50, 20);
        if (cursor !== null && !/^c_p\d+$/.test(cursor)) throw refusal(400, 'no such cursor');
        const behind = ways.after ?? ((all, own) => all.indexOf(own) + 1);
        const from = cursor === null ? 0 : behind(ids, cursor.slice(2));
        const items = rows.slice(from, from + size);
        const last = from + size < rows.length ? items.at(-1) : undefined;
        return { status: 200, json: { items, next_cursor: last ? `c_${String(last.id)}` : null } };
      },
      'GET /posts/{postId}': ({ postId }, { headers }) => {
        const json = found(tables.posts, postId);
        const etag = tagOf(json);
        return headers['if-none-match'] === etag
          ? { status: 304, headers: { etag } }
          : { status: 200, headers: { etag }, json };
      },
      'PUT /posts/{postId}': ({ postId }, request) => {
        const { id, ...before } = found(tables.posts, postId);
        const condition = request.headers['if-match'] ?? '*';
        if (condition !== '*' && condition !== tagOf({ id, ...before })) throw refusal(412, 'it has changed');
        return { status: 200, json: tables.posts.put(id, { id, ...validated(request, 'PostFields') }) };
      },
      'DELETE /posts/{postId}': ({ postId = '' }) => {
        found(tables.posts, postId);
        tables.posts.rows.delete(postId);
        return { status: 204 };
      },
      'POST /authors': (values, request) => {
        const key = request.headers['idempotency-key'] ?? '';
        const answer = keys.get(key) ?? make(tables.authors, 'a', 'AuthorFields')(values, request);
        if (key !== '') keys.set(key, answer);
        return answer;
      },
      'GET /authors': (_values, request) => {
        const page = number(request, 'page', 1, 1e9, 1);
        const size = sized(request, 'per_page', 100, 30);
        const rows = cut(tables.authors, (page - 1) * size, size, 'page');
        const next = `${ways.base ?? '/authors'}?page=${String(page + 1)}&per_page=${String(size)}`;
        const more = page * size < tables.authors.rows.size;
        return { status: 200, json: rows, ...(more ? { headers: { link: `<${next}>; rel="next"` } } : {}) };
      },
      'GET /authors/{authorId}': ({ authorId }) => ({ status: 200, json: found(tables.authors, authorId) }),
      'POST /events': make(tables.events, 'e', 'EventFields'),
      'GET /events': (_values, request) => {
        const size = sized(request, 'limit', 100, 10);
        const rows = cut(tables.events, number(request, 'offset', 0, 1e9, 0), size, 'offset');
        return { status: 200, json: { data: rows, total: tables.events.rows.size } };
      },
      // Whoever asks for the progress finds it done; before that there is no such import.
      'POST /imports': (_values, request) => {
        const fields = validated(request, 'ImportFields');
        const id = `i${String(imports.nextId())}`;
        waiting.set(id, { id, ...fields });
        return { status: 202, headers: { location: `/progress/${id}` }, json: { id, ...fields } };
      },
      'GET /progress/{importId}': ({ importId = '' }) => {
        const row = waiting.get(importId);
        if (row) imports.put(importId, row);
        return { status: 200, json: { status: 'succeeded' } };
      },
      'GET /imports/{importId}': ({ importId }) => ({ status: 200, json: found(imports, importId) }),
      'GET /labels/{labelName}': ({ labelName }) => ({ status: 200, json: found(labels, labelName) }),
      'PUT /labels/{labelName}': ({ labelName = '' }, request) => {
        if (!/^[a-z0-9-]{1,40}$/.test(labelName)) throw refusal(400, 'no such name');
        const fields = validated(request, 'LabelFields');
        const status = labels.get(labelName) ? 200 : 201;
        return { status, json: labels.put(labelName, { name: labelName, ...fields }) };
      },
      'DELETE /labels/{labelName}': ({ labelName = '' }) => {
        found(labels, labelName);
        labels.rows.delete(labelName);
        return { status: 204 };
      },
      'GET /settings': () => ({ status: 200, json: { ...settings } }),
      'PUT /settings': (_values, request) => {
        Object.assign(settings, validated(request, 'Settings'));
        return { status: 200, json: { ...settings } };
      },
      'GET /events/{eventId}': ({ eventId }) => ({ status: 200, json: found(tables.events, eventId) }),
    },
    {
      path: { status: 404, json: { error: 'nothing here' } },
      method: { status: 405, json: { error: 'no such method' } },
    },
  );
}
