import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { StoreFullError } from '../store.ts';
import { answerJson } from './answer.ts';
import { Problem, problem } from './problem.ts';

/** Puts a problem into an API's own envelope. */
export type Envelope = (problem: Problem) => unknown;

/**
 * The last handler of an API: whatever was thrown becomes an answer in its envelope. What is no known problem becomes
 * a bare 500; neither its message nor its stack leaves the server.
 * @param envelope the API's error body
 * @returns an Express error handler
 */
export function errorHandler(envelope: Envelope): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    refuse(response, asProblem(error), envelope);
  };
}

/** Answers what no route has taken. */
export const notFound: RequestHandler = () => {
  throw problem(404, 'not_found', 'There is nothing at this path.');
};

/**
 * Answers a method that a known path does not have.
 * @param allow the methods it has
 * @returns a handler for every other method
 * @see RFC 9110, section 15.5.6
 */
export function methodNotAllowed(allow: string): RequestHandler {
  return () => {
    throw problem(405, 'method_not_allowed', `This path has ${allow} only.`, { Allow: allow });
  };
}

function refuse(response: Response, found: Problem, envelope: Envelope): void {
  for (const [name, value] of Object.entries(found.headers)) response.setHeader(name, value);
  answerJson(response, found.status, envelope(found));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreFullError) return problem(507, 'insufficient_storage', error.message);
  // Express refuses a path that cannot be percent-decoded with an error of this kind.
  if (error instanceof URIError) return problem(400, 'malformed_path', 'The path is not properly percent-encoded.');
  return problem(500, 'internal_error', 'The server failed.');
}
