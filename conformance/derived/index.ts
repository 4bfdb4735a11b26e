/**
 * A right server made from nothing but an OpenAPI document: it remembers what is written, and answers as the document says.
 *
 * ```ts
 * const server = await createDerivedServer('./mine.yaml');
 * const answer = await server.fetch(new Request('http://server/pets'));
 * createServer(server.listener).listen(3000);
 * ```
 */
import type { RequestListener } from 'node:http';
import { loadContract } from '../contract/load.ts';
import { derive } from './build.ts';
import { listenerFor, responseOf } from './node.ts';
import type { DerivedServerOptions } from './options.ts';
import type { Core } from './server.ts';

export type { DerivedServerOptions, SeedRecords } from './options.ts';

export interface DerivedServer {
  /** Answers a request of the Fetch standard; nothing goes over a network. */
  fetch: (request: Request) => Promise<Response>;
  /** For `createServer` of `node:http`. */
  listener: RequestListener;
  /** How many records are kept right now. */
  readonly records: number;
}

/**
 * @param document path or URL of an OpenAPI document, or the name of a built-in contract
 * @param options who may ask, what is there at the start, and what is wrong on purpose
 * @returns the server; it listens nowhere by itself
 * @throws Error with a sentence for a document that cannot be read or served, and for a fault that it does not make possible
 */
export async function createDerivedServer(
  document: string,
  options: DerivedServerOptions = {},
): Promise<DerivedServer> {
  const core = await derive(await loadContract(document, { allowRemote: false }), options);
  return {
    fetch: (request) => fetched(core, request),
    listener: listenerFor((received) => core.answer(received), { cors: options.cors === true }),
    get records() {
      return core.shop.store.count;
    },
  };
}

async function fetched(core: Core, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const answered = core.answer({
    method: request.method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  });
  const { status, headers, body } = await responseOf(answered, request.method);
  return new Response(body.length === 0 ? null : new Uint8Array(body), { status, headers });
}
