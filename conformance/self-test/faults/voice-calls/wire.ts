import { isSuccess, recordsSeen } from '../../behaviours/altering.ts';
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
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must, should } = rowsOf('voice-calls');
const POST = 'createVoiceCall';
const GET = 'getVoiceCall';
const LIST = 'listVoiceCalls';
const PUT = 'updateVoiceCall';
const writes = [POST, PUT];
const all = [POST, PUT, GET, LIST];

const eachError = (change: (error: Record<string, unknown>) => void): Behaviour =>
  changingAnswers(
    ({ status }) => status >= 400,
    withBody((body) => {
      for (const error of [dig(body, 'errors')].flat().filter(isObject)) change(error);
      return body;
    }),
  );

/** Statuses, envelopes, media types and odd input. */
export const wire: readonly Fault[] = [
  must(
    'create-answers-200',
    'a create answers 200',
    { operation: POST },
    changingAnswers(successOf(POST), (answered) => ({ ...answered, status: 200 })),
  ),
  must(
    'create-answers-204',
    'a create answers 204 without a body',
    { operation: POST },
    changingAnswers(successOf(POST), (answered) => ({ ...answered, status: 204, body: undefined, headers: {} })),
  ),
  must(
    'update-answers-201',
    'an update answers 201',
    { operation: PUT },
    changingAnswers(successOf(PUT), (answered) => ({ ...answered, status: 201 })),
  ),
  should(
    'json-key-twice',
    'a call that is read tells its success twice',
    { operation: GET, rules: ['json-oddities'] },
    changingAnswers(successOf(GET), (answered) => ({
      ...answered,
      raw: JSON.stringify(answered.body).replace('{', '{"success":false,'),
    })),
  ),
  should(
    'content-types-contradict',
    'a call that is read comes with two media types that contradict each other',
    { operation: GET, rules: ['content-type'] },
    changingAnswers(successOf(GET), (answered) => ({
      ...answered,
      headers: { ...answered.headers, 'content-type': 'application/json; charset=utf-8, text/html' },
    })),
  ),
  must(
    'reads-answer-502',
    'a call is read, and a gateway answers 502, as often as it is asked',
    { operation: GET, rules: ['no-server-error'] },
    changingAnswers(successOf(GET), (answered) => ({ ...answered, status: 502 })),
  ),
  must(
    'creates-answer-503',
    'no call can be created: a gateway answers 503',
    { operation: POST, rules: ['no-server-error'] },
    changingAnswers(successOf(POST), (answered) => ({ ...answered, status: 503 })),
  ),
  must(
    'errors-are-html',
    'refusals are HTML pages',
    { operation: all },
    changingAnswers(
      ({ status }) => status >= 400,
      ({ status }) => htmlPage(status),
    ),
  ),
  must(
    'not-found-is-html',
    'an unknown uid answers an HTML page',
    { operation: [GET, PUT] },
    changingAnswers(statusIs(404), () => htmlPage(404)),
  ),
  must(
    'error-without-code',
    'errors have no code',
    { operation: all, field: ['errors', 'code'] },
    eachError((error) => delete error['code']),
  ),
  must(
    'error-without-message',
    'errors have no message',
    { operation: all, field: ['errors', 'message'] },
    eachError((error) => delete error['message']),
  ),
  must(
    'error-code-is-number',
    'an error code is a number',
    { operation: all, field: ['errors', 'code'] },
    eachError((error) => (error['code'] = 42)),
  ),
  must(
    'errors-empty',
    'a refusal has no errors',
    { operation: all, field: 'errors' },
    changingAnswers(
      ({ status }) => status >= 400,
      withBody(() => ({ success: false, errors: [] })),
    ),
  ),
  must(
    'errors-other-envelope',
    'a refusal has an envelope of its own',
    { operation: all },
    changingAnswers(
      ({ status }) => status >= 400,
      withBody(() => ({ error: 'Refused.' })),
    ),
  ),
  should(
    'error-without-field',
    'a validation error does not name its field',
    { operation: writes },
    eachError((error) => delete error['field']),
  ),
  must(
    'success-is-false',
    'a create says success: false',
    { operation: POST, field: 'success' },
    changingAnswers(
      successOf(POST),
      withBody((body) => ({ ...(body as object), success: false })),
    ),
  ),
  must(
    'failure-is-success',
    'a refusal says success: true',
    { operation: all, field: 'success' },
    changingAnswers(
      ({ status }) => status >= 400,
      withBody((body) => ({ ...(body as object), success: true })),
    ),
  ),
  must(
    'success-is-missing',
    'GET has no success',
    { operation: GET, field: 'success' },
    changingAnswers(
      successOf(GET),
      withBody((body) => ({ data: dig(body, 'data') })),
    ),
  ),
  must(
    'success-is-text',
    'success is a text',
    { operation: all, field: 'success' },
    changingAnswers(
      isSuccess,
      withBody((body) => ({ ...(body as object), success: 'true' })),
    ),
  ),
  must(
    'data-is-missing',
    'GET answers the call without its envelope',
    { operation: GET },
    changingAnswers(
      successOf(GET),
      withBody((body) => dig(body, 'data')),
    ),
  ),
  must(
    'data-is-wrapped',
    'the call of an update stands one level too deep',
    { operation: PUT },
    changingAnswers(
      successOf(PUT),
      withBody((body) => ({ success: true, data: { voice_call: dig(body, 'data') } })),
    ),
  ),
  must(
    'list-is-bare',
    'the list is an array right in data',
    { operation: LIST },
    changingAnswers(
      successOf(LIST),
      withBody((body) => ({ success: true, data: dig(body, 'data', 'voice_calls') })),
    ),
  ),
  must(
    'json-as-text',
    'GET sends its JSON as text/plain',
    { operation: GET },
    changingAnswers(successOf(GET), (answered) => ({
      ...answered,
      headers: { ...answered.headers, 'content-type': 'text/plain' },
    })),
  ),
  must(
    'instants-have-no-zone',
    'created_at is no RFC 3339 date-time',
    { field: 'created_at' },
    records((record) => (record['created_at'] = String(record['created_at']).replace('T', ' ').replace(/\..*/, ''))),
  ),
  must(
    'updated-at-missing',
    'updated_at is missing',
    { field: 'updated_at' },
    records((record) => delete record['updated_at']),
  ),
  must(
    'created-at-moves',
    'created_at is the time of the request',
    { field: 'created_at' },
    records((record) => (record['created_at'] = new Date().toISOString()), [GET, LIST]),
  ),
  must(
    'null-answers-500',
    'a field that is null answers 500',
    { operation: writes },
    answering(
      ({ body, operation }) => writes.includes(operation ?? '') && isObject(body) && Object.values(body).includes(null),
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'emoji-answers-500',
    'an emoji answers 500',
    { operation: writes },
    answering(
      ({ body }) => isObject(body) && /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(body)),
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'array-answers-500',
    'an array in place of the object answers 500',
    { operation: writes },
    answering(
      ({ body, operation }) => writes.includes(operation ?? '') && Array.isArray(body),
      (_asked, api) => api.refusal(500),
    ),
  ),
  must('array-is-taken', 'an array with a call in it is taken', { operation: POST }, unwrapArrays()),
  must(
    'malformed-json-answers-500',
    'malformed JSON answers 500',
    { operation: writes },
    answering(isMalformed, (_asked, api) => api.refusal(500)),
  ),
  must(
    'malformed-json-answers-409',
    'malformed JSON answers 409',
    { operation: writes },
    answering(isMalformed, (_asked, api) => api.refusal(409)),
  ),
  must(
    'other-media-type-answers-500',
    'another media type answers 500',
    { operation: writes },
    answering(
      (asked) => writes.includes(asked.operation ?? '') && !isJson(asked),
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
    'unknown-uid-answers-200',
    'an unknown uid answers 200 and data: null',
    { operation: GET },
    changingAnswers(statusIs(404), (answered, { operation }) =>
      operation === GET ? { ...answered, status: 200, body: { success: true, data: null } } : answered,
    ),
  ),
  must(
    'unknown-uid-answers-500',
    'an unknown uid answers 500',
    { operation: [GET, PUT] },
    changingAnswers(statusIs(404), (_answered, _asked, api) => api.refusal(500)),
  ),
  must(
    'unknown-uid-answers-400',
    'an unknown uid of the right shape answers 400',
    { operation: GET },
    changingAnswers(statusIs(404), (answered, { operation }, api) => (operation === GET ? api.refusal(400) : answered)),
  ),
  must(
    'unknown-uid-answers-another-call',
    'an unknown uid answers the latest call',
    { operation: GET },
    latestForUnknown(),
  ),
];

function records(change: (record: Record<string, unknown>) => void, operations = all): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    if (operations.includes(asked.operation ?? ''))
      for (const { record } of recordsSeen(api, asked, answered)) change(record);
    return answered;
  };
}

function unwrapArrays(): Behaviour {
  return () => (asked, next) => {
    const [first] = Array.isArray(asked.body) ? (asked.body as unknown[]) : [];
    return next(asked.operation === POST && isObject(first) ? { ...asked, body: first, raw: undefined } : asked);
  };
}

function latestForUnknown(): Behaviour {
  return (api) => {
    let latest: string | undefined;
    return async (asked, next) => {
      const answered = await next(asked);
      for (const { id, way } of recordsSeen(api, asked, answered)) if (way === 'create') latest = id;
      if (asked.operation !== GET || answered.status !== 404 || latest === undefined) return answered;
      return next({ ...asked, id: latest, path: api.pathOf(latest) });
    };
  };
}
