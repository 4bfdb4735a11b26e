/** As FastAPI with SQLModel writes it: Pydantic's anyOf with null, HTTPValidationError, operationIds made of paths. */
import type { JsonObject } from '../../fault.ts';

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
export const item = {
  title: { type: 'string', minLength: 1, maxLength: 255 },
  price: { type: 'number', minimum: 0 },
  kind: { type: 'string', enum: ['book', 'tool', 'toy'] },
  description: textOrNull,
  tags: { type: 'array', items: text, default: [] },
  available_from: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
};

export const document: JsonObject = {
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
