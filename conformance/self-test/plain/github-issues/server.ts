/** As GitHub answers: `message` and `errors`, issues counted in each repository, pages by Link headers, ETags. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf, picked } from '../check.ts';
import {
  application,
  Refusal,
  Table,
  type PathValues,
  type PlainAnswer,
  type PlainHandler,
  type PlainRequest,
} from '../server.ts';
import { commentFields, issueChanges, repoFields, requests } from './document.ts';

const check = checkOf(requests, 'schemas');
const owner = { login: 'octo', id: 1 };
const help = 'https://docs.example.com/rest';

/** @returns a refusal as GitHub writes it */
export function message(status: number, text: string, field?: string): PlainAnswer {
  const errors = status === 422 ? { errors: [{ resource: 'Issue', field: field ?? '', code: 'invalid' }] } : {};
  return { status, json: { message: text, documentation_url: help, ...errors } };
}

/** Whatever the media type says, a body is read as JSON. */
function validated({ body }: PlainRequest, schema: string): JsonObject {
  if (typeof body === 'string' || body === undefined) throw new Refusal(message(400, 'Problems parsing JSON'));
  if (!isObject(body)) throw new Refusal(message(400, 'Body should be a JSON object'));
  const [wrong] = check(schema, body);
  if (wrong) throw new Refusal(message(422, 'Validation Failed', wrong.place.join('.')));
  return body;
}

function pageOf(rows: readonly JsonObject[], { query, path }: PlainRequest): PlainAnswer {
  const number = (name: string, otherwise: number): number => {
    const asked = query.get(name) ?? '';
    return /^[1-9]\d{0,6}$/.test(asked) ? Number(asked) : otherwise;
  };
  const size = Math.min(number('per_page', 30), 100);
  const page = number('page', 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const link = (to: number, rel: string): string => {
    const next = new URLSearchParams(query);
    next.set('page', String(to));
    return `<${path}?${next.toString()}>; rel="${rel}"`;
  };
  const links: Record<string, string> = page < last ? { link: `${link(page + 1, 'next')}, ${link(last, 'last')}` } : {};
  return { status: 200, headers: links, json: rows.slice((page - 1) * size, page * size) };
}

/** @returns a server without repositories */
export function serve(): PlainHandler {
  const repos = new Table(5000);
  const issues = new Table(70_000);
  const comments = new Table(900_000);
  const repoOf = (values: PathValues): JsonObject => {
    const row = values.owner === owner.login ? repos.get(values.repo?.toLowerCase()) : undefined;
    if (!row) throw new Refusal(message(404, 'Not Found'));
    return row;
  };
  const keyOf = ({ id }: JsonObject, number: unknown): string => `${String(id)}#${String(number)}`;
  const issueOf = (values: PathValues): JsonObject => {
    const row = issues.get(keyOf(repoOf(values), values.number));
    if (!row) throw new Refusal(message(404, 'Not Found'));
    return row;
  };
  const below = (table: Table, key: string): JsonObject[] =>
    [...table.rows.entries()].flatMap(([at, row]) => (at.startsWith(`${key}#`) ? [row] : []));
  const commentOf = (values: PathValues): [string, JsonObject] => {
    const { id } = repoOf(values);
    const found = [...comments.rows].find(
      ([at, row]) => at.startsWith(`${String(id)}#`) && String(row.id) === values.comment,
    );
    if (!found) throw new Refusal(message(404, 'Not Found'));
    return found;
  };
  return application(
    {
      'POST /user/repos': (_values, request) => {
        const body = validated(request, 'repo');
        const name = String(body.name);
        if (!/^[\w.-]{1,100}$/.test(name) || repos.get(name.toLowerCase()))
          return message(422, 'Repository creation failed.', 'name');
        const row = {
          id: repos.nextId(),
          owner,
          private: false,
          description: null,
          ...picked(body, Object.keys(repoFields)),
        };
        return {
          status: 201,
          headers: { location: `/repos/${owner.login}/${name}` },
          json: repos.put(name.toLowerCase(), row),
        };
      },
      'GET /repos/{owner}/{repo}': (values) => ({ status: 200, json: repoOf(values) }),
      'DELETE /repos/{owner}/{repo}': (values) => {
        const row = repoOf(values);
        repos.rows.delete(String(row.name).toLowerCase());
        for (const table of [issues, comments])
          for (const key of table.rows.keys()) if (key.startsWith(`${String(row.id)}#`)) table.rows.delete(key);
        return { status: 204 };
      },
      'GET /repos/{owner}/{repo}/issues': (values, request) =>
        pageOf(below(issues, String(repoOf(values).id)), request),
      'POST /repos/{owner}/{repo}/issues': (values, request) => {
        const repo = repoOf(values);
        const body = validated(request, 'issue');
        const number = below(issues, String(repo.id)).length + 1;
        const initial = { body: null, labels: [], milestone: null, state: 'open', user: owner };
        const made = {
          id: issues.nextId(),
          number,
          ...initial,
          ...picked(body, Object.keys(issueChanges)),
          created_at: new Date().toISOString(),
        };
        return { status: 201, json: issues.put(keyOf(repo, number), { ...made, state: 'open' }) };
      },
      'GET /repos/{owner}/{repo}/issues/comments/{comment}': (values) => ({ status: 200, json: commentOf(values)[1] }),
      'DELETE /repos/{owner}/{repo}/issues/comments/{comment}': (values) => {
        comments.rows.delete(commentOf(values)[0]);
        return { status: 204 };
      },
      'GET /repos/{owner}/{repo}/issues/{number}': (values, { headers }) => {
        const row = issueOf(values);
        const etag = `"${createHash('sha1').update(JSON.stringify(row)).digest('hex')}"`;
        return headers['if-none-match'] === etag
          ? { status: 304, headers: { etag } }
          : { status: 200, headers: { etag }, json: row };
      },
      'PATCH /repos/{owner}/{repo}/issues/{number}': (values, request) => {
        const row = issueOf(values);
        const body = validated(request, 'change');
        const changed = { ...row, ...picked(body, Object.keys(issueChanges)) };
        return { status: 200, json: issues.put(keyOf(repoOf(values), values.number), changed) };
      },
      'GET /repos/{owner}/{repo}/issues/{number}/comments': (values, request) => {
        const { number } = issueOf(values);
        return pageOf(below(comments, keyOf(repoOf(values), number)), request);
      },
      'POST /repos/{owner}/{repo}/issues/{number}/comments': (values, request) => {
        const { number } = issueOf(values);
        const body = validated(request, 'comment');
        const id = comments.nextId();
        const key = `${keyOf(repoOf(values), number)}#${String(id)}`;
        return {
          status: 201,
          json: comments.put(key, { id, user: owner, ...picked(body, Object.keys(commentFields)) }),
        };
      },
    },
    { path: message(404, 'Not Found'), method: message(404, 'Not Found') },
  );
}
