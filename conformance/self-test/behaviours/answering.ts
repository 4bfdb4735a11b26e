import type { Answered, Api, Asked, Behaviour } from '../fault.ts';
import { isSuccess } from './altering.ts';

/**
 * Answers some requests itself, without asking the reference server.
 * @param when which
 * @param answer the answer
 * @returns the behaviour
 */
export function answering(when: (asked: Asked) => boolean, answer: (asked: Asked, api: Api) => Answered): Behaviour {
  return (api) => async (asked, next) => (when(asked) ? answer(asked, api) : next(asked));
}

/**
 * Changes some answers.
 * @param when which
 * @param change makes the new answer
 * @returns the behaviour
 */
export function changingAnswers(
  when: (answered: Answered, asked: Asked) => boolean,
  change: (answered: Answered, asked: Asked, api: Api) => Answered,
): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    return when(answered, asked) ? change(answered, asked, api) : answered;
  };
}

/**
 * Changes requests before the reference server sees them.
 * @param change makes the new request; the same one leaves it alone
 * @returns the behaviour
 */
export function changingRequests(change: (asked: Asked, api: Api) => Asked): Behaviour {
  return (api) => (asked, next) => next(change(asked, api));
}

/**
 * @param operations operationIds
 * @returns a condition: a success of one of them
 */
export function successOf(...operations: string[]): (answered: Answered, asked: Asked) => boolean {
  return (answered, asked) => isSuccess(answered) && operations.includes(asked.operation ?? '');
}

/**
 * @param statuses HTTP statuses
 * @returns a condition: an answer with one of them
 */
export function statusIs(...statuses: number[]): (answered: Answered) => boolean {
  return ({ status }) => statuses.includes(status);
}

/** A condition: the request has a body that is no JSON, though it says so. */
export function isMalformed(asked: Asked): boolean {
  return asked.body === undefined && (asked.raw?.length ?? 0) > 0 && isJson(asked);
}

/** A condition: the request says that its body is JSON. */
export function isJson(asked: Asked): boolean {
  return /^application\/json\b/i.test(asked.headers['content-type'] ?? '');
}

/** A page of a web server in place of the API's error body. */
export function htmlPage(status: number): Answered {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: undefined,
    raw: '<html><body><h1>Error</h1></body></html>',
  };
}

/**
 * The answer with another body.
 * @param change makes the new body
 * @returns a change for `changingAnswers`
 */
export function withBody(change: (body: unknown, answered: Answered) => unknown): (answered: Answered) => Answered {
  return (answered) => ({ ...answered, body: change(answered.body, answered) });
}
