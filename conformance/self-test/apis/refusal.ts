import type { Answered } from '../fault.ts';

/**
 * An answer that refuses.
 * @param status the HTTP status
 * @param body the API's error body
 * @returns the answer
 */
export function refusalOf(status: number, body: unknown): Answered {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}
