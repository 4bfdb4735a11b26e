import type { Asked, Behaviour } from '../fault.ts';
import { changingRequests } from './answering.ts';

/**
 * Lets requests in that have to stay out.
 * @param when which
 * @returns the behaviour
 */
export function lettingIn(when: (asked: Asked) => boolean): Behaviour {
  return changingRequests((asked, api) =>
    when(asked) ? { ...asked, headers: { ...asked.headers, ...api.credentials } } : asked,
  );
}

/**
 * @param asked a request
 * @returns the token of its bearer header, or undefined
 */
export function bearer({ headers }: Asked): string | undefined {
  return /^bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
}
