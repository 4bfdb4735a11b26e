import type { RequestHandler } from 'express';
import { bearerToken } from '../http/bearer.ts';
import { problem } from '../http/problem.ts';
import type { Role } from '../options.ts';

/**
 * Lets the named roles in.
 * @param tokens token to role
 * @param roles who may
 * @returns a handler that passes them on, and refuses others with 401 or 403
 */
export function allow(tokens: ReadonlyMap<string, Role>, roles: readonly Role[]): RequestHandler {
  return (request, _response, next) => {
    const role = tokens.get(bearerToken(request.headers.authorization));
    if (role === undefined)
      throw problem(401, 'unauthorized', 'A valid bearer token is required.', { 'WWW-Authenticate': 'Bearer' });
    if (!roles.includes(role)) throw problem(403, 'forbidden', `A ${role} token may not do this.`);
    next();
  };
}
