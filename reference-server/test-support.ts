import { startServer, type ListenOptions, type RunningServer } from './listen.ts';

/** An answer, with its body read as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // A test names what it expects; a wrong guess fails in its assertion.
  readonly body: Json;
  readonly text: string;
}

/** JSON that a test looks into without checking each step. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** What to send beside method and path. */
export interface Sending {
  readonly body?: unknown;
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
}

/** A running server and a way to ask it. */
export interface Subject {
  readonly url: string;
  readonly server: RunningServer;
  ask(method: string, path: string, sending?: Sending): Promise<Answer>;
}

/**
 * Starts a reference server for a test and asks it with the given headers.
 * @param headers sent with every request unless it names others; an empty value leaves one out
 * @param options the server's options
 * @returns the server and a way to ask it
 */
export async function subject(headers: Record<string, string>, options: ListenOptions = {}): Promise<Subject> {
  const server = await startServer(options);
  return {
    url: server.url,
    server,
    ask: async (method, path, sending = {}) => {
      const all = {
        ...headers,
        ...(sending.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sending.headers,
      };
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
        body: sending.raw ?? (sending.body === undefined ? null : JSON.stringify(sending.body)),
        redirect: 'manual',
      });
      const text = await response.text();
      const json = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: json ? (JSON.parse(text) as Json) : null,
      };
    },
  };
}

/**
 * Looks into JSON.
 * @param json where
 * @param path the keys to follow
 * @returns what is there, or undefined
 */
export function at(json: Json, ...path: (string | number)[]): Json | undefined {
  let here: Json | undefined = json;
  for (const key of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string | number, Json>)[key];
  }
  return here;
}

/**
 * Looks for a text in JSON.
 * @param json where
 * @param path the keys to follow
 * @returns the text that is there
 * @throws when something else is there
 */
export function textAt(json: Json, ...path: (string | number)[]): string {
  const found = at(json, ...path);
  if (typeof found !== 'string') throw new Error(`There is no text at ${path.join('/')}.`);
  return found;
}
