import { STATUS_CODES } from 'node:http';
import type { Problem } from '../http/problem.ts';

/**
 * @param data what was asked for
 * @returns the body of a success
 */
export function success(data: unknown): unknown {
  return { data };
}

/**
 * The error body of aicaller: one message per reason, and the fields they name in the payload.
 * @param problem why the request is refused
 * @returns the body
 */
export function failure(problem: Problem): unknown {
  const fields = problem.reasons.flatMap(({ field }) => (field === undefined ? [] : [field]));
  return {
    error: {
      statusCode: problem.status,
      message: problem.reasons.map(({ message }) => message),
      error: STATUS_CODES[problem.status] ?? 'Error',
    },
    payload: fields.length > 0 ? { fields } : {},
  };
}
