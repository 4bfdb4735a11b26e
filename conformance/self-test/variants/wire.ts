import { setTimeout as sleep } from 'node:timers/promises';
import { changingAnswers, statusIs } from '../behaviours/answering.ts';
import type { Answered, Behaviour, Variant, Wire } from '../fault.ts';
import { asItIs, each, everyContract } from './row.ts';

const always = (): boolean => true;
const travelling = (wire: Wire): Behaviour => changingAnswers(always, (answered) => ({ ...answered, wire }));

const overHttp = { overHttp: true };

/** How answers travel, how long they take, and what they say where no body is read. */
export const wire: readonly Variant[] = [
  ...each(everyContract, 'as-it-is', 'the reference server behind the harness', asItIs, overHttp),
  ...each(
    everyContract,
    'gzip',
    'answers are compressed where the client accepts it',
    travelling({ gzip: true }),
    overHttp,
  ),
  ...each(['voice-calls', 'calldesk'], 'chunked', 'answers are chunked', travelling({ chunked: true }), overHttp),
  ...each(
    ['voice-calls', 'aicaller'],
    'connection-close',
    'every connection ends after one answer, as announced',
    travelling({ close: true }),
    overHttp,
  ),
  ...each(
    everyContract,
    'connection-cut',
    'every connection ends after one answer without a word',
    travelling({ cut: true }),
    overHttp,
  ),
  ...each(['voice-calls', 'calldesk'], 'http-1.0', 'answers are HTTP/1.0', travelling({ http10: true }), overHttp),
  ...each(everyContract, 'latency', 'every answer takes 20 ms', slow()),
  ...each(everyContract, 'too-many-requests', 'some requests are answered with 429 and Retry-After', busy()),
  ...each(
    everyContract,
    'media-type-in-odd-case',
    'the media type is written in an odd case',
    changingAnswers(always, (answered) => ({
      ...answered,
      headers: { ...answered.headers, 'content-type': 'Application/JSON;Charset="UTF-8"' },
    })),
  ),
  ...each(
    everyContract,
    'media-type-twice',
    'the media type stands there twice, which contradicts nothing',
    changingAnswers(always, (answered) => ({
      ...answered,
      headers: { ...answered.headers, 'content-type': 'application/json, application/json; charset=utf-8' },
    })),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'media-type-alone',
    'the media type has no charset',
    changingAnswers(always, (answered) => ({
      ...answered,
      headers: { ...answered.headers, 'content-type': 'application/json' },
    })),
  ),
  ...each(
    everyContract,
    'few-headers',
    'answers have no header but their media type',
    changingAnswers(always, (answered) => ({ ...answered, headers: { 'content-type': 'application/json' } })),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'ascii-only',
    'JSON is indented and escapes all that is not ASCII',
    changingAnswers(always, (answered) =>
      answered.body === undefined ? answered : { ...answered, raw: escaped(answered.body) },
    ),
  ),
  ...each(
    everyContract,
    'other-method-404',
    'a method that the path lacks answers a 404 page in HTML',
    changingAnswers(statusIs(405), () => page(404)),
  ),
  ...each(
    ['voice-calls', 'calldesk'],
    'other-method-405-page',
    'a method that the path lacks answers a 405 page in HTML without Allow',
    changingAnswers(statusIs(405), () => page(405)),
  ),
  ...each(
    everyContract,
    'media-type-400',
    'a wrong media type answers 400',
    changingAnswers(statusIs(415), (_answered, _asked, api) => api.refusal(400)),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'validation-422',
    'validation errors answer 422',
    changingAnswers(
      // A body that is no JSON is no validation error.
      ({ status }, asked) => status === 400 && (asked.method === 'GET' || asked.body !== undefined),
      (answered, _asked, api) => api.refusal(422, api.fieldsNamedIn(answered.body)[0]),
    ),
  ),
];

function page(status: number): Answered {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: undefined,
    raw: '<!doctype html><title>Not here</title>',
  };
}

function slow(): Behaviour {
  return () => async (asked, next) => {
    await sleep(20);
    return next(asked);
  };
}

/** The eleventh request is told to wait for a second, and then every 25th to try again at once. */
function busy(): Behaviour {
  return (api) => {
    let count = 0;
    return (asked, next) => {
      count += 1;
      const wait = count === 11 ? '1' : count % 25 === 0 ? '0' : undefined;
      if (wait === undefined) return next(asked);
      const refusal = api.refusal(429);
      return Promise.resolve({ ...refusal, headers: { ...refusal.headers, 'retry-after': wait } });
    };
  };
}

function escaped(body: unknown): string {
  return JSON.stringify(body, null, 2).replace(
    /[^\n -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
