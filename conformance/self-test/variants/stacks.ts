import { alteringField } from '../behaviours/altering.ts';
import { answering, changingAnswers, statusIs } from '../behaviours/answering.ts';
import { optimisticLocks } from '../behaviours/locking.ts';
import type { Answered, Asked, Variant } from '../fault.ts';
import { dig, isObject, onText } from '../json.ts';
import { refusing } from './refusing.ts';
import { each, everyContract } from './row.ts';

/** Characters that RFC 3986 (sections 3.3 and 3.4) has in no path and no query: Tomcat refuses a request line that holds one. */
const NOT_IN_A_URI = /[[\]"<>\\^`{}|]|[^!-~]/;

const problemJson = (status: number, title: string, headers: Record<string, string> = {}): Answered => ({
  status,
  headers: { ...headers, 'content-type': 'application/problem+json' },
  body: { type: 'about:blank', title, status },
});

/** Not told as a validation error: a body that is no JSON. */
const isValidation = ({ status }: Answered, { method, body }: Asked): boolean =>
  status === 400 && (method === 'GET' || body !== undefined);

const inTexts =
  (when: (text: string) => boolean) =>
  ({ body }: Asked): boolean =>
    isObject(body) && anyText(body, when);

/** What widespread stacks do by default, and a contract allows. */
export const stacks: readonly Variant[] = [
  ...each(
    everyContract,
    'strict-request-line',
    'a request line with characters that RFC 3986 does not allow there answers a 400 page in HTML (Tomcat)',
    answering(
      ({ path, query }) => NOT_IN_A_URI.test(path + query),
      () => ({
        status: 400,
        headers: { 'content-type': 'text/html;charset=utf-8' },
        body: undefined,
        raw: '<!doctype html><title>HTTP Status 400 – Bad Request</title>',
      }),
    ),
  ),
  ...each(
    ['voice-calls'],
    'optimistic-locks',
    'of updates of one call that overlap, all but one answer 409 (JPA with @Version)',
    optimisticLocks,
  ),
  ...each(
    everyContract,
    'problem-json-405',
    'a method that the path lacks answers 405 with Allow and application/problem+json (Spring, RFC 9457)',
    changingAnswers(statusIs(405), ({ headers }) =>
      problemJson(405, 'Method Not Allowed', { allow: headers['allow'] ?? 'GET' }),
    ),
  ),
  ...each(
    everyContract,
    'plain-text-405',
    'a method that the path lacks answers 405 with Allow in plain text (Go)',
    changingAnswers(statusIs(405), ({ headers }) => ({
      status: 405,
      headers: { allow: headers['allow'] ?? 'GET', 'content-type': 'text/plain; charset=utf-8' },
      body: undefined,
      raw: 'Method Not Allowed\n',
    })),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'problem-json-422',
    'validation errors answer 422 with application/problem+json (RFC 9457)',
    changingAnswers(isValidation, () => problemJson(422, 'Unprocessable Content')),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'detail-422',
    'validation errors answer 422 with a list of details (FastAPI)',
    changingAnswers(isValidation, (answered, _asked, api) => ({
      status: 422,
      headers: { 'content-type': 'application/json' },
      body: {
        detail: api
          .fieldsNamedIn(answered.body)
          .map((field) => ({ type: 'value_error', loc: ['body', field], msg: 'Value error' })),
      },
    })),
  ),
  ...each(
    everyContract,
    'slash-redirected',
    'a path with a slash at its end is redirected to the one without it',
    answering(
      ({ path }) => path.endsWith('/'),
      ({ path, query }) => ({
        status: 308,
        headers: { location: path.replace(/\/+$/, '') + query },
        body: undefined,
        raw: '',
      }),
    ),
  ),
  ...each(
    everyContract,
    'markup-escaped',
    'JSON escapes <, > and &, and ends in a line break (Go)',
    changingAnswers(
      ({ body }) => body !== undefined,
      (answered) => ({
        ...answered,
        raw: `${JSON.stringify(answered.body).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)}\n`,
      }),
    ),
  ),
  ...each(
    ['voice-calls'],
    'short-fractions',
    'instants have no zeros at the end of their fractions (Go)',
    alteringField('created_at', onText(shortFraction)),
  ),
  ...each(
    ['voice-calls', 'calldesk'],
    'prototype-refused',
    'a body with a key __proto__ answers 400 (Fastify)',
    refusing(({ raw }) => raw?.includes('"__proto__"') === true),
  ),
  ...each(
    ['voice-calls'],
    'repeated-keys-refused',
    'a body with a key twice answers 400',
    refusing(({ raw }) => /^\{("[^"]+"):.*?,\1:/s.test(raw?.toString() ?? '')),
  ),
  ...each(
    everyContract,
    'control-characters-refused',
    'texts with control characters, line breaks included, are refused',
    refusing(inTexts((text) => /\p{Cc}/u.test(text))),
  ),
  ...each(
    ['voice-calls'],
    'ten-decimals',
    'a rate or price of more than ten digits after the point is refused',
    refusing(({ body }) => ['rate', 'price'].some((name) => /\.\d{11}/.test(String(dig(body, name))))),
  ),
  ...each(
    ['voice-calls'],
    'canonical-uris',
    'external_app_url reads back in its canonical form, with a host in lower case and a path (Pydantic)',
    alteringField(
      'external_app_url',
      onText((text) => new URL(text).href),
    ),
  ),
];

function shortFraction(text: string): string {
  return text.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z');
}

function anyText(value: unknown, when: (text: string) => boolean): boolean {
  if (typeof value === 'string') return when(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => anyText(one, when));
}
