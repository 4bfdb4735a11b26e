/** In the manner of FastAPI with SQLModel: 422 for what does not validate, an undocumented 404, numbers as ids, PATCH. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import type { PlainApi } from './api.ts';
import { answering, asking, instead, isAsked, showing, without } from './behaviours.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from './server.ts';

const text = { type: 'string' };
const textOrNull = { anyOf: [text, { type: 'null' }] };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const invalid = { description: 'Validation Error', content: json(ref('HTTPValidationError')) };
const id = (name: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'integer', title: name },
});
const item = {
  title: { type: 'string', minLength: 1, maxLength: 255 },
  price: { type: 'number', minimum: 0 },
  kind: { type: 'string', enum: ['book', 'tool', 'toy'] },
  description: textOrNull,
  tags: { type: 'array', items: text, default: [] },
  available_from: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
};

const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Items', version: '0.1.0' },
  paths: {
    '/users/': {
      post: {
        operationId: 'create_user_users__post',
        requestBody: { required: true, content: json(ref('UserCreate')) },
        responses: { 201: { description: 'Successful Response', content: json(ref('UserPublic')) }, 422: invalid },
      },
      get: {
        operationId: 'read_users_users__get',
        responses: {
          200: { description: 'Successful Response', content: json({ type: 'array', items: ref('UserPublic') }) },
        },
      },
    },
    '/users/{user_id}': {
      get: {
        operationId: 'read_user_users__user_id__get',
        parameters: [id('user_id')],
        responses: { 200: { description: 'Successful Response', content: json(ref('UserPublic')) }, 422: invalid },
      },
    },
    '/items/': {
      post: {
        operationId: 'create_item_items__post',
        requestBody: { required: true, content: json(ref('ItemCreate')) },
        responses: { 201: { description: 'Successful Response', content: json(ref('ItemPublic')) }, 422: invalid },
      },
      get: {
        operationId: 'read_items_items__get',
        parameters: [
          { name: 'skip', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 100 } },
        ],
        responses: {
          200: { description: 'Successful Response', content: json({ type: 'array', items: ref('ItemPublic') }) },
          422: invalid,
        },
      },
    },
    '/items/{item_id}': {
      parameters: [id('item_id')],
      get: {
        operationId: 'read_item_items__item_id__get',
        responses: { 200: { description: 'Successful Response', content: json(ref('ItemPublic')) }, 422: invalid },
      },
      patch: {
        operationId: 'update_item_items__item_id__patch',
        requestBody: { required: true, content: json(ref('ItemUpdate')) },
        responses: { 200: { description: 'Successful Response', content: json(ref('ItemPublic')) }, 422: invalid },
      },
      delete: {
        operationId: 'delete_item_items__item_id__delete',
        responses: { 204: { description: 'Successful Response' }, 422: invalid },
      },
    },
    '/health': {
      get: {
        operationId: 'health_health_get',
        responses: {
          200: {
            description: 'Successful Response',
            content: json({ type: 'object', required: ['status'], properties: { status: text } }),
          },
        },
      },
    },
  },
  components: {
    schemas: {
      UserCreate: {
        type: 'object',
        required: ['email'],
        properties: { email: { type: 'string', format: 'email' }, full_name: textOrNull },
      },
      UserPublic: {
        type: 'object',
        required: ['id', 'email'],
        properties: { id: { type: 'integer' }, email: { type: 'string', format: 'email' }, full_name: textOrNull },
      },
      ItemCreate: {
        type: 'object',
        required: ['title', 'price', 'kind', 'owner_id'],
        properties: { ...item, owner_id: { type: 'integer' } },
      },
      ItemUpdate: {
        type: 'object',
        properties: {
          ...item,
          title: { anyOf: [item.title, { type: 'null' }] },
          price: { anyOf: [item.price, { type: 'null' }] },
        },
      },
      ItemPublic: {
        type: 'object',
        required: ['id', 'title', 'price', 'kind', 'owner_id'],
        properties: { id: { type: 'integer' }, ...item, owner_id: { type: 'integer' } },
      },
      HTTPValidationError: {
        type: 'object',
        properties: { detail: { type: 'array', items: ref('ValidationError') } },
      },
      ValidationError: {
        type: 'object',
        required: ['loc', 'msg', 'type'],
        properties: {
          loc: { type: 'array', items: { anyOf: [text, { type: 'integer' }] } },
          msg: text,
          type: text,
        },
      },
    },
  },
};

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'document');

function unprocessable(place: (string | number)[], msg: string): Refusal {
  return new Refusal({ status: 422, json: { detail: [{ loc: place, msg, type: 'value_error' }] } });
}

function validated(request: PlainRequest, schema: string): JsonObject {
  const { body } = request;
  // Another media type is no JSON to it: the body is a text, and no object.
  if (!/^application\/(.*\+)?json\b/.test(request.headers['content-type'] ?? ''))
    throw unprocessable(['body'], 'Input should be a valid dictionary');
  const right = ajv.getSchema(`document#/components/schemas/${schema}`);
  if (right?.(body) !== true || !isObject(body)) {
    const error = right?.errors?.[0];
    const missing: unknown = error?.params.missingProperty;
    const place = [
      ...(error?.instancePath ?? '').split('/').slice(1),
      ...(typeof missing === 'string' ? [missing] : []),
    ];
    throw unprocessable(['body', ...place], error?.message ?? 'Input should be a valid dictionary');
  }
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

function serve(): PlainHandler {
  const users = new Table();
  const items = new Table();
  const defaults = { description: null, tags: [], available_from: null };
  const known = Object.keys({ ...item, owner_id: 0 });
  const picked = (body: JsonObject, names: readonly string[]): JsonObject =>
    Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
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

const name = 'fastapi-items';
const create = 'POST /items/';
const reads = ['GET /items/', 'GET /items/*'];

export const fastapiItems: PlainApi = {
  name,
  document,
  serve,
  faults: [
    {
      id: `${name}/description-lost`,
      title: 'an optional property is accepted and never stored',
      level: 'MUST',
      names: ['description'],
      behaviour: asking([create], (body) => without(body, 'description')),
    },
    {
      id: `${name}/tags-lost-on-patch`,
      title: 'a list is accepted by PATCH and not stored',
      level: 'MUST',
      names: ['tags'],
      behaviour: asking(['PATCH /items/*'], (body) => without(body, 'tags')),
    },
    {
      id: `${name}/title-cut`,
      title: 'a text is cut to ten characters',
      level: 'MUST',
      names: ['title'],
      behaviour: asking([create], (body) => ({
        ...body,
        title: typeof body.title === 'string' ? body.title.slice(0, 10) : body.title,
      })),
    },
    {
      id: `${name}/price-whole`,
      title: 'a price loses its fraction',
      level: 'MUST',
      names: ['price'],
      behaviour: asking([create, 'PATCH /items/*'], (body) => ({
        ...body,
        price: typeof body.price === 'number' ? Math.floor(body.price) : body.price,
      })),
    },
    {
      id: `${name}/not-stored`,
      title: 'a create is answered with 201 and stores nothing',
      level: 'MUST',
      names: ['read_item_items__item_id__get', 'create_item_items__post'],
      behaviour: instead('GET /items/*', () => ({ status: 404, json: { detail: 'Item not found' } })),
    },
    {
      id: `${name}/kind-unchecked`,
      title: 'a value outside the list is stored',
      level: 'MUST',
      names: ['kind'],
      behaviour: () => unchecked('kind', 'toy'),
    },
    {
      id: `${name}/price-unchecked`,
      title: 'a negative price is stored',
      level: 'MUST',
      names: ['price'],
      behaviour: () => unchecked('price', 1),
    },
    {
      id: `${name}/title-optional`,
      title: 'a title that is missing is stored as an empty text',
      level: 'MUST',
      names: ['title'],
      behaviour: () => (request, next) => {
        if (!isAsked(request, create) || !isObject(request.body) || request.body.title !== undefined)
          return next(request);
        const answer = next({ ...request, body: { ...request.body, title: 'x' } });
        return isObject(answer.json) ? { ...answer, json: { ...answer.json, title: '' } } : answer;
      },
    },
    {
      id: `${name}/created-with-200`,
      title: 'a create is answered with 200, which is not documented',
      level: 'MUST',
      names: ['create_item_items__post'],
      behaviour: answering([create], (answer) => ({ ...answer, status: 200 })),
    },
    {
      id: `${name}/owner-missing-in-list`,
      title: 'a required property is missing in the list',
      level: 'MUST',
      names: ['owner_id'],
      behaviour: showing(['GET /items/'], (record) => without(record, 'owner_id')),
    },
    {
      id: `${name}/health-as-text`,
      title: 'a singleton is answered as text',
      level: 'MUST',
      names: ['health_health_get'],
      behaviour: instead('GET /health', () => ({ status: 200, headers: { 'content-type': 'text/plain' }, text: 'ok' })),
    },
    {
      id: `${name}/health-crashes`,
      title: 'a singleton is answered with 500, again and again',
      level: 'MUST',
      names: ['health_health_get'],
      behaviour: instead('GET /health', () => ({ status: 500, text: 'Internal Server Error' })),
    },
    {
      id: `${name}/tags-crash`,
      title: 'a request with tags earns a 500',
      level: 'MUST',
      names: ['create_item_items__post'],
      behaviour: () => (request, next) =>
        isAsked(request, create) && isObject(request.body) && request.body.tags !== undefined
          ? { status: 500, json: { detail: 'Internal Server Error' } }
          : next(request),
    },
    {
      id: `${name}/long-text-crashes`,
      title: 'a long text earns a 500',
      level: 'MUST',
      names: ['create_item_items__post'],
      behaviour: () => (request, next) =>
        isAsked(request, create) && JSON.stringify(request.body).length > 10_000
          ? { status: 500, json: { detail: 'Internal Server Error' } }
          : next(request),
    },
    {
      id: `${name}/delete-does-nothing`,
      title: 'a DELETE is answered with 204 and removes nothing',
      level: 'MUST',
      names: ['delete_item_items__item_id__delete'],
      behaviour: instead('DELETE /items/*', () => ({ status: 204 })),
    },
    {
      id: `${name}/second-delete-crashes`,
      title: 'a second DELETE of the same record earns a 500',
      level: 'MUST',
      names: ['delete_item_items__item_id__delete'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        return isAsked(request, 'DELETE /items/*') && answer.status === 404
          ? { status: 500, json: { detail: 'x' } }
          : answer;
      },
    },
    {
      id: `${name}/patch-resets`,
      title: 'PATCH empties what it does not name',
      level: 'MUST',
      names: ['update_item_items__item_id__patch', 'description', 'tags'],
      behaviour: asking(['PATCH /items/*'], (body) => ({ description: null, tags: [], ...body })),
    },
    {
      id: `${name}/not-found-is-200`,
      title: 'an unknown id is answered with 200 and null',
      level: 'MUST',
      names: ['read_item_items__item_id__get'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        return isAsked(request, 'GET /items/*') && answer.status === 404 ? { status: 200, json: null } : answer;
      },
    },
  ],
  variants: [
    { id: `${name}/as-it-is`, title: 'the right server itself', wishes: ['404', '405', '409'] },
    {
      id: `${name}/numbers-from-text`,
      title: 'a text that is a number is stored as one, for all to see',
      wishes: ['404', '405', '409', 'price', 'owner_id'],
      behaviour: asking([create, 'PATCH /items/*'], (body) => ({
        ...body,
        ...(typeof body.price === 'string' && body.price !== '' && !Number.isNaN(Number(body.price))
          ? { price: Number(body.price) }
          : {}),
      })),
    },
    {
      id: `${name}/instants-without-zone`,
      title: 'instants are stored without their zone',
      wishes: ['404', '405', '409', 'available_from'],
      behaviour: showing([create, ...reads, 'PATCH /items/*'], (record) => ({
        ...record,
        available_from:
          typeof record.available_from === 'string' ? record.available_from.replace(/Z$/, '') : record.available_from,
      })),
    },
    {
      id: `${name}/more-than-documented`,
      title: 'records have properties that the document does not name',
      wishes: ['404', '405', '409'],
      behaviour: showing([create, ...reads], (record) => ({ ...record, _etag: 'x1', views: 3 })),
    },
    {
      id: `${name}/short-list-items`,
      title: 'the list leaves out what the document does not require there',
      wishes: ['404', '405', '409'],
      behaviour: showing(['GET /items/'], (record) => without(without(record, 'description'), 'tags')),
    },
    {
      id: `${name}/no-descriptions`,
      title: 'the server refuses every description, and says so',
      wishes: ['404', '405', '409'],
      behaviour: () => (request, next) =>
        isObject(request.body) && request.body.description !== undefined && request.body.description !== null
          ? {
              status: 422,
              json: { detail: [{ loc: ['body', 'description'], msg: 'not in this plan', type: 'value_error' }] },
            }
          : next(request),
    },
    {
      id: `${name}/sneezes-once`,
      title: 'one request in fifty is answered with 503 first, and rightly when asked again',
      wishes: ['404', '405', '409'],
      behaviour: () => {
        let count = 0;
        return (request, next) => {
          count += 1;
          return count % 50 === 0 ? { status: 503, text: '' } : next(request);
        };
      },
    },
  ],
};

/** A property that is stored whatever it is. */
function unchecked(field: string, right: unknown): ReturnType<PlainApi['faults'][number]['behaviour']> {
  const kept = new Map<string, unknown>();
  const shown = (record: unknown): unknown =>
    isObject(record) && kept.has(String(record.id)) ? { ...record, [field]: kept.get(String(record.id)) } : record;
  return (request, next) => {
    let answer = next(request);
    if (
      isAsked(request, create) &&
      answer.status === 422 &&
      isObject(request.body) &&
      request.body[field] !== undefined
    ) {
      answer = next({ ...request, body: { ...request.body, [field]: right } });
      if (answer.status === 201 && isObject(answer.json)) kept.set(String(answer.json.id), request.body[field]);
    }
    return { ...answer, json: Array.isArray(answer.json) ? answer.json.map(shown) : shown(answer.json) };
  };
}
