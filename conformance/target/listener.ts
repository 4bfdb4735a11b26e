/** Asks a request listener of Node's without a network between. */
import { IncomingMessage, ServerResponse, type RequestListener } from 'node:http';
import { Socket } from 'node:net';
import type { Respond } from './in-memory.ts';

/**
 * @param listener a server's request listener that answers in one piece
 * @returns what answers requests in memory, with the headers that Node would add to each answer
 */
export function respondWith(listener: RequestListener): Respond {
  return async ({ method, path, headers, body }) => {
    const { status, headers: own, text } = await inject(listener, method, path, headers, body);
    const bytes = Buffer.from(text);
    return {
      status,
      headers: { ...addedByNode(), ...own, 'content-length': String(bytes.length) },
      body: bytes,
    };
  };
}

/** @returns the headers that Node's server adds to each answer */
export function addedByNode(): Record<string, string> {
  return { date: new Date().toUTCString(), connection: 'keep-alive', 'keep-alive': 'timeout=5' };
}

/** What a listener answered. */
export interface Injected {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/**
 * Asks a request listener without a network between: a hundred servers with thousands of requests each are started in
 * one test, and a second hop would double their time.
 * @param listener who answers
 * @param method the method
 * @param url path and query
 * @param headers lower-case names
 * @param body the body's bytes
 * @returns the answer
 */
export function inject(
  listener: RequestListener,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<Injected> {
  return new Promise((resolve) => {
    const request = new IncomingMessage(new Socket());
    request.method = method;
    request.url = url;
    request.headers = { ...headers };
    request.complete = true;
    request.push(body);
    request.push(null);
    listener(request, capturing(request, resolve));
  });
}

/** A response that hands its body over in place of sending it. */
function capturing(request: IncomingMessage, done: (injected: Injected) => void): ServerResponse {
  const response = new ServerResponse(request);
  // An own property and no subclass, since Express replaces the prototype. The reference server answers in one piece,
  // so this one call is the whole body.
  response.end = (chunk?: unknown) => {
    const headers = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)] as const);
    done({
      status: response.statusCode,
      headers: Object.fromEntries(headers),
      text: typeof chunk === 'string' ? chunk : '',
    });
    return response;
  };
  return response;
}
