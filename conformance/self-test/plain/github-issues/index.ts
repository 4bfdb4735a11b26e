/** In the manner of GitHub. */
import { isObject } from '../../json.ts';
import type { PlainApi, PlainFault } from '../api.ts';
import { asking, showing, without } from '../behaviours.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { document, issueChanges } from './document.ts';
import type { PlainMiddleware } from '../server.ts';
import { message, serve } from './server.ts';

const name = 'github-issues';
const issues = '/repos/*/*/issues';

const shape: Shape = {
  api: name,
  create: { at: `POST ${issues}`, operation: 'issues/create' },
  read: { at: `GET ${issues}/*`, operation: 'issues/get' },
  list: { at: `GET ${issues}`, operation: 'issues/list-for-repo' },
  update: { at: `PATCH ${issues}/*`, operation: 'issues/update' },
  id: 'number',
  names: Object.keys(issueChanges),
  samples: { title: 'It rains', milestone: 1 },
  text: { name: 'title' },
  length: { name: 'title', wrong: (value) => String(value).length > 256 },
  optional: { name: 'body' },
  number: { name: 'milestone', wrong: (value) => Number(value) > 10_000 },
  several: { name: 'labels' },
  blank: { body: null, labels: [] },
  child: {
    id: 'id',
    create: { at: `POST ${issues}/*/comments`, operation: 'issues/create-comment' },
    list: { at: `GET ${issues}/*/comments`, operation: 'issues/list-comments' },
  },
  refusedWith: 422,
  refusal: (status, property) => message(status, 'Not possible', property),
  wishes: ['404', '405', '409', 'Content-Type', 'query parameter'],
};

const must = (
  id: string,
  title: string,
  rules: readonly string[],
  names: readonly string[],
  behaviour: () => PlainMiddleware,
): PlainFault => ({ id: `${name}/${id}`, title, level: 'MUST', rules, names, behaviour });

/** Leaves a header out of the answers to one method. */
function headless(method: string, header: string): () => PlainMiddleware {
  return () => (request, next) => {
    const answer = next(request);
    if (request.method !== method) return answer;
    const left = Object.entries(answer.headers ?? {}).filter(([one]) => one !== header);
    return { ...answer, headers: Object.fromEntries(left) };
  };
}

export const githubIssues: PlainApi = {
  name,
  document,
  serve,
  faults: [
    ...commonFaults(shape),
    must(
      'etag-missing',
      'a documented header is missing in a read',
      ['response-headers'],
      ['ETag'],
      headless('GET', 'etag'),
    ),
    must(
      'location-missing',
      'a create does not say where its record is',
      ['response-headers'],
      ['Location'],
      headless('POST', 'location'),
    ),
    must(
      'refusals-incomplete',
      'a refusal lacks a property that its schema requires',
      ['response-body', 'required-missing'],
      ['documentation_url'],
      () => (request, next) => {
        const answer = next(request);
        return answer.status === 422 && isObject(answer.json)
          ? { ...answer, json: without(answer.json, 'documentation_url') }
          : answer;
      },
    ),
    must(
      'private-ignored',
      'every repository is returned as a public one',
      ['round-trip', 'presence', 'accepts-value'],
      ['private'],
      showing(['GET /repos/*/*'], (record) => ({ ...record, private: false })),
    ),
    must(
      'comment-cut',
      'a comment is stored without its end',
      ['round-trip', 'presence', 'accepts-value'],
      ['body'],
      asking([`POST ${issues}/*/comments`], (body) => ({
        ...body,
        body: typeof body.body === 'string' ? body.body.slice(0, 12) : body.body,
      })),
    ),
  ],
  variants: commonVariants(shape),
};
