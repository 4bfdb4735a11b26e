/** A target without a network: requests go straight to a function of the same process. */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { createTarget } from './client.ts';
import type { Connections, Receiver, WrittenRequest } from './connections.ts';
import type { Target, TargetOptions } from './types.ts';

/** A request as a server sees it. */
export interface ReceivedRequest {
  method: string;
  /** Path and query. */
  path: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: Buffer;
}

/** What a server sends. */
export interface SentResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** Answers requests; a rejection counts as a connection that was cut. */
export type Respond = (request: ReceivedRequest) => Promise<SentResponse>;

/**
 * Opens the suite's client on a function in place of a network. All that the HTTP client does to a request and to its
 * answer (headers, masking, decoding, JSON, pauses, retries) is done here too, since only the connection is another one.
 *
 * @param options see {@link TargetOptions}; the URL is what exchanges say, nothing is connected to
 * @param respond what answers
 * @throws Error with a sentence when the URL is none
 */
export function createMemoryTarget(options: TargetOptions, respond: Respond): Target {
  const host = new URL(options.url).host;
  const line: Connections['kept'] = {
    dispatch: (request, receiver) => {
      // A turn of the event loop for each request, as a socket takes: timers run, and what was sent together arrives together.
      setImmediate(() => void answer(host, request, receiver, respond));
      return true;
    },
  };
  const connections: Connections = {
    kept: line,
    fresh: line,
    wire: { resetting: false },
    destroy: () => Promise.resolve(),
  };
  return createTarget(options, () => Promise.resolve(connections));
}

async function answer(host: string, request: WrittenRequest, receiver: Receiver, respond: Respond): Promise<void> {
  const given = { up: false };
  receiver.onConnect(() => {
    given.up = true;
  });
  if (given.up) return;
  let response: SentResponse;
  try {
    response = await respond(received(host, request));
  } catch (error) {
    receiver.onError(error instanceof InvalidRequestError ? error : new CutError());
    return;
  }
  receiver.onHeaders(response.status, rawHeaders(response.headers));
  // RFC 9110 sections 9.3.2, 15.3.5 and 15.4.5: these have no content, whatever their headers say.
  const empty = request.method === 'HEAD' || response.status === 204 || response.status === 304;
  if (!empty && response.body.length > 0) receiver.onData(response.body);
  receiver.onComplete();
}

/** A request that cannot be written, with the code that undici gives it. */
class InvalidRequestError extends Error {
  readonly code = 'UND_ERR_INVALID_ARG';
}

/** What a client sees of a connection that ends before the answer. */
class CutError extends Error {
  readonly code = 'UND_ERR_SOCKET';
}

function received(host: string, { method, path, headers, body }: WrittenRequest): ReceivedRequest {
  const bytes = Buffer.from(body ?? '');
  const all = Object.create(null) as Record<string, string>;
  Object.assign(all, { host, connection: 'keep-alive' });
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch (error) {
      throw new InvalidRequestError(`invalid ${name} header`, { cause: error });
    }
    all[name] = value.replaceAll(/^[ \t]+|[ \t]+$/g, '');
  }
  if (body !== null) all['content-length'] = String(bytes.length);
  return { method, path, headers: all, body: bytes };
}

/** Header bytes as undici's parser hands them over: without the white space before a value, and with what stands behind it. */
function rawHeaders(headers: SentResponse['headers']): Buffer[] {
  return Object.entries(headers).flatMap(([name, value]) => [
    Buffer.from(name, 'latin1'),
    Buffer.from(value.replace(/^[ \t]+/, ''), 'latin1'),
  ]);
}
