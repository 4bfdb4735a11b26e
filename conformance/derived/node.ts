/** The derived server behind Node's http module. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answer, Received } from './model.ts';
import { MOST_BYTES } from './server.ts';

/** @returns the answer as it is written, after the time for which it is held back */
export async function responseOf(
  answer: Answer,
  method: string,
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  const { status, headers, json, text, delayMs } = answer;
  if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
  const empty = status === 204 || status === 304;
  const body = empty ? Buffer.alloc(0) : Buffer.from(text ?? (json === undefined ? '' : JSON.stringify(json)));
  const all: Record<string, string> = { ...headers };
  if (!empty) all['content-length'] = String(body.length);
  return { status, headers: all, body: method === 'HEAD' ? Buffer.alloc(0) : body };
}

/**
 * @param answer what answers requests
 * @param options whether any web page may call it
 */
export function listenerFor(answer: (received: Received) => Answer, { cors }: { cors: boolean }): RequestListener {
  return (request, response) => {
    if (cors) allowPages(request, response);
    if (cors && request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) {
      response.writeHead(204).end();
      return;
    }
    receive(request)
      .then(answer)
      .then((answered) => responseOf(answered, request.method ?? 'GET'))
      .then(({ status, headers, body }) => {
        response.writeHead(status, headers);
        response.end(body);
      })
      .catch(() => response.destroy());
  };
}

/** @see Fetch Standard, section 3.3 (CORS protocol) */
function allowPages(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-expose-headers', '*, location, etag, link');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS');
  response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
  response.setHeader('access-control-max-age', '600');
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    // One byte more than is read tells that it is too much.
    if (length - bytes.length <= MOST_BYTES) chunks.push(bytes);
  }
  const { method = 'GET', url = '/' } = request;
  const mark = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    body: Buffer.concat(chunks),
  };
}
