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
import { lettingIn } from '../../behaviours/auth.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Asked, Behaviour, Fault } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must } = rowsOf('aicaller');
const POST = 'createPhoneCall';
const GET = 'getPhoneCall';
const LIST = 'listPhoneCalls';
const all = [POST, GET, LIST];

const refused = ({ status }: { status: number }): boolean => status >= 400;
const key = ({ headers }: Asked): string | undefined => headers['aicaller-api-key'];

/** Statuses, envelopes and keys. */
export const wire: readonly Fault[] = [
  must(
    'create-answers-201',
    'a create answers 201',
    { operation: POST },
    changingAnswers(successOf(POST), (answered) => ({ ...answered, status: 201 })),
  ),
  must(
    'create-is-bare',
    'a create answers the call without data',
    { operation: POST, field: 'data' },
    changingAnswers(
      successOf(POST),
      withBody((body) => dig(body, 'data')),
    ),
  ),
  must(
    'list-is-bare',
    'the list answers an array without data',
    { operation: LIST, field: 'data' },
    changingAnswers(
      successOf(LIST),
      withBody((body) => dig(body, 'data')),
    ),
  ),
  must(
    'list-is-wrapped',
    'the list stands in data.phoneCalls',
    { operation: LIST, field: 'data' },
    changingAnswers(
      successOf(LIST),
      withBody((body) => ({ data: { phoneCalls: dig(body, 'data') } })),
    ),
  ),
  must(
    'get-answers-array',
    'GET answers an array of one call',
    { operation: GET, field: 'data' },
    changingAnswers(
      successOf(GET),
      withBody((body) => ({ data: [dig(body, 'data')] })),
    ),
  ),
  must(
    'errors-are-html',
    'refusals are HTML pages',
    { operation: all },
    changingAnswers(refused, ({ status }) => htmlPage(status)),
  ),
  must(
    'status-code-wrong',
    'statusCode in the body is always 500',
    { operation: all, field: ['error', 'statusCode'] },
    error((found) => ({ ...found, statusCode: 500 })),
  ),
  must(
    'status-code-as-text',
    'statusCode in the body is a text',
    { operation: all, field: ['error', 'statusCode'] },
    error((found) => ({ ...found, statusCode: String(found['statusCode']) })),
  ),
  must(
    'status-code-missing',
    'statusCode is missing',
    { operation: all, field: ['error', 'statusCode'] },
    error((found) => ({ ...found, statusCode: undefined })),
  ),
  must(
    'message-as-text',
    'message is no array',
    { operation: all, field: ['error', 'message'] },
    error((found) => ({ ...found, message: 'Refused.' })),
  ),
  must(
    'message-of-objects',
    'message is an array of objects',
    { operation: all, field: ['error', 'message'] },
    error((found) => ({ ...found, message: [{ text: 'Refused.' }] })),
  ),
  must(
    'error-name-missing',
    'the inner error is missing',
    { operation: all, field: 'error' },
    error((found) => ({ ...found, error: undefined })),
  ),
  must(
    'payload-missing',
    'payload is missing',
    { operation: all, field: 'payload' },
    changingAnswers(
      refused,
      withBody((body) => ({ error: dig(body, 'error') })),
    ),
  ),
  must(
    'payload-null',
    'payload is null',
    { operation: all, field: 'payload' },
    changingAnswers(
      refused,
      withBody((body) => ({ error: dig(body, 'error'), payload: null })),
    ),
  ),
  must(
    'error-is-flat',
    'statusCode, message and error stand outside error',
    { operation: all, field: 'error' },
    changingAnswers(
      refused,
      withBody((body) => ({ ...(dig(body, 'error') as object), payload: {} })),
    ),
  ),
  must(
    'key-unchecked',
    'no key is needed',
    { operation: all },
    lettingIn((asked) => asked.operation !== undefined),
  ),
  must(
    'missing-key-accepted',
    'a request without a key is let in',
    { operation: all },
    lettingIn((asked) => key(asked) === undefined),
  ),
  must(
    'garbage-key-accepted',
    'any key is let in',
    { operation: all },
    lettingIn((asked) => key(asked) !== undefined),
  ),
  must(
    'list-needs-no-key',
    'the list needs no key',
    { operation: LIST },
    lettingIn((asked) => asked.operation === LIST),
  ),
  must(
    'missing-key-answers-500',
    'a request without a key answers 500',
    { operation: all },
    changingAnswers(statusIs(401), (_answered, _asked, api) => api.refusal(500)),
  ),
  must(
    'missing-key-answers-404',
    'a request without a key answers 404',
    { operation: all },
    changingAnswers(statusIs(401), (_answered, _asked, api) => api.refusal(404)),
  ),
  must(
    'unknown-id-answers-200',
    'an unknown id answers 200 and data: null',
    { operation: GET },
    changingAnswers(statusIs(404), (answered, { operation }) =>
      operation === GET ? { ...answered, status: 200, body: { data: null } } : answered,
    ),
  ),
  must(
    'unknown-id-answers-500',
    'an unknown id answers 500',
    { operation: GET },
    changingAnswers(statusIs(404), (_answered, { operation }, api) => api.refusal(operation === GET ? 500 : 404)),
  ),
  must(
    'unknown-template-answers-404',
    'the list of an unknown template answers 404',
    { operation: LIST, field: 'callTemplateId' },
    changingAnswers(
      (answered, asked) =>
        asked.operation === LIST &&
        asked.query !== '' &&
        answered.status === 200 &&
        isEmpty(dig(answered.body, 'data')),
      (_answered, _asked, api) => api.refusal(404),
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
    'null-answers-500',
    'a required field that is null answers 500',
    { operation: POST },
    answering(
      ({ operation, body }) =>
        operation === POST &&
        isObject(body) &&
        ['teamId', 'nameOfHuman', 'toPhoneNumber', 'promptVariableValues'].some((field) => body[field] === null),
      (_asked, api) => api.refusal(500),
    ),
  ),
];

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function error(change: (found: Record<string, unknown>) => unknown): Behaviour {
  return changingAnswers(
    refused,
    withBody((body) => {
      const found = dig(body, 'error');
      return isObject(found) ? { ...(body as object), error: change(found) } : body;
    }),
  );
}
