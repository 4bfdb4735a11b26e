import type { ServerResponse } from 'node:http';

/**
 * Sends JSON. Node's own calls, since what Express adds here (ETag, freshness, escaping) no contract asks for.
 * @param response where to
 * @param status the HTTP status
 * @param body what JSON can say
 * @see RFC 9110, section 8.3
 */
export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(text);
}
