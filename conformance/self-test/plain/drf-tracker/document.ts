/** As drf-spectacular writes it: shared request and response schemas, readOnly ids, Patched… schemas, enums as components, pages. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const body = (name: string): JsonObject => ({ content: json(ref(name)) });
const ok = (name: string): JsonObject => ({ content: json(ref(name)), description: '' });
const key = (of: string): JsonObject => ({
  in: 'path',
  name: 'id',
  schema: { type: 'integer' },
  description: `A unique integer value identifying this ${of}.`,
  required: true,
});
const page = {
  name: 'page',
  required: false,
  in: 'query',
  description: 'A page number within the paginated result set.',
  schema: { type: 'integer' },
};
const pageSize = {
  name: 'page_size',
  required: false,
  in: 'query',
  description: 'Number of results to return per page.',
  schema: { type: 'integer' },
};

/** The operations of a ModelViewSet. */
function viewSet(noun: string, schema: string, filters: JsonObject[] = []): JsonObject {
  const tags = [noun];
  return {
    [`/api/${noun}/`]: {
      get: {
        operationId: `${noun}_list`,
        parameters: [...filters, page, pageSize],
        tags,
        responses: { 200: ok(`Paginated${schema}List`) },
      },
      post: {
        operationId: `${noun}_create`,
        tags,
        requestBody: { ...body(schema), required: true },
        responses: { 201: ok(schema) },
      },
    },
    [`/api/${noun}/{id}/`]: {
      get: { operationId: `${noun}_retrieve`, parameters: [key(noun)], tags, responses: { 200: ok(schema) } },
      put: {
        operationId: `${noun}_update`,
        parameters: [key(noun)],
        tags,
        requestBody: { ...body(schema), required: true },
        responses: { 200: ok(schema) },
      },
      patch: {
        operationId: `${noun}_partial_update`,
        parameters: [key(noun)],
        tags,
        requestBody: body(`Patched${schema}`),
        responses: { 200: ok(schema) },
      },
      delete: {
        operationId: `${noun}_destroy`,
        parameters: [key(noun)],
        tags,
        responses: { 204: { description: 'No response body' } },
      },
    },
  };
}

const project = {
  id: { type: 'integer', readOnly: true },
  name: { type: 'string', maxLength: 120 },
  slug: { type: 'string', maxLength: 50, pattern: '^[-a-zA-Z0-9_]+$' },
};
const issue = {
  id: { type: 'integer', readOnly: true },
  project: { type: 'integer' },
  title: { type: 'string', maxLength: 200 },
  description: { type: 'string' },
  status: { allOf: [ref('StatusEnum')] },
  estimate: { type: 'integer', maximum: 1000, minimum: 0, nullable: true },
  blocked: { type: 'boolean' },
  labels: { type: 'array', items: { type: 'string', maxLength: 40 } },
  due: { type: 'string', format: 'date', nullable: true },
  created_at: { type: 'string', format: 'date-time', readOnly: true },
};

function paginated(name: string): JsonObject {
  const link = { type: 'string', nullable: true, format: 'uri' };
  return {
    type: 'object',
    required: ['count', 'results'],
    properties: {
      count: { type: 'integer', example: 123 },
      next: { ...link, example: 'http://api.example.org/accounts/?page=4' },
      previous: { ...link, example: 'http://api.example.org/accounts/?page=2' },
      results: { type: 'array', items: ref(name) },
    },
  };
}

/** Names of what is written. */
export const issueNames: readonly string[] = Object.keys(issue).filter((name) => !['id', 'created_at'].includes(name));
export const projectNames: readonly string[] = ['name', 'slug'];
export const statuses: readonly string[] = ['open', 'in_progress', 'done'];

export const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Tracker API', version: '1.0.0' },
  paths: {
    ...viewSet('projects', 'Project'),
    ...viewSet('issues', 'Issue', [{ in: 'query', name: 'status', schema: ref('StatusEnum') }]),
  },
  components: {
    schemas: {
      StatusEnum: {
        enum: statuses,
        type: 'string',
        description: '* `open` - Open\n* `in_progress` - In progress\n* `done` - Done',
      },
      Project: { type: 'object', properties: project, required: ['id', 'name'] },
      PatchedProject: { type: 'object', properties: project },
      Issue: { type: 'object', properties: issue, required: ['created_at', 'id', 'project', 'title'] },
      PatchedIssue: { type: 'object', properties: issue },
      PaginatedProjectList: paginated('Project'),
      PaginatedIssueList: paginated('Issue'),
    },
  },
};
