/** A server of JSON:API 1.1. */
import type { JsonObject } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import {
  application,
  Refusal,
  Table,
  type PlainAnswer,
  type PlainHandler,
  type PlainRequest,
  type Route,
} from '../server.ts';
import { article, document, MEDIA_TYPE, person } from './document.ts';

const check = checkOf(document);
const headers = { 'content-type': MEDIA_TYPE };

/** @returns an error document */
export function failure(status: number, title: string, pointer?: string): PlainAnswer {
  const source = pointer === undefined ? {} : { source: { pointer } };
  return { status, headers, json: { errors: [{ status: String(status), title, ...source }] } };
}

function validated({ body, headers: sent }: PlainRequest, schema: string, type: string): JsonObject {
  if ((sent['content-type'] ?? '').split(';')[0] !== MEDIA_TYPE)
    throw new Refusal(failure(415, 'Unsupported Media Type'));
  const given = dig(body, 'data', 'type');
  if (typeof given === 'string' && given !== type) throw new Refusal(failure(409, 'the type is another'));
  const [wrong] = check(schema, body);
  if (wrong) throw new Refusal(failure(422, wrong.message, `/${wrong.place.join('/')}`));
  return isObject(body) && isObject(body.data) ? body.data : {};
}

function pageOf(rows: readonly JsonObject[], { query, path }: PlainRequest): PlainAnswer {
  const number = query.get('page[number]') ?? '1';
  const size = query.get('page[size]') ?? '20';
  if (!/^[1-9]\d{0,5}$/.test(number) || !/^(?:[1-9]\d?|100)$/.test(size)) return failure(400, 'no such page');
  const end = Number(number) * Number(size);
  const next = new URLSearchParams(query);
  next.set('page[number]', String(Number(number) + 1));
  const links = { next: end < rows.length ? `${path}?${next.toString()}` : null };
  return {
    status: 200,
    headers,
    json: { data: rows.slice(end - Number(size), end), meta: { total: rows.length }, links },
  };
}

/** The five operations of one kind of resource. */
function routesOf(path: string, name: string, type: string, names: readonly string[]): Record<string, Route> {
  const table = new Table();
  const found = (id: string | undefined): JsonObject => {
    const row = table.get(id);
    if (!row) throw new Refusal(failure(404, 'Not Found'));
    return row;
  };
  const attributesOf = (data: JsonObject): JsonObject =>
    isObject(data.attributes) ? picked(data.attributes, names) : {};
  return {
    [`GET ${path}`]: (_values, request) => pageOf([...table.rows.values()], request),
    [`POST ${path}`]: (_values, request) => {
      const data = validated(request, `${name}Create`, type);
      const id = `${type.slice(0, 1)}${String(table.nextId())}`;
      const self = `${path}/${id}`;
      const json = { data: table.put(id, { type, id, attributes: attributesOf(data), links: { self } }) };
      return { status: 201, headers: { ...headers, location: self }, json };
    },
    [`GET ${path}/{id}`]: ({ id }) => ({ status: 200, headers, json: { data: found(id) } }),
    [`PATCH ${path}/{id}`]: ({ id }, request) => {
      const row = found(id);
      const data = validated(request, `${name}Update`, type);
      if (data.id !== id) return failure(409, 'the id is another');
      const before = isObject(row.attributes) ? row.attributes : {};
      const changed = table.put(id, { ...row, attributes: { ...before, ...attributesOf(data) } });
      return { status: 200, headers, json: { data: changed } };
    },
    [`DELETE ${path}/{id}`]: ({ id }) => {
      table.rows.delete(String(found(id).id));
      return { status: 204 };
    },
  };
}

/** @returns a server without articles and people */
export function serve(): PlainHandler {
  return application(
    {
      ...routesOf('/articles', 'Article', 'articles', Object.keys(article)),
      ...routesOf('/people', 'Person', 'people', Object.keys(person)),
    },
    { path: failure(404, 'Not Found'), method: failure(405, 'Method Not Allowed') },
  );
}
