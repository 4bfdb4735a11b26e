import {
  answering,
  changingAnswers,
  htmlPage,
  isJson,
  isMalformed,
  statusIs,
  successOf,
  withBody,
} from '../../behaviours/answering.ts';
import { bearer, lettingIn } from '../../behaviours/auth.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must, should } = rowsOf('calldesk');
const POST = 'createCall';
const GET = 'getCall';
const all = [POST, GET, 'getCallStatus', 'listCallRecordings'];

const isKnown = (token: string | undefined): boolean => token === 'calldesk_test';
const refused = ({ status }: { status: number }): boolean => status >= 400;

/** Statuses, codes, envelopes and tokens. */
export const wire: readonly Fault[] = [
  should(
    'create-answers-200',
    'a create answers 200',
    { operation: POST },
    changingAnswers(successOf(POST), (answered) => ({ ...answered, status: 200 })),
  ),
  must(
    'get-answers-201',
    'GET answers 201',
    { operation: GET },
    changingAnswers(successOf(GET), (answered) => ({ ...answered, status: 201 })),
  ),
  must(
    'create-is-wrapped',
    'a create wraps the call in data',
    { operation: POST },
    changingAnswers(
      successOf(POST),
      withBody((body) => ({ data: body })),
    ),
  ),
  must(
    'errors-are-html',
    'refusals are HTML pages',
    { operation: all },
    changingAnswers(refused, ({ status }) => htmlPage(status)),
  ),
  must(
    'error-is-text',
    'error is a text',
    { operation: all, field: 'error' },
    changingAnswers(
      refused,
      withBody(() => ({ error: 'Refused.' })),
    ),
  ),
  must(
    'error-is-flat',
    'code and message stand outside error',
    { operation: all, field: 'error' },
    changingAnswers(
      refused,
      withBody((body) => dig(body, 'error')),
    ),
  ),
  must(
    'error-without-code',
    'errors have no code',
    { operation: all, field: ['error', 'code'] },
    error((found) => ({ ...found, code: undefined })),
  ),
  must(
    'error-without-message',
    'errors have no message',
    { operation: all, field: ['error', 'message'] },
    error((found) => ({ ...found, message: undefined })),
  ),
  must(
    'validation-code-wrong',
    'a validation error has another code',
    { operation: POST, field: ['error', 'code'] },
    error((found) => (found['code'] === 'validation_error' ? { ...found, code: 'bad_request' } : found)),
  ),
  must(
    'unauthorized-code-wrong',
    'a missing token has the code forbidden',
    { operation: all, field: ['error', 'code'] },
    error((found) => (found['code'] === 'unauthorized' ? { ...found, code: 'forbidden' } : found)),
  ),
  must(
    'not-found-code-wrong',
    'an unknown call has the code validation_error',
    { operation: all, field: ['error', 'code'] },
    error((found) => (found['code'] === 'not_found' ? { ...found, code: 'validation_error' } : found)),
  ),
  must(
    'error-fields-are-a-list',
    'error.fields is an array',
    { operation: POST, field: ['error', 'fields'] },
    error((found) => (isObject(found['fields']) ? { ...found, fields: Object.keys(found['fields']) } : found)),
  ),
  must(
    'token-unchecked',
    'no token is needed',
    { operation: all },
    lettingIn((asked) => !isKnown(bearer(asked))),
  ),
  must(
    'garbage-token-accepted',
    'any token is let in',
    { operation: all },
    lettingIn((asked) => bearer(asked) !== undefined && !isKnown(bearer(asked))),
  ),
  must(
    'get-needs-no-token',
    'GET of a call needs no token',
    { operation: GET },
    lettingIn((asked) => asked.operation === GET),
  ),
  must(
    'recordings-need-no-token',
    'the recordings need no token',
    { operation: 'listCallRecordings' },
    lettingIn((asked) => asked.operation === 'listCallRecordings'),
  ),
  must(
    'missing-token-answers-403',
    'a request without a token answers 400',
    { operation: all },
    changingAnswers(statusIs(401), (_answered, _asked, api) => api.refusal(400)),
  ),
  must(
    'unknown-call-answers-200',
    'an unknown call answers 200',
    { operation: GET },
    changingAnswers(statusIs(404), (answered, { operation, id }) =>
      operation === GET
        ? {
            ...answered,
            status: 200,
            body: {
              call_id: id,
              status: 'unknown',
              caller_id: '',
              destination: '',
              created_at: new Date(0).toISOString(),
              recording: { enabled: false },
              links: { self: '', status: '', recordings: '' },
            },
          }
        : answered,
    ),
  ),
  must(
    'unknown-call-answers-500',
    'an unknown call answers 500',
    { operation: all.slice(1) },
    changingAnswers(statusIs(404), (_answered, _asked, api) => api.refusal(500)),
  ),
  must(
    'status-of-unknown-call-answers-200',
    '…/status of an unknown call answers 200',
    { operation: 'getCallStatus' },
    changingAnswers(statusIs(404), (answered, { operation, id }) =>
      operation === 'getCallStatus' ? { ...answered, status: 200, body: { call_id: id, status: 'queued' } } : answered,
    ),
  ),
  must(
    'malformed-json-answers-500',
    'malformed JSON answers 500',
    { operation: POST },
    answering(isMalformed, (_asked, api) => api.refusal(500)),
  ),
  must(
    'array-answers-500',
    'an array in place of the object answers 500',
    { operation: POST },
    answering(
      ({ operation, body }) => operation === POST && Array.isArray(body),
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'other-media-type-answers-500',
    'another media type answers 500',
    { operation: POST },
    answering(
      (asked) => asked.operation === POST && !isJson(asked),
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'other-method-answers-500',
    'a method that the path lacks answers 500',
    { operation: all },
    changingAnswers(statusIs(405), (_answered, _asked, api) => api.refusal(500)),
  ),
  must(
    'null-record-answers-500',
    'record that is a text answers 500',
    { operation: POST },
    answering(
      ({ body }) => typeof dig(body, 'record') === 'string',
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'validation-answers-500',
    'a missing destination answers 500',
    { operation: POST, field: 'destination' },
    answering(
      ({ operation, body }) => operation === POST && isObject(body) && body['destination'] === undefined,
      (_asked, api) => api.refusal(500),
    ),
  ),
  {
    ...must(
      'create-without-request-id',
      'every answer but that of a create has the demanded X-Request-Id',
      { operation: POST, rules: ['response-headers'] },
      changingAnswers(
        (answered, asked) => !successOf(POST)(answered, asked),
        (answered) => ({ ...answered, headers: { ...answered.headers, 'x-request-id': 'a-request' } }),
      ),
    ),
    demandsHeaders: ['X-Request-Id'],
  },
];

function error(change: (found: Record<string, unknown>) => unknown): Behaviour {
  return changingAnswers(
    refused,
    withBody((body) => {
      const found = dig(body, 'error');
      return isObject(found) ? { error: change(found) } : body;
    }),
  );
}
