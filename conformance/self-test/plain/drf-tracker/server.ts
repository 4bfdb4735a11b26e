/** As Django REST framework answers: errors by field, `detail` for the rest, pages, trailing slashes. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import { application, Refusal, Table, type PlainAnswer, type PlainHandler, type PlainRequest } from '../server.ts';
import { document, issueNames, projectNames } from './document.ts';

const check = checkOf(document);

/** @returns the answer of an exception that is no ValidationError */
export function detail(status: number, text: string): PlainAnswer {
  return { status, json: { detail: text } };
}

/** A serializer takes no read-only property, and says of every property what is wrong. */
function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type))
    throw new Refusal(detail(415, `Unsupported media type "${type}" in request.`));
  if (typeof body === 'string' || body === undefined) throw new Refusal(detail(400, 'JSON parse error'));
  if (!isObject(body))
    throw new Refusal({ status: 400, json: { non_field_errors: ['Invalid data. Expected a dictionary.'] } });
  const known = { id: 0, created_at: '2026-01-01T00:00:00Z' };
  const errors: Record<string, string[]> = {};
  for (const { place, message } of check(schema, { ...body, ...known }))
    errors[place[0] ?? ''] = [...(errors[place[0] ?? ''] ?? []), message];
  for (const name of ['title', 'name']) if (body[name] === '') errors[name] = ['This field may not be blank.'];
  if (Object.keys(errors).length > 0) throw new Refusal({ status: 400, json: errors });
  return body;
}

function pageOf(rows: readonly JsonObject[], { query, path }: PlainRequest): PlainAnswer {
  const size = Math.min(Number(/^[1-9]\d{0,2}$/.exec(query.get('page_size') ?? '')?.[0] ?? 20), 100);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const asked = query.get('page') ?? '1';
  const page = asked === 'last' ? last : Number(/^[1-9]\d{0,5}$/.exec(asked)?.[0]);
  if (!(page <= last)) throw new Refusal(detail(404, 'Invalid page.'));
  const link = (to: number): string | null => {
    if (to < 1 || to > last) return null;
    const next = new URLSearchParams(query);
    next.set('page', String(to));
    return `http://127.0.0.1${path}?${next.toString()}`;
  };
  return {
    status: 200,
    json: {
      count: rows.length,
      next: link(page + 1),
      previous: link(page - 1),
      results: rows.slice((page - 1) * size, page * size),
    },
  };
}

/** @returns a server without records */
export function serve(): PlainHandler {
  const projects = new Table();
  const issues = new Table();
  const found = (table: Table, id: string | undefined): JsonObject => {
    const row = /^\d{1,9}$/.test(id ?? '') ? table.get(id) : undefined;
    if (!row) throw new Refusal(detail(404, 'No record matches the given query.'));
    return row;
  };
  const projectOf = (body: JsonObject): void => {
    if (body.project !== undefined && !projects.get(body.project))
      throw new Refusal({
        status: 400,
        json: { project: ['Invalid pk - object does not exist.'] },
      });
  };
  const initial = { description: '', status: 'open', estimate: null, blocked: false, labels: [], due: null };
  const removed = (table: Table, id: string | undefined): PlainAnswer => {
    table.rows.delete(String(found(table, id).id));
    return { status: 204 };
  };
  const changed = (table: Table, id: string | undefined, request: PlainRequest, schema: string): PlainAnswer => {
    const row = found(table, id);
    const body = validated(request, schema);
    if (table === issues) projectOf(body);
    return {
      status: 200,
      json: table.put(row.id, { ...row, ...picked(body, table === issues ? issueNames : projectNames) }),
    };
  };
  return application(
    {
      'GET /api/projects/': (_values, request) => pageOf([...projects.rows.values()], request),
      'POST /api/projects/': (_values, request) => {
        const body = validated(request, 'Project');
        const id = projects.nextId();
        return { status: 201, json: projects.put(id, { id, ...picked(body, projectNames) }) };
      },
      'GET /api/projects/{id}/': ({ id }) => ({ status: 200, json: found(projects, id) }),
      'PUT /api/projects/{id}/': ({ id }, request) => changed(projects, id, request, 'Project'),
      'PATCH /api/projects/{id}/': ({ id }, request) => changed(projects, id, request, 'PatchedProject'),
      'DELETE /api/projects/{id}/': ({ id }) => {
        const answer = removed(projects, id);
        for (const [key, row] of issues.rows) if (String(row.project) === id) issues.rows.delete(key);
        return answer;
      },
      'GET /api/issues/': (_values, request) => {
        const status = request.query.get('status') ?? '';
        if (status !== '' && check('StatusEnum', status).length > 0)
          return { status: 400, json: { status: [`Select a valid choice. ${status} is none.`] } };
        return pageOf(
          [...issues.rows.values()].filter((row) => status === '' || row.status === status),
          request,
        );
      },
      'POST /api/issues/': (_values, request) => {
        const body = validated(request, 'Issue');
        projectOf(body);
        const id = issues.nextId();
        const made = { id, ...initial, ...picked(body, issueNames), created_at: new Date().toISOString() };
        return { status: 201, json: issues.put(id, made) };
      },
      'GET /api/issues/{id}/': ({ id }) => ({ status: 200, json: found(issues, id) }),
      'PUT /api/issues/{id}/': ({ id }, request) => changed(issues, id, request, 'Issue'),
      'PATCH /api/issues/{id}/': ({ id }, request) => changed(issues, id, request, 'PatchedIssue'),
      'DELETE /api/issues/{id}/': ({ id }) => removed(issues, id),
    },
    { path: { status: 404, text: 'Not Found' }, method: detail(405, 'Method not allowed.') },
  );
}
