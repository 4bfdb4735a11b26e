/** The reference server, with a look at what reaches it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../reference-server/index.ts';

export interface Watched {
  url: string;
  /** `POST /v3/communication/voice_calls`, in the order of arrival. */
  requests: string[];
  /** Headers of the last request. */
  headers: () => IncomingMessage['headers'];
  close: () => Promise<void>;
}

/** Answers in place of the reference server when it returns true. */
export type Instead = (request: IncomingMessage, response: ServerResponse, nth: number) => boolean;

/** Starts it on a free port. */
export async function watchedTarget(instead: Instead = () => false): Promise<Watched> {
  const app = createApp();
  const requests: string[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    headers = request.headers;
    if (!instead(request, response, requests.length)) app(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    headers: () => headers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A server whose answers are changed, text by text. */
export function rewrites(pattern: RegExp, by: string): Instead {
  return (_request, response) => {
    const send = response.end.bind(response);
    response.end = ((chunk?: unknown, ...rest: never[]) => {
      const text = Buffer.isBuffer(chunk) || typeof chunk === 'string' ? chunk.toString() : '';
      // The body is no longer as long as the server said.
      response.removeHeader('content-length');
      return send(text.replace(pattern, by), ...rest);
    }) as typeof response.end;
    return false;
  };
}

/** A server that takes `external_uuid`, answers 201, and never stores it. */
export const losesExternalUuid: Instead = rewrites(/,"external_uuid":"(?:[^"\\]|\\.)*"/g, '');
