import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import type { ParsedUrlQuery } from 'node:querystring';
import { answerJson } from '../http/answer.ts';
import { errorHandler, methodNotAllowed, notFound } from '../http/errors.ts';
import { readJsonObject } from '../http/json-body.ts';
import { problem } from '../http/problem.ts';
import { validated } from '../http/validate.ts';
import type { Settings } from '../options.ts';
import { Store } from '../store.ts';
import { Timeline } from '../timeline.ts';
import { allow } from './auth.ts';
import { failure, success } from './envelopes.ts';
import { listPage } from './list.ts';
import { listQuery } from './query.ts';
import { createVoiceCall, updateVoiceCall } from './schema.ts';
import { created, updated, type VoiceCall } from './view.ts';

/**
 * The `voice-calls` API, to be mounted at `/v3/communication`.
 * @param settings the server's settings
 * @returns the router, with a store of its own
 */
export function voiceCalls(settings: Settings): Router {
  const store = new Store<VoiceCall>({ records: settings.recordLimit, bytes: settings.byteLimit });
  const timeline = new Timeline(settings.clock);
  const mayWrite = allow(settings.roleTokens, ['staff', 'app', 'directory']);
  const mayRead = allow(settings.roleTokens, ['staff', 'directory', 'client']);
  const router = Router({ caseSensitive: true, strict: true });

  const find = (uid: string): VoiceCall => {
    const call = store.get(uid);
    if (call === undefined) throw problem(404, 'not_found', 'There is no voice call with this uid.');
    return call;
  };

  router
    .route('/voice_calls')
    .post(mayWrite, async (request, response) => {
      const { value, bytes } = await readJsonObject(request, settings.bodyLimit);
      const body = validated(createVoiceCall, value);
      const call = created(randomUUID(), timeline.next(), body);
      store.insert(call.uid, call, bytes);
      answerJson(response, 201, success(call));
    })
    .get(mayRead, (request, response) => {
      const calls = listPage(store, listQuery(request.query as ParsedUrlQuery));
      answerJson(response, 200, success({ voice_calls: calls }));
    })
    .all(methodNotAllowed('GET, HEAD, POST'));

  router
    .route('/voice_calls/:uid')
    .get(mayRead, (request, response) => {
      answerJson(response, 200, success(find(request.params.uid)));
    })
    .put(mayWrite, async (request, response) => {
      const { value, bytes } = await readJsonObject(request, settings.bodyLimit);
      const body = validated(updateVoiceCall, value);
      const call = find(request.params.uid);
      const changed = updated(call, timeline.next(call.updated_at), body);
      store.replace(call.uid, changed, bytes);
      answerJson(response, 200, success(changed));
    })
    .all(methodNotAllowed('GET, HEAD, PUT'));

  router.use(notFound, errorHandler(failure));
  return router;
}
