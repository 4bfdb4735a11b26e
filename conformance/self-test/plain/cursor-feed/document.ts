/** A feed in which each list has pages of its own kind. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: JsonObject, headers: JsonObject = {}): JsonObject => ({
  description: 'OK',
  headers,
  content: json(schema),
});
const problem = { description: 'Error', content: json(ref('Error')) };
const errors = { 400: problem, 404: problem, 405: problem, 415: problem };
const header = (description: string): JsonObject => ({ description, schema: { type: 'string' } });
const key = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const whole = (name: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'query',
  schema: { type: 'integer', ...schema },
});

const post = {
  title: { type: 'string', minLength: 1, maxLength: 80 },
  body: { type: 'string', maxLength: 500 },
  rank: { type: 'integer', minimum: 0, maximum: 100 },
};
const author = { name: { type: 'string', minLength: 1, maxLength: 60 }, bio: { type: 'string', maxLength: 200 } };
const event = { label: { type: 'string', minLength: 1, maxLength: 60 }, weight: { type: 'number' } };

const imported = { source: { type: 'string', minLength: 1, maxLength: 40 }, lines: { type: 'integer', minimum: 0 } };
const label = { color: { type: 'string', minLength: 1, maxLength: 20 }, note: { type: 'string', maxLength: 80 } };
const settings = {
  greeting: { type: 'string', maxLength: 60 },
  pageLength: { type: 'integer', minimum: 1, maximum: 90 },
  compact: { type: 'boolean' },
};

const record = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  required: ['id', ...required],
  properties: { id: { type: 'string' }, ...properties },
});
const fields = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  required,
  properties,
});
const body = (name: string): JsonObject => ({ required: true, content: json(ref(name)) });

export const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Feed', version: '1.0' },
  paths: {
    '/posts': {
      get: {
        operationId: 'listPosts',
        parameters: [
          { name: 'cursor', in: 'query', schema: { type: 'string' } },
          whole('limit', { minimum: 1, maximum: 50, default: 20 }),
        ],
        responses: { 200: ok(ref('PostPage')), ...errors },
      },
      post: {
        operationId: 'createPost',
        requestBody: body('PostFields'),
        responses: { 201: ok(ref('Post')), ...errors },
      },
    },
    '/posts/{postId}': {
      parameters: [key('postId')],
      get: {
        operationId: 'getPost',
        responses: { 200: ok(ref('Post'), { ETag: header('RFC 9110') }), 304: { description: 'As it was' }, ...errors },
      },
      put: {
        operationId: 'replacePost',
        requestBody: body('PostFields'),
        responses: { 200: ok(ref('Post')), 412: problem, ...errors },
      },
      delete: { operationId: 'deletePost', responses: { 204: { description: 'Gone' }, ...errors } },
    },
    '/authors': {
      get: {
        operationId: 'listAuthors',
        parameters: [whole('page', { minimum: 1 }), whole('per_page', { minimum: 1, maximum: 100 })],
        responses: { 200: ok({ type: 'array', items: ref('Author') }, { Link: header('RFC 8288') }), ...errors },
      },
      post: {
        operationId: 'createAuthor',
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: 'A repeat under the same key returns what the first request made.',
            schema: { type: 'string' },
          },
        ],
        requestBody: body('AuthorFields'),
        responses: { 201: ok(ref('Author')), ...errors },
      },
    },
    '/authors/{authorId}': {
      parameters: [key('authorId')],
      get: { operationId: 'getAuthor', responses: { 200: ok(ref('Author')), ...errors } },
    },
    '/events': {
      get: {
        operationId: 'listEvents',
        parameters: [whole('offset', { minimum: 0 }), whole('limit', { minimum: 1, maximum: 100 })],
        responses: { 200: ok(ref('EventPage')), ...errors },
      },
      post: {
        operationId: 'createEvent',
        requestBody: body('EventFields'),
        responses: { 201: ok(ref('Event')), ...errors },
      },
    },
    '/events/{eventId}': {
      parameters: [key('eventId')],
      get: { operationId: 'getEvent', responses: { 200: ok(ref('Event')), ...errors } },
    },
    '/imports': {
      post: {
        operationId: 'startImport',
        requestBody: body('ImportFields'),
        responses: {
          202: { ...ok(ref('Import')), headers: { Location: header('Where its progress stands') } },
          ...errors,
        },
      },
    },
    '/imports/{importId}': {
      parameters: [key('importId')],
      get: { operationId: 'getImport', responses: { 200: ok(ref('Import')), ...errors } },
    },
    '/labels/{labelName}': {
      parameters: [{ ...key('labelName'), schema: { type: 'string', pattern: '^[a-z0-9-]{1,40}$' } }],
      get: { operationId: 'getLabel', responses: { 200: ok(ref('Label')), ...errors } },
      put: {
        operationId: 'putLabel',
        requestBody: body('LabelFields'),
        responses: { 200: ok(ref('Label')), 201: ok(ref('Label')), ...errors },
      },
      delete: { operationId: 'deleteLabel', responses: { 204: { description: 'Gone' }, ...errors } },
    },
    '/settings': {
      get: { operationId: 'getSettings', responses: { 200: ok(ref('Settings')), ...errors } },
      put: {
        operationId: 'putSettings',
        requestBody: body('Settings'),
        responses: { 200: ok(ref('Settings')), ...errors },
      },
    },
  },
  components: {
    schemas: {
      PostFields: fields(post, ['title']),
      Post: record(post, ['title']),
      PostPage: fields(
        { items: { type: 'array', items: ref('Post') }, next_cursor: { type: 'string', nullable: true } },
        ['items'],
      ),
      AuthorFields: fields(author, ['name']),
      Author: record(author, ['name']),
      EventFields: fields(event, ['label']),
      Event: record(event, ['label']),
      EventPage: fields({ data: { type: 'array', items: ref('Event') }, total: { type: 'integer' } }, [
        'data',
        'total',
      ]),
      ImportFields: fields(imported, ['source']),
      Import: record(imported, ['source']),
      LabelFields: fields(label, ['color']),
      Label: fields({ name: { type: 'string' }, ...label }, ['name', 'color']),
      Settings: fields(settings, ['greeting', 'pageLength', 'compact']),
      Error: fields({ error: { type: 'string' } }, ['error']),
    },
  },
};
