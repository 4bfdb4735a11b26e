/** As grpc-gateway answers: google.rpc.Status, int64 as texts, page tokens, fields of a mask. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import { application, Refusal, Table, type PlainAnswer, type PlainHandler, type PlainRequest } from '../server.ts';
import { bookNames, document, shelfNames } from './document.ts';

const check = checkOf(document, 'definitions');
const codes: Readonly<Record<number, number>> = { 400: 3, 404: 5, 409: 6, 501: 12 };

/** @returns google.rpc.Status */
export function status(http: number, message: string): PlainAnswer {
  return { status: http, json: { code: codes[http] ?? 2, message, details: [] } };
}

/** Media types are nothing to the gateway: it reads JSON whatever they say. */
function validated({ body }: PlainRequest, schema: string): JsonObject {
  const [wrong] = check(schema, body);
  if (wrong || !isObject(body))
    throw new Refusal(status(400, `proto: (line 1:1): invalid value for ${wrong?.place.join('.') ?? 'message'}`));
  if ('copies' in body && !/^-?\d{1,18}$/.test(String(body.copies)))
    throw new Refusal(status(400, 'proto: (line 1:1): invalid value for int64 field copies'));
  return body;
}

function pageOf(rows: readonly JsonObject[], name: string, { query }: PlainRequest): PlainAnswer {
  const asked = query.get('pageSize') ?? '';
  const token = query.get('pageToken') ?? '';
  if (!/^\d{0,6}$/.test(asked) || !/^(?:p\d{1,6})?$/.test(token)) throw new Refusal(status(400, 'invalid page'));
  const size = Math.min(Number(asked) || 100, 100);
  const start = Number(token.slice(1));
  const next = start + size < rows.length ? `p${String(start + size)}` : '';
  return { status: 200, json: { [name]: rows.slice(start, start + size), nextPageToken: next } };
}

/** @returns a server without shelves */
export function serve(): PlainHandler {
  const shelves = new Table();
  const books = new Table();
  const found = (table: Table, name: string): JsonObject => {
    const row = table.get(name);
    if (!row) throw new Refusal(status(404, `${name} not found`));
    return row;
  };
  const initial = { author: '', pages: 0, copies: '0', state: 'STATE_UNSPECIFIED', labels: [], reserved: false };
  const bookOf = (shelf = '', book = ''): JsonObject => found(books, `shelves/${shelf}/books/${book}`);
  return application(
    {
      'GET /v1/shelves': (_values, request) => pageOf([...shelves.rows.values()], 'shelves', request),
      'POST /v1/shelves': (_values, request) => {
        const body = validated(request, 'v1Shelf');
        const name = `shelves/${String(shelves.nextId())}`;
        return { status: 200, json: shelves.put(name, { name, capacity: 0, ...picked(body, shelfNames) }) };
      },
      'GET /v1/shelves/{shelf}': ({ shelf = '' }) => ({ status: 200, json: found(shelves, `shelves/${shelf}`) }),
      'DELETE /v1/shelves/{shelf}': ({ shelf = '' }) => {
        const { name } = found(shelves, `shelves/${shelf}`);
        shelves.rows.delete(String(name));
        for (const key of books.rows.keys()) if (key.startsWith(`${String(name)}/`)) books.rows.delete(key);
        return { status: 200, json: {} };
      },
      'GET /v1/shelves/{shelf}/books': ({ shelf = '' }, request) => {
        const { name } = found(shelves, `shelves/${shelf}`);
        const own = [...books.rows.entries()].filter(([key]) => key.startsWith(`${String(name)}/`));
        return pageOf(
          own.map(([, row]) => row),
          'books',
          request,
        );
      },
      'POST /v1/shelves/{shelf}/books': ({ shelf = '' }, request) => {
        const above = found(shelves, `shelves/${shelf}`);
        const body = validated(request, 'v1Book');
        const name = `${String(above.name)}/books/${String(books.nextId())}`;
        const made = { name, ...initial, ...picked(body, bookNames), createTime: new Date().toISOString() };
        return { status: 200, json: books.put(name, made) };
      },
      'GET /v1/shelves/{shelf}/books/{book}': ({ shelf, book }) => ({ status: 200, json: bookOf(shelf, book) }),
      'PATCH /v1/shelves/{shelf}/books/{book}': ({ shelf, book }, request) => {
        const row = bookOf(shelf, book);
        const body = validated(request, 'v1Book');
        const mask = request.query.get('updateMask');
        const names =
          mask === null || mask === '' ? bookNames : mask.split(',').filter((one) => bookNames.includes(one));
        return { status: 200, json: books.put(row.name, { ...row, ...picked(body, names) }) };
      },
      'DELETE /v1/shelves/{shelf}/books/{book}': ({ shelf, book }) => {
        books.rows.delete(String(bookOf(shelf, book).name));
        return { status: 200, json: {} };
      },
    },
    { path: status(404, 'Not Found'), method: status(501, 'Method Not Allowed') },
  );
}
