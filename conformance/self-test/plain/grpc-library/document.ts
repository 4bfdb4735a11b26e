/** As protoc-gen-openapiv2 of grpc-gateway writes it: Swagger 2.0, resource names in paths, int64 as texts, google.rpc.Status. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });
const replies = (name: string | undefined): JsonObject => ({
  200: {
    description: 'A successful response.',
    schema: name === undefined ? { type: 'object', properties: {} } : ref(name),
  },
  default: { description: 'An unexpected error response.', schema: ref('rpcStatus') },
});
const path = (name: string, pattern: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  type: 'string',
  pattern,
});
const body = (name: string, schema: string): JsonObject => ({ name, in: 'body', required: true, schema: ref(schema) });
const paging = [
  { name: 'pageSize', description: 'At most 100.', in: 'query', required: false, type: 'integer', format: 'int32' },
  { name: 'pageToken', in: 'query', required: false, type: 'string' },
];
const tags = ['LibraryService'];
const shelf = 'shelves/[^/]+';
const book = 'shelves/[^/]+/books/[^/]+';

export const shelfNames: readonly string[] = ['theme', 'capacity'];
export const bookNames: readonly string[] = ['title', 'author', 'pages', 'copies', 'state', 'labels', 'reserved'];
export const states: readonly string[] = ['STATE_UNSPECIFIED', 'ON_SHELF', 'LENT', 'LOST'];

export const document: JsonObject = {
  swagger: '2.0',
  info: { title: 'library/v1/library.proto', version: 'version not set' },
  tags: [{ name: 'LibraryService' }],
  consumes: ['application/json'],
  produces: ['application/json'],
  paths: {
    '/v1/shelves': {
      get: {
        operationId: 'LibraryService_ListShelves',
        parameters: paging,
        responses: replies('v1ListShelvesResponse'),
        tags,
      },
      post: {
        operationId: 'LibraryService_CreateShelf',
        parameters: [body('shelf', 'v1Shelf')],
        responses: replies('v1Shelf'),
        tags,
      },
    },
    '/v1/{name}': {
      get: {
        operationId: 'LibraryService_GetShelf',
        parameters: [path('name', shelf)],
        responses: replies('v1Shelf'),
        tags,
      },
      delete: {
        operationId: 'LibraryService_DeleteShelf',
        parameters: [path('name', shelf)],
        responses: replies(undefined),
        tags,
      },
    },
    '/v1/{parent}/books': {
      get: {
        operationId: 'LibraryService_ListBooks',
        parameters: [path('parent', shelf), ...paging],
        responses: replies('v1ListBooksResponse'),
        tags,
      },
      post: {
        operationId: 'LibraryService_CreateBook',
        parameters: [path('parent', shelf), body('book', 'v1Book')],
        responses: replies('v1Book'),
        tags,
      },
    },
    '/v1/{name_1}': {
      get: {
        operationId: 'LibraryService_GetBook',
        parameters: [path('name_1', book)],
        responses: replies('v1Book'),
        tags,
      },
      delete: {
        operationId: 'LibraryService_DeleteBook',
        parameters: [path('name_1', book)],
        responses: replies(undefined),
        tags,
      },
    },
    '/v1/{book.name}': {
      patch: {
        operationId: 'LibraryService_UpdateBook',
        parameters: [
          path('book.name', book),
          body('book', 'v1Book'),
          { name: 'updateMask', in: 'query', required: false, type: 'string' },
        ],
        responses: replies('v1Book'),
        tags,
      },
    },
  },
  definitions: {
    v1Shelf: {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'The resource name. Format: shelves/{shelf}', readOnly: true },
        theme: { type: 'string' },
        capacity: { type: 'integer', format: 'int32' },
      },
      required: ['theme'],
    },
    v1Book: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          description: 'The resource name. Format: shelves/{shelf}/books/{book}',
          readOnly: true,
        },
        title: { type: 'string' },
        author: { type: 'string' },
        pages: { type: 'integer', format: 'int32', minimum: 0, maximum: 20_000 },
        copies: { type: 'string', format: 'int64' },
        state: ref('v1State'),
        labels: { type: 'array', items: { type: 'string' } },
        reserved: { type: 'boolean' },
        createTime: { type: 'string', format: 'date-time', readOnly: true },
      },
      required: ['title'],
    },
    v1State: { type: 'string', enum: states, default: 'STATE_UNSPECIFIED' },
    v1ListShelvesResponse: {
      type: 'object',
      properties: {
        shelves: { type: 'array', items: { type: 'object', ...ref('v1Shelf') } },
        nextPageToken: { type: 'string' },
      },
    },
    v1ListBooksResponse: {
      type: 'object',
      properties: {
        books: { type: 'array', items: { type: 'object', ...ref('v1Book') } },
        nextPageToken: { type: 'string' },
      },
    },
    protobufAny: { type: 'object', properties: { '@type': { type: 'string' } }, additionalProperties: {} },
    rpcStatus: {
      type: 'object',
      properties: {
        code: { type: 'integer', format: 'int32' },
        message: { type: 'string' },
        details: { type: 'array', items: { type: 'object', ...ref('protobufAny') } },
      },
    },
  },
};
