/** Faults of answers: a wrong status, a wrong media type, a 500, a body that breaks its schema. */
import type { PlainFault } from '../api.ts';
import type { PlainAnswer } from '../server.ts';
import { rowsOf } from './row.ts';
import { asks, idIn, sentIn, type Shape } from './shape.ts';
import { answering, hasLongText, type Made } from './touch.ts';

const crash: PlainAnswer = { status: 500, text: 'Internal Server Error' };
const crashes = [
  'no-server-error',
  'robust-input',
  'accepts',
  'accepts-value',
  'unknown-id',
  'answers',
  'malformed-json',
];

/** @returns the faults that an API of this shape may have */
export function answeringFaults(shape: Shape): PlainFault[] {
  const { create, read, list, update, remove, text, optional } = shape;
  const { of, at } = rowsOf(shape);
  return [
    at(
      shape.anyStatus === true ? undefined : create,
      'created-with-206',
      'a create is answered with 206, which is not documented',
      ['status-documented'],
      () => answering([create], (answer) => (answer.status < 300 ? { ...answer, status: 206 } : answer)),
    ),
    at(read, 'read-as-html', 'a read is answered as HTML', ['content-type', 'response-body'], () =>
      answering([read], (answer) =>
        answer.status < 300 ? { status: 200, headers: { 'content-type': 'text/html' }, text: '<p>here</p>' } : answer,
      ),
    ),
    at(
      list,
      'list-crashes',
      'the list earns a 500, again and again',
      crashes,
      () => () => (request, next) => (asks(request, list) ? crash : next(request)),
    ),
    at(read, 'unknown-is-200', 'an unknown id is answered with 200 and null', ['response-body', 'unknown-id'], () =>
      answering([read], (answer) => (answer.status === 404 ? { status: 200, json: null } : answer)),
    ),
    at(read, 'unknown-crashes', 'an unknown id earns a 500', [...crashes, 'delete-removes'], () =>
      answering([read], (answer) => (answer.status === 404 ? crash : answer)),
    ),
    at(
      shape.form === true ? undefined : create,
      'long-text-crashes',
      'a long text earns a 500',
      crashes,
      () => () => (request, next) => (asks(request, create) && hasLongText(request.body, 9000) ? crash : next(request)),
    ),
    of(
      optional,
      'optional-crashes',
      'a request with an optional property earns a 500',
      crashes,
      ({ name }) =>
        () =>
        (request, next) =>
          asks(request, create) && sentIn(shape, request)?.[name] !== undefined ? crash : next(request),
      [create.operation],
    ),
    at(
      update,
      'update-crashes',
      'every update earns a 500',
      crashes,
      () => () => (request, next) => (asks(request, update) ? crash : next(request)),
    ),
    of(
      text,
      'another-record',
      'a read answers the record that was made first, whatever the id',
      ['round-trip', 'unique-ids', 'presence'],
      () => firstRecord(shape),
      [read.operation, text.name, shape.id],
    ),
    at(
      remove,
      'second-delete-crashes',
      'a second DELETE of the same record earns a 500',
      ['delete-removes', 'no-server-error'],
      () => answering([remove], (answer) => (answer.status >= 400 && answer.status < 500 ? crash : answer)),
    ),
    at(
      create,
      'id-repeated',
      'two records have one id',
      ['unique-ids', 'equal-values', 'round-trip', 'concurrent-creates'],
      () => sameIds(shape),
      [create.operation, shape.id],
    ),
  ].flat();
}

/** Reads of records that are there answer the first one. */
function firstRecord(shape: Shape): Made {
  return () => {
    let first: PlainAnswer | undefined;
    return (request, next) => {
      const answer = next(request);
      if (!asks(request, shape.read) || answer.status >= 300) return answer;
      first ??= answer;
      return first;
    };
  };
}

/** Every second create is answered as if it were the one before. */
function sameIds(shape: Shape): Made {
  return () => {
    let last: PlainAnswer | undefined;
    return (request, next) => {
      const answer = next(request);
      if (!asks(request, shape.create) || idIn(shape, answer) === undefined) return answer;
      const shown = last ?? answer;
      last = last === undefined ? answer : undefined;
      return shown;
    };
  };
}
