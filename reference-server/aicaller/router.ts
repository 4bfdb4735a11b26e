import { randomBytes } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { answerJson } from '../http/answer.ts';
import { errorHandler, methodNotAllowed, notFound } from '../http/errors.ts';
import { readJsonObject } from '../http/json-body.ts';
import { Problem, problem } from '../http/problem.ts';
import { validated } from '../http/validate.ts';
import type { Settings } from '../options.ts';
import { Store } from '../store.ts';
import { Timeline } from '../timeline.ts';
import { failure, success } from './envelopes.ts';
import { createPhoneCall } from './schema.ts';
import { created, type PhoneCall } from './view.ts';

/**
 * The `aicaller` API, to be mounted at `/v1`.
 * @param settings the server's settings
 * @returns the router, with a store of its own
 */
export function aicaller(settings: Settings): Router {
  const store = new Store<PhoneCall>({ records: settings.recordLimit, bytes: settings.byteLimit });
  /** The list has one filter and no pages; this makes it cost what it returns. */
  const byTemplate = new Map<string, PhoneCall[]>();
  const timeline = new Timeline(settings.clock);
  const authorised = authorise(settings.apiKeys);
  const router = Router({ caseSensitive: true, strict: true });

  router
    .route('/phoneCalls')
    .post(authorised, async (request, response) => {
      const { value, bytes } = await readJsonObject(request, settings.bodyLimit);
      const body = validated(createPhoneCall, value);
      const call = created(randomBytes(12).toString('hex'), timeline.next(), body);
      store.insert(call._id, call, bytes);
      const calls = byTemplate.get(body.callTemplateId);
      if (calls === undefined) byTemplate.set(body.callTemplateId, [call]);
      else calls.push(call);
      answerJson(response, 200, success(call));
    })
    .get(authorised, (request, response) => {
      const template = templateFrom(request.query['callTemplateId']);
      answerJson(
        response,
        200,
        success(template === undefined ? Array.from(store.oldestFirst()) : (byTemplate.get(template) ?? [])),
      );
    })
    .all(methodNotAllowed('GET, HEAD, POST'));

  router
    .route('/phoneCalls/:id')
    .get(authorised, (request, response) => {
      const call = store.get(request.params.id);
      if (call === undefined) throw problem(404, 'not_found', 'There is no phone call with this id.');
      answerJson(response, 200, success(call));
    })
    .all(methodNotAllowed('GET, HEAD'));

  router.use(notFound, errorHandler(failure));
  return router;
}

function authorise(keys: ReadonlySet<string>): RequestHandler {
  return (request, _response, next) => {
    const key = request.headers['aicaller-api-key'];
    if (typeof key !== 'string' || !keys.has(key)) {
      throw problem(401, 'unauthorized', 'A valid aicaller-api-key header is required.', {
        'WWW-Authenticate': 'ApiKey',
      });
    }
    next();
  };
}

function templateFrom(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new Problem(400, [
    { code: 'validation_error', message: 'callTemplateId: must be given once', field: 'callTemplateId' },
  ]);
}
