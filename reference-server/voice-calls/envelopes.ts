import type { Problem } from '../http/problem.ts';

/**
 * @param data what was asked for
 * @returns the body of a success
 */
export function success(data: unknown): unknown {
  return { success: true, data };
}

/**
 * @param problem why the request is refused
 * @returns the body of a refusal
 */
export function failure(problem: Problem): unknown {
  return { success: false, errors: problem.reasons };
}
