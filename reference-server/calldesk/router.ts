import { randomUUID } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { answerJson } from '../http/answer.ts';
import { bearerToken } from '../http/bearer.ts';
import { errorHandler, methodNotAllowed, notFound } from '../http/errors.ts';
import { readJsonObject } from '../http/json-body.ts';
import { Problem, problem } from '../http/problem.ts';
import { validated } from '../http/validate.ts';
import type { Settings } from '../options.ts';
import { Store } from '../store.ts';
import { Timeline } from '../timeline.ts';
import { failure, IdempotencyConflict } from './envelopes.ts';
import { createCall, idempotencyKey } from './schema.ts';
import { created, type Call } from './view.ts';

/**
 * The `calldesk` API.
 * @param settings the server's settings
 * @param base where it is mounted, for the links in its answers: `/api/v1/voice`
 * @returns the router, with a store of its own
 */
export function calldesk(settings: Settings, base: string): Router {
  const store = new Store<Call>({ records: settings.recordLimit, bytes: settings.byteLimit });
  const timeline = new Timeline(settings.clock);
  /** Idempotency key to call id. Only calls that were made are here, so the store's limit bounds it too. */
  const keys = new Map<string, string>();
  const authorised = authorise(settings.calldeskTokens);
  const router = Router({ caseSensitive: true, strict: true });

  const find = (callId: string): Call => {
    const call = store.get(callId);
    if (call === undefined) throw problem(404, 'not_found', 'There is no call with this id.');
    return call;
  };

  router
    .route('/calls')
    .post(authorised, async (request, response) => {
      const key = readKey(request.headers['idempotency-key']);
      const { value, bytes } = await readJsonObject(request, settings.bodyLimit);
      // From here to the answer nothing waits: between the look for the key and its entry no other request can run.
      const body = validated(createCall, value);
      const original = key === undefined ? undefined : keys.get(key);
      if (original !== undefined) throw new IdempotencyConflict(original);
      if (!settings.isVerifiedCallerId(body.caller_id)) throw notVerified();
      const call = created(`call_${randomUUID()}`, `${base}/calls`, timeline.next(), body);
      store.insert(call.call_id, call, bytes);
      if (key !== undefined) keys.set(key, call.call_id);
      answerJson(response, 201, call);
    })
    .all(methodNotAllowed('POST'));

  router
    .route('/calls/:call_id')
    .get(authorised, (request, response) => {
      answerJson(response, 200, find(request.params.call_id));
    })
    .all(methodNotAllowed('GET, HEAD'));

  router
    .route('/calls/:call_id/status')
    .get(authorised, (request, response) => {
      const { call_id, status } = find(request.params.call_id);
      answerJson(response, 200, { call_id, status });
    })
    .all(methodNotAllowed('GET, HEAD'));

  router
    .route('/calls/:call_id/recordings')
    .get(authorised, (request, response) => {
      const { call_id } = find(request.params.call_id);
      answerJson(response, 200, { call_id, recordings: [] });
    })
    .all(methodNotAllowed('GET, HEAD'));

  router.use(notFound, errorHandler(failure));
  return router;
}

function authorise(tokens: ReadonlySet<string>): RequestHandler {
  return (request, _response, next) => {
    if (!tokens.has(bearerToken(request.headers.authorization))) {
      throw problem(401, 'unauthorized', 'A valid bearer token is required.', { 'WWW-Authenticate': 'Bearer' });
    }
    next();
  };
}

function readKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const result = idempotencyKey.safeParse(header);
  if (!result.success)
    throw new Problem(400, [
      { code: 'validation_error', message: 'Idempotency-Key must be a UUID.', field: 'Idempotency-Key' },
    ]);
  // Two spellings of one UUID are one key: RFC 9562, section 4, reads hexadecimal digits in either case.
  return result.data.toLowerCase();
}

function notVerified(): Problem {
  const message = 'The caller id is not verified for this account.';
  return new Problem(422, [{ code: 'caller_id_not_verified', message, field: 'caller_id' }]);
}
