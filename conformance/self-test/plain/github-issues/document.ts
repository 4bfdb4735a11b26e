/** In the manner of GitHub's own: owner and repo in the path, numbers beside ids, 422 with errors, Link headers, 304 on an ETag. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const param = (name: string): JsonObject => ({ $ref: `#/components/parameters/${name}` });
const response = (name: string): JsonObject => ({ $ref: `#/components/responses/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: JsonObject, description = 'Response'): JsonObject => ({ description, content: json(schema) });
const listed = (schema: JsonObject): JsonObject => ({
  ...ok({ type: 'array', items: schema }),
  headers: { Link: { schema: { type: 'string' } } },
});
const pages = [param('per-page'), param('page')];
const where = [param('owner'), param('repo')];
const texts = { type: 'string', nullable: true };

const user = {
  type: 'object',
  required: ['login', 'id'],
  properties: { login: { type: 'string' }, id: { type: 'integer' } },
};
export const repoFields = {
  name: { type: 'string', description: 'The name of the repository.' },
  description: { type: 'string' },
  private: { type: 'boolean', default: false },
};
export const issueFields = {
  title: { type: 'string', description: 'The title of the issue.', maxLength: 256, minLength: 1 },
  body: { type: 'string', maxLength: 65_536 },
  labels: { type: 'array', items: { type: 'string' } },
  milestone: { type: 'integer', minimum: 1, maximum: 10_000, nullable: true },
};
export const issueChanges = {
  ...issueFields,
  state: { type: 'string', enum: ['open', 'closed'], description: 'State of the issue.' },
};
export const commentFields = { body: { type: 'string', description: 'The contents of the comment.' } };

export const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Issues REST API', version: '1.1.4' },
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/user/repos': {
      post: {
        operationId: 'repos/create-for-authenticated-user',
        requestBody: {
          required: true,
          content: json({ type: 'object', properties: repoFields, required: ['name'] }),
        },
        responses: {
          201: {
            ...ok(ref('repository')),
            headers: { Location: { required: true, schema: { type: 'string' } } },
          },
          400: response('bad_request'),
          422: response('validation_failed'),
        },
      },
    },
    '/repos/{owner}/{repo}': {
      get: {
        operationId: 'repos/get',
        parameters: where,
        responses: { 200: ok(ref('repository')), 404: response('not_found') },
      },
      delete: {
        operationId: 'repos/delete',
        parameters: where,
        responses: { 204: { description: 'Response' }, 404: response('not_found') },
      },
    },
    '/repos/{owner}/{repo}/issues': {
      get: {
        operationId: 'issues/list-for-repo',
        parameters: [...where, ...pages],
        responses: { 200: listed(ref('issue')), 404: response('not_found'), 422: response('validation_failed') },
      },
      post: {
        operationId: 'issues/create',
        parameters: where,
        requestBody: {
          required: true,
          content: json({ type: 'object', properties: issueFields, required: ['title'] }),
        },
        responses: {
          201: ok(ref('issue')),
          400: response('bad_request'),
          404: response('not_found'),
          422: response('validation_failed'),
        },
      },
    },
    '/repos/{owner}/{repo}/issues/{issue_number}': {
      get: {
        operationId: 'issues/get',
        parameters: [...where, param('issue-number')],
        responses: {
          200: { ...ok(ref('issue')), headers: { ETag: { required: true, schema: { type: 'string' } } } },
          304: { description: 'Not modified' },
          404: response('not_found'),
        },
      },
      patch: {
        operationId: 'issues/update',
        parameters: [...where, param('issue-number')],
        requestBody: { content: json({ type: 'object', properties: issueChanges }) },
        responses: {
          200: ok(ref('issue')),
          400: response('bad_request'),
          404: response('not_found'),
          422: response('validation_failed'),
        },
      },
    },
    '/repos/{owner}/{repo}/issues/{issue_number}/comments': {
      get: {
        operationId: 'issues/list-comments',
        parameters: [...where, param('issue-number'), ...pages],
        responses: {
          200: listed(ref('issue-comment')),
          404: response('not_found'),
          422: response('validation_failed'),
        },
      },
      post: {
        operationId: 'issues/create-comment',
        parameters: [...where, param('issue-number')],
        requestBody: {
          required: true,
          content: json({ type: 'object', properties: commentFields, required: ['body'] }),
        },
        responses: {
          201: ok(ref('issue-comment')),
          400: response('bad_request'),
          404: response('not_found'),
          422: response('validation_failed'),
        },
      },
    },
    '/repos/{owner}/{repo}/issues/comments/{comment_id}': {
      get: {
        operationId: 'issues/get-comment',
        parameters: [...where, param('comment-id')],
        responses: { 200: ok(ref('issue-comment')), 404: response('not_found') },
      },
      delete: {
        operationId: 'issues/delete-comment',
        parameters: [...where, param('comment-id')],
        responses: { 204: { description: 'Response' }, 404: response('not_found') },
      },
    },
  },
  components: {
    parameters: {
      owner: {
        name: 'owner',
        in: 'path',
        required: true,
        schema: { type: 'string' },
        description: 'The account owner.',
      },
      repo: { name: 'repo', in: 'path', required: true, schema: { type: 'string' }, description: 'The repository.' },
      'issue-number': {
        name: 'issue_number',
        in: 'path',
        required: true,
        schema: { type: 'integer' },
        description: 'The number that identifies the issue.',
      },
      'comment-id': {
        name: 'comment_id',
        in: 'path',
        required: true,
        schema: { type: 'integer', format: 'int64' },
        description: 'The unique identifier of the comment.',
      },
      'per-page': {
        name: 'per_page',
        in: 'query',
        schema: { type: 'integer', default: 30 },
        description: 'The number of results per page (max 100).',
      },
      page: { name: 'page', in: 'query', schema: { type: 'integer', default: 1 }, description: 'The page number.' },
    },
    responses: {
      not_found: ok(ref('basic-error'), 'Resource not found'),
      bad_request: ok(ref('basic-error'), 'Bad Request'),
      validation_failed: ok(ref('validation-error'), 'Validation failed, or the endpoint has been spammed.'),
    },
    schemas: {
      'simple-user': user,
      repository: {
        type: 'object',
        required: ['id', 'name', 'owner', 'private', 'description'],
        properties: {
          id: { type: 'integer', format: 'int64' },
          name: { type: 'string' },
          owner: ref('simple-user'),
          private: { type: 'boolean' },
          description: texts,
        },
      },
      issue: {
        type: 'object',
        required: ['id', 'number', 'title', 'state', 'user', 'labels', 'created_at'],
        properties: {
          id: { type: 'integer', format: 'int64' },
          number: { type: 'integer', description: 'Number uniquely identifying the issue within its repository' },
          title: { type: 'string' },
          body: texts,
          state: { type: 'string', enum: ['open', 'closed'] },
          labels: { type: 'array', items: { type: 'string' } },
          milestone: { type: 'integer', nullable: true },
          user: ref('simple-user'),
          created_at: { type: 'string', format: 'date-time' },
        },
      },
      'issue-comment': {
        type: 'object',
        required: ['id', 'body', 'user'],
        properties: { id: { type: 'integer', format: 'int64' }, body: { type: 'string' }, user: ref('simple-user') },
      },
      'basic-error': {
        type: 'object',
        required: ['message'],
        properties: { message: { type: 'string' }, documentation_url: { type: 'string' } },
      },
      'validation-error': {
        type: 'object',
        required: ['message', 'documentation_url'],
        properties: {
          message: { type: 'string' },
          documentation_url: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              required: ['code'],
              properties: { resource: { type: 'string' }, field: { type: 'string' }, code: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

/** For the server's own check of bodies. */
export const requests: JsonObject = {
  schemas: {
    repo: { type: 'object', properties: repoFields, required: ['name'] },
    issue: { type: 'object', properties: issueFields, required: ['title'] },
    change: { type: 'object', properties: issueChanges },
    comment: { type: 'object', properties: commentFields, required: ['body'] },
  },
};
