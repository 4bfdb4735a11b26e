import type { RequestListener } from 'node:http';
import express from 'express';
import { aicaller } from './aicaller/router.ts';
import { calldesk } from './calldesk/router.ts';
import { docs } from './docs.ts';
import { answerJson } from './http/answer.ts';
import { errorHandler, notFound } from './http/errors.ts';
import { allowCrossOrigin, securityHeaders } from './http/headers.ts';
import { settingsFrom, type ReferenceServerOptions } from './options.ts';
import { voiceCalls } from './voice-calls/router.ts';

export type { ReferenceServerOptions, Role } from './options.ts';

/** Where each contract's paths begin. */
export const BASES = { 'voice-calls': '/v3/communication', calldesk: '/api/v1/voice', aicaller: '/v1' } as const;

/**
 * The reference implementation of the three contracts: one app, three base paths, each with a store in memory.
 * @param options tokens, limits, clock and the like
 * @returns an Express app, as what it is for its users: a listener for `http.createServer`
 */
export function createApp(options: ReferenceServerOptions = {}): RequestListener {
  const settings = settingsFrom(options);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  // What this changes is only what Express itself would say if our error handler failed: no stack.
  app.set('env', 'production');

  app.use(securityHeaders);
  if (settings.cors) app.use(allowCrossOrigin);
  app.use(BASES['voice-calls'], voiceCalls(settings));
  app.use(BASES.calldesk, calldesk(settings, BASES.calldesk));
  app.use(BASES.aicaller, aicaller(settings));
  app.use('/docs', docs(settings.docsDirectory));
  app.get('/', (_request, response) => {
    answerJson(response, 200, { service: 'RingTrue reference server', contracts: BASES, docs: '/docs' });
  });
  app.use(
    notFound,
    errorHandler(({ reasons: [{ code, message }] }) => ({ error: { code, message } })),
  );
  return app;
}
