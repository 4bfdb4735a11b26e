/** As FastAPI answers: 422 with `detail` for what does not validate, an undocumented 404, numbers as ids. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from '../server.ts';
import { document, item } from './document.ts';

const check = checkOf(document);

function unprocessable(place: (string | number)[], msg: string): Refusal {
  return new Refusal({ status: 422, json: { detail: [{ loc: place, msg, type: 'value_error' }] } });
}

function validated(request: PlainRequest, schema: string): JsonObject {
  const { body } = request;
  // Another media type is no JSON to it: the body is a text, and no object.
  if (!/^application\/(.*\+)?json\b/.test(request.headers['content-type'] ?? ''))
    throw unprocessable(['body'], 'Input should be a valid dictionary');
  const [wrong] = check(schema, body);
  if (wrong || !isObject(body))
    throw unprocessable(['body', ...(wrong?.place ?? [])], wrong?.message ?? 'Input should be a valid dictionary');
  return body;
}

function integer(value: string, place: string): number {
  if (!/^-?\d{1,15}$/.test(value)) throw unprocessable(['path', place], 'Input should be a valid integer');
  return Number(value);
}

function found(table: Table, value: string, name: string): JsonObject {
  const row = table.get(integer(value, `${name.toLowerCase()}_id`));
  if (!row) throw new Refusal({ status: 404, json: { detail: `${name} not found` } });
  return row;
}

/** @returns a server without records */
export function serve(): PlainHandler {
  const users = new Table();
  const items = new Table();
  const defaults = { description: null, tags: [], available_from: null };
  const known = Object.keys({ ...item, owner_id: 0 });
  return application(
    {
      'POST /users/': (_values, request) => {
        const body = validated(request, 'UserCreate');
        if ([...users.rows.values()].some(({ email }) => email === body.email))
          throw new Refusal({ status: 409, json: { detail: 'email is taken' } });
        const key = users.nextId();
        return {
          status: 201,
          json: users.put(key, { id: key, full_name: null, ...picked(body, ['email', 'full_name']) }),
        };
      },
      'GET /users/': () => ({ status: 200, json: [...users.rows.values()] }),
      'GET /users/{user_id}': ({ user_id = '' }) => ({ status: 200, json: found(users, user_id, 'User') }),
      'POST /items/': (_values, request) => {
        const body = validated(request, 'ItemCreate');
        if (!users.get(body.owner_id)) throw new Refusal({ status: 404, json: { detail: 'User not found' } });
        const key = items.nextId();
        return { status: 201, json: items.put(key, { id: key, ...defaults, ...picked(body, known) }) };
      },
      'GET /items/': (_values, { query }) => {
        const number = (name: string, other: number, most: number): number => {
          const value = integer(query.get(name) ?? String(other), name);
          if (value < (name === 'limit' ? 1 : 0) || value > most) throw unprocessable(['query', name], 'out of bounds');
          return value;
        };
        const skip = number('skip', 0, Infinity);
        return { status: 200, json: [...items.rows.values()].slice(skip, skip + number('limit', 100, 200)) };
      },
      'GET /items/{item_id}': ({ item_id = '' }) => ({ status: 200, json: found(items, item_id, 'Item') }),
      'PATCH /items/{item_id}': ({ item_id = '' }, request) => {
        const row = found(items, item_id, 'Item');
        const body = validated(request, 'ItemUpdate');
        return { status: 200, json: items.put(row.id, { ...row, ...picked(body, Object.keys(item)) }) };
      },
      'DELETE /items/{item_id}': ({ item_id = '' }) => {
        items.rows.delete(String(found(items, item_id, 'Item').id));
        return { status: 204 };
      },
      'GET /health': () => ({ status: 200, json: { status: 'ok' } }),
    },
    {
      path: { status: 404, json: { detail: 'Not Found' } },
      method: { status: 405, json: { detail: 'Method Not Allowed' } },
    },
  );
}
