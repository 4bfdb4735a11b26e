/** A JSON:API: resource objects with type, id, attributes and relationships, its own media type, pages by number and size. */
import type { JsonObject } from '../../fault.ts';

export const MEDIA_TYPE = 'application/vnd.api+json';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const body = (schema: JsonObject): JsonObject => ({ [MEDIA_TYPE]: { schema } });
const ok = (name: string): JsonObject => ({ description: 'OK', content: body(ref(name)) });
const takes = (name: string): JsonObject => ({ required: true, content: body(ref(name)) });
const errors = { $ref: '#/components/responses/Errors' };
const id = (of: string): JsonObject => ({
  name: 'id',
  in: 'path',
  required: true,
  description: `Id of the ${of}`,
  schema: { type: 'string' },
});
const page = [
  { name: 'page[number]', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
  { name: 'page[size]', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
];

export const article = {
  title: { type: 'string', minLength: 1, maxLength: 160 },
  summary: { type: 'string' },
  rating: { type: 'number', minimum: 0, maximum: 5 },
  status: { type: 'string', enum: ['draft', 'review', 'published'] },
  keywords: { type: 'array', items: { type: 'string' } },
  featured: { type: 'boolean' },
  'published-at': { type: 'string', format: 'date-time' },
};
export const person = { name: { type: 'string', minLength: 1 }, homepage: { type: 'string', format: 'uri' } };

/** The documents of a kind of resource: for a create, an update, one and many. */
function resource(name: string, type: string, attributes: JsonObject, required: string[]): JsonObject {
  const typed = { type: 'string', enum: [type] };
  const data = (properties: JsonObject, needed: string[]): JsonObject => ({
    type: 'object',
    required: ['data'],
    properties: { data: { type: 'object', required: needed, properties } },
  });
  return {
    [`${name}Attributes`]: { type: 'object', required, properties: attributes },
    [`${name}Create`]: data({ type: typed, attributes: ref(`${name}Attributes`) }, ['type', 'attributes']),
    [`${name}Update`]: data(
      { type: typed, id: { type: 'string' }, attributes: { type: 'object', properties: attributes } },
      ['type', 'id'],
    ),
    [name]: {
      type: 'object',
      required: ['type', 'id', 'attributes'],
      properties: {
        type: typed,
        id: { type: 'string' },
        attributes: ref(`${name}Attributes`),
        links: { type: 'object', properties: { self: { type: 'string' } } },
      },
    },
    [`${name}Document`]: { type: 'object', required: ['data'], properties: { data: ref(name) } },
    [`${name}List`]: {
      type: 'object',
      required: ['data'],
      properties: {
        data: { type: 'array', items: ref(name) },
        meta: { type: 'object', properties: { total: { type: 'integer' } } },
        links: { type: 'object', properties: { next: { type: 'string', nullable: true } } },
      },
    },
  };
}

function operations(path: string, name: string, of: string): JsonObject {
  return {
    [path]: {
      get: { operationId: `list${name}s`, parameters: page, responses: { 200: ok(`${name}List`), 400: errors } },
      post: {
        operationId: `create${name}`,
        requestBody: takes(`${name}Create`),
        responses: {
          201: {
            description: 'Created',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            content: body(ref(`${name}Document`)),
          },
          409: errors,
          415: errors,
          422: errors,
        },
      },
    },
    [`${path}/{id}`]: {
      parameters: [id(of)],
      get: { operationId: `get${name}`, responses: { 200: ok(`${name}Document`), 404: errors } },
      patch: {
        operationId: `update${name}`,
        requestBody: takes(`${name}Update`),
        responses: { 200: ok(`${name}Document`), 404: errors, 409: errors, 415: errors, 422: errors },
      },
      delete: { operationId: `delete${name}`, responses: { 204: { description: 'Deleted' }, 404: errors } },
    },
  };
}

export const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Articles', version: '2.1.0' },
  paths: { ...operations('/articles', 'Article', 'article'), ...operations('/people', 'Person', 'person') },
  components: {
    responses: { Errors: { description: 'Error', content: body(ref('Errors')) } },
    schemas: {
      ...resource('Article', 'articles', article, ['title', 'status']),
      ...resource('Person', 'people', person, ['name']),
      Errors: {
        type: 'object',
        required: ['errors'],
        properties: {
          errors: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['status', 'title'],
              properties: {
                status: { type: 'string' },
                title: { type: 'string' },
                source: { type: 'object', properties: { pointer: { type: 'string' } } },
              },
            },
          },
        },
      },
    },
  },
};
