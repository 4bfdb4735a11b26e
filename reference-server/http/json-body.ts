import type { IncomingMessage } from 'node:http';
import { problem } from './problem.ts';

/** A JSON object as it arrived; nothing in it is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A request body: the object, and the bytes it took. */
export interface JsonBody {
  readonly value: JsonObject;
  readonly bytes: number;
}

/** A client that goes on sending after it was told 413 is cut off here. */
const DRAIN_FACTOR = 16;

// `fatal`: a body that is no UTF-8 is refused, since replacing what cannot be decoded would store another value.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a request body that has to be a JSON object.
 * @param request the request
 * @param limit bytes that the body may have
 * @returns the object, and its size in bytes
 * @throws {Problem} 415 for another media type, charset or content coding, 413 for too many bytes, 400 for what is no JSON object
 * @see RFC 8259, section 8.1
 */
export async function readJsonObject(request: IncomingMessage, limit: number): Promise<JsonBody> {
  requireJson(request);
  const bytes = await readBytes(request, limit);
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    throw problem(400, 'malformed_json', 'The request body is not valid JSON in UTF-8.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw problem(400, 'malformed_json', 'The request body has to be a JSON object.');
  }
  return { value: value as JsonObject, bytes: bytes.length };
}

function requireJson(request: IncomingMessage): void {
  const type = request.headers['content-type'];
  // The two usual spellings need no parsing.
  if (type !== 'application/json' && type !== 'application/json; charset=utf-8' && !isJsonType(type ?? '')) {
    throw problem(415, 'unsupported_media_type', 'The request body has to be sent as application/json in UTF-8.');
  }
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw problem(415, 'unsupported_media_type', 'The request body has to be sent without a content coding.');
  }
}

function isJsonType(type: string): boolean {
  const [essence = '', ...parameters] = type.split(';');
  if (essence.trim().toLowerCase() !== 'application/json') return false;
  return parameters.every((parameter) => {
    const [name = '', value = ''] = parameter.split('=');
    return name.trim().toLowerCase() !== 'charset' || /^"?utf-?8"?$/i.test(value.trim());
  });
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const tooLong = (): void => {
      chunks.length = 0;
      reject(problem(413, 'payload_too_large', `The request body may have at most ${String(limit)} bytes.`));
    };
    if (Number(request.headers['content-length'] ?? 0) > limit) tooLong();
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) chunks.push(chunk);
      else if (length > limit * DRAIN_FACTOR) request.destroy();
      // Not cut at once: a client that still sends would see a broken connection and never the 413.
      else tooLong();
    });
    request.on('end', () => {
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    const gone = (): void => {
      reject(problem(400, 'incomplete_body', 'The request body ended too early.'));
    };
    request.on('error', gone);
    // It is closed after its end too; an error, with its stack, is dear to make for nobody.
    request.on('close', () => {
      if (!request.readableEnded) gone();
    });
  });
}
