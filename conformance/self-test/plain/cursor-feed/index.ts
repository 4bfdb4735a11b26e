/** In the manner of a small public API: cursors, numbered pages and offsets side by side. */
import type { PlainApi, PlainFault, PlainVariant } from '../api.ts';
import { answering, asking, instead, isAsked, without } from '../behaviours.ts';
import type { PlainHandler, PlainMiddleware, PlainRequest } from '../server.ts';
import { isObject } from '../../json.ts';
import { document } from './document.ts';
import { serveFeed, type PageWays } from './server.ts';

const name = 'cursor-feed';
const lists = ['GET /posts', 'GET /authors', 'GET /events'];

const pages = (id: string, title: string, names: string[], ways: PageWays): PlainFault => ({
  id: `${name}/${id}`,
  title,
  level: 'MUST',
  names,
  behaviour: () => serveFeed(ways),
});

const faults: readonly PlainFault[] = [
  pages('cursor-ignored', 'a cursor leads to the first page again', ['listPosts'], { after: () => 0 }),
  pages('cursor-repeats', 'the last record of a page is the first of the next', ['listPosts'], {
    after: (ids, cursor) => ids.indexOf(cursor),
  }),
  pages('cursor-skips', 'between two pages a record is left out', ['listPosts'], {
    after: (ids, cursor) => ids.indexOf(cursor) + 2,
  }),
  pages('page-ignored', 'the number of the page is ignored', ['listAuthors'], {
    start: (start, _size, _count, by) => (by === 'page' ? 0 : start),
  }),
  pages('offset-ignored', 'the offset is ignored', ['listEvents'], {
    start: (start, _size, _count, by) => (by === 'offset' ? 0 : start),
  }),
  pages('offset-and-limit-ignored', 'all events come whatever offset was asked for', ['listEvents'], {
    start: (start, _size, _count, by) => (by === 'offset' ? 0 : start),
    size: () => 1000,
  }),
  pages('offset-skips', 'an offset skips one record more', ['listEvents'], {
    start: (start) => (start === 0 ? 0 : start + 1),
  }),
  pages('page-repeats', 'each page begins one record too early', ['listAuthors'], {
    start: (start) => Math.max(0, start - 1),
  }),
  pages('size-ignored', 'the size of a page is ignored', ['listAuthors', 'listEvents', 'listPosts'], {
    size: () => 30,
  }),
  {
    id: `${name}/cursor-refused`,
    title: 'a cursor that the server has returned is refused',
    level: 'MUST',
    names: ['listPosts'],
    behaviour: () => (request, next) =>
      request.query.has('cursor') ? { status: 400, json: { error: 'no such cursor' } } : next(request),
  },
  {
    id: `${name}/listed-by-half`,
    title: 'every second event is left out of the list',
    level: 'MUST',
    names: ['listEvents'],
    behaviour: answering(['GET /events'], (answer) => ({
      ...answer,
      json:
        isObject(answer.json) && Array.isArray(answer.json.data)
          ? { ...answer.json, data: answer.json.data.filter((_, index) => index % 2 === 0) }
          : answer.json,
    })),
  },
  {
    id: `${name}/etag-ignored-on-read`,
    title: 'If-None-Match is ignored',
    level: 'MUST',
    names: ['getPost', '/posts/{postId}'],
    behaviour: () => withoutHeader('if-none-match'),
  },
  {
    id: `${name}/etag-ignored-on-write`,
    title: 'If-Match is ignored',
    level: 'MUST',
    names: ['replacePost', '/posts/{postId}'],
    behaviour: () => withoutHeader('if-match'),
  },
  {
    id: `${name}/key-ignored`,
    title: 'a repeat under the same Idempotency-Key makes a second author',
    level: 'MUST',
    names: ['createAuthor'],
    behaviour: () => withoutHeader('idempotency-key'),
  },
  {
    id: `${name}/import-never-there`,
    title: 'an import is said to have succeeded and is not there',
    level: 'MUST',
    names: ['getImport', 'startImport'],
    behaviour: instead('GET /imports/*', () => ({ status: 404, json: { error: 'not found' } })),
  },
  {
    id: `${name}/import-loses-lines`,
    title: 'an import that was accepted loses a property',
    level: 'MUST',
    names: ['lines'],
    behaviour: asking(['POST /imports'], (body) => without(body, 'lines')),
  },
  {
    id: `${name}/label-note-lost`,
    title: 'a note that was put is not stored',
    level: 'MUST',
    names: ['note'],
    behaviour: asking(['PUT /labels/*'], (body) => without(body, 'note')),
  },
  {
    id: `${name}/label-not-stored`,
    title: 'a label that was put is not there',
    level: 'MUST',
    names: ['getLabel', 'putLabel'],
    behaviour: () => (request, next) =>
      isAsked(request, 'PUT /labels/*') ? { ...next(request), ...gone(request, next) } : next(request),
  },
  {
    id: `${name}/label-never-replaced`,
    title: 'a second PUT of a label is answered and changes nothing',
    level: 'MUST',
    names: ['putLabel', 'getLabel', 'color'],
    behaviour: () => (request, next) => {
      if (!isAsked(request, 'PUT /labels/*') || !isObject(request.body)) return next(request);
      const before = next({ ...request, method: 'GET' });
      if (before.status !== 200 || !isObject(before.json)) return next(request);
      const answer = next(request);
      if (answer.status === 200) next({ ...request, body: without(before.json, 'name') });
      return answer;
    },
  },
  {
    id: `${name}/label-merged`,
    title: 'a PUT keeps what it leaves out',
    level: 'SHOULD',
    names: ['note'],
    behaviour: () => (request, next) => {
      if (!isAsked(request, 'PUT /labels/*') || !isObject(request.body)) return next(request);
      const before = next({ ...request, method: 'GET' });
      const kept = isObject(before.json) ? without(before.json, 'name') : {};
      return next({ ...request, body: request.body.color === undefined ? request.body : { ...kept, ...request.body } });
    },
  },
  {
    id: `${name}/settings-not-stored`,
    title: 'a setting is echoed and not stored',
    level: 'MUST',
    names: ['greeting'],
    behaviour: () => (request, next) => {
      const answer = next(request);
      return isAsked(request, 'GET /settings') && isObject(answer.json)
        ? { ...answer, json: { ...answer.json, greeting: 'hello' } }
        : answer;
    },
  },
];

/** A header that never reaches the server. */
function withoutHeader(name: string): PlainMiddleware {
  return (request, next) => {
    const { [name]: _left, ...headers } = request.headers;
    return next({ ...request, headers });
  };
}

/** Makes a record, and removes it at once. */
function gone(request: PlainRequest, next: PlainHandler): object {
  next({ ...request, method: 'DELETE' });
  return {};
}

const variants: readonly PlainVariant[] = [
  { id: `${name}/as-it-is`, title: 'the right server itself', wishes: ['409'] },
  {
    id: `${name}/newest-first`,
    title: 'the newest record is listed first',
    wishes: ['409'],
    behaviour: () => serveFeed({ order: (rows) => rows.reverse() }),
  },
  {
    id: `${name}/imports-take-long`,
    title: 'an import is not done for a long time',
    wishes: ['409'],
    behaviour: instead('GET /progress/*', () => ({ status: 200, json: { status: 'running' } })),
  },
  {
    id: `${name}/weak-tags`,
    title: 'tags are weak, so that If-Match never holds',
    wishes: ['409'],
    behaviour: () => (request, next) => {
      if (request.headers['if-match'] !== undefined) return { status: 412, json: { error: 'weak' } };
      const plainly = {
        ...request.headers,
        ...(request.headers['if-none-match']
          ? { 'if-none-match': request.headers['if-none-match'].replace('W/', '') }
          : {}),
      };
      const answer = next({ ...request, headers: plainly });
      const etag = answer.headers?.etag;
      return etag === undefined ? answer : { ...answer, headers: { ...answer.headers, etag: `W/${etag}` } };
    },
  },
  {
    id: `${name}/repeats-refused`,
    title: 'a repeat under the same Idempotency-Key is refused',
    wishes: ['409'],
    behaviour: () => {
      const seen = new Set<string>();
      return (request, next) => {
        const key = request.headers['idempotency-key'];
        if (key !== undefined && seen.has(key)) return { status: 409, json: { error: 'used' } };
        if (key !== undefined) seen.add(key);
        return next(request);
      };
    },
  },
  {
    id: `${name}/short-pages`,
    title: 'no page has more than seven records, whatever was asked for',
    wishes: ['409'],
    behaviour: () => serveFeed({ size: (size) => Math.min(size, 7) }),
  },
  {
    id: `${name}/at-least-five`,
    title: 'every page has five records at least',
    wishes: ['409', 'limit', 'per_page'],
    behaviour: () => serveFeed({ size: (size) => Math.max(size, 5) }),
  },
  {
    id: `${name}/last-page-again`,
    title: 'behind the last page the last one is returned again',
    wishes: ['409'],
    behaviour: () =>
      serveFeed({ start: (start, size, count) => Math.min(start, Math.max(0, Math.ceil(count / size) - 1) * size) }),
  },
  {
    id: `${name}/others-write`,
    title: 'somebody else makes posts while the lists are walked',
    wishes: ['409'],
    behaviour: () => {
      let count = 0;
      return (request, next) => {
        count += 1;
        if (count % 7 === 0 && lists.includes(`${request.method} ${request.path}`))
          next({
            ...request,
            method: 'POST',
            query: new URLSearchParams(),
            headers: { 'content-type': 'application/json' },
            body: { title: 'of somebody else', name: 'of somebody else', label: 'of somebody else' },
          });
        return next(request);
      };
    },
  },
];

export const cursorFeed: PlainApi = { name, document, serve: () => serveFeed(), faults, variants };
