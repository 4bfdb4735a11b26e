/** From the bytes of a body to text and JSON, with everything that is wrong on the way. */
import { isAscii, isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { parseJson } from './json-scan.ts';
import { splitList } from './list-header.ts';
import { bytesText } from './words.ts';

/** How much is read of a body that is no text or too big; the record, cut after masking, holds less. */
const KEPT_OF_BROKEN = 128 * 1024;

/** Nobody compresses more than twice; each layer may blow up a thousandfold. */
const MAX_CODINGS = 3;

export interface Body {
  text: string;
  json?: unknown;
  /** About how many bytes `json` takes; 0 where that is little. */
  weight?: number;
  jsonError?: string;
  bodyError?: string;
  oddities?: string[];
}

/**
 * @param bytes the body as received, framing removed
 * @param headers lower-case names
 * @param maxBytes how big the body may be once decompressed
 * @see RFC 9110 section 8.4 (content codings), RFC 8259 section 8.1 (JSON is UTF-8, a BOM may be ignored)
 */
export function decodeBody(bytes: Buffer, headers: Readonly<Record<string, string>>, maxBytes: number): Body {
  if (bytes.length === 0) return { text: '' };
  const coding = headers['content-encoding'];
  if (coding === undefined || coding === '') return decodeText(bytes, typeOf(headers), headers['content-length']);
  const decoded = decompress(bytes, coding, maxBytes);
  return 'problem' in decoded ? { text: '', bodyError: decoded.problem } : decodeText(decoded, typeOf(headers));
}

/** The media type to read a body by: where several came, that of JSON, so that what can be judged is judged. */
function typeOf(headers: Readonly<Record<string, string>>): string {
  const type = headers['content-type'] ?? '';
  return type.includes(',') ? (splitList(type).find(isJsonType) ?? type) : type;
}

/** The start of a body that could not be read to its end: for a person to recognise it, never to be judged. */
export function startOfBody(bytes: Buffer): string {
  return bytes.toString('utf8', 0, Math.min(bytes.length, KEPT_OF_BROKEN));
}

/**
 * Whether a body that has not ended properly is a complete JSON document all the same. Then its framing is wrong; otherwise it
 * was cut off.
 */
export function isCompleteJson(bytes: Buffer): boolean {
  const last = bytes.at(-1);
  // Numbers and literals are complete at any length, or look so; only brackets prove an end.
  if (last === undefined || !(last === 0x7d || last === 0x5d || last === 0x0a || last === 0x0d)) return false;
  const parsed = parseJson(bytes.toString());
  return typeof parsed.value === 'object' && parsed.value !== null;
}

/** Whether a media type announces JSON (RFC 6839 section 3.1). */
export function isJsonType(contentType: string): boolean {
  return /^\s*[\w.+-]+\/(?:json|[\w.-]+\+json)\s*(?:;|$)/i.test(contentType);
}

function decompress(bytes: Buffer, coding: string, maxBytes: number): Buffer | { problem: string } {
  const codings = coding.toLowerCase().split(',', MAX_CODINGS + 1);
  if (codings.length > MAX_CODINGS) return { problem: `Content-Encoding names more than ${MAX_CODINGS} codings` };
  let decoded = bytes;
  for (const name of codings.reverse().map((entry) => entry.trim())) {
    if (name === 'identity' || name === '') continue;
    const decoder = decoders[name];
    if (!decoder) return { problem: `Content-Encoding is ${JSON.stringify(name)}, which was not asked for` };
    try {
      decoded = decoder(decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ERR_BUFFER_TOO_LARGE') {
        return { problem: `the body is bigger than ${bytesText(maxBytes)} once decompressed (${name})` };
      }
      return { problem: `the body is no complete ${name} stream (${code ?? String(error)})` };
    }
  }
  return decoded;
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

/** "deflate" means the zlib format, and some servers send the raw one (RFC 9110 section 8.4.1.2). */
const inflate: Decoder = (bytes, options) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);

const decoders: Record<string, Decoder | undefined> = Object.assign(Object.create(null) as object, {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflate,
  br: brotliDecompressSync,
});

function decodeText(bytes: Buffer, contentType: string, announced?: string): Body {
  const json = isJsonType(contentType);
  let oddities: string[] | undefined;
  let content = bytes;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    content = bytes.subarray(3);
    oddities = ['the body begins with a byte order mark'];
  }
  if (!isAscii(content) && !isUtf8(content)) {
    const text = startOfBody(content);
    // Sound recordings and texts in another declared charset are no UTF-8 and need not be.
    return json || maybeUtf8(contentType)
      ? { text, bodyError: 'the body is not valid UTF-8', oddities }
      : { text, oddities };
  }
  const text = content.toString();
  if (!json) return { text, oddities };
  const parsed = parseJson(text);
  if (parsed.error !== undefined) {
    const early = announced !== undefined && breaksOff(parsed.error, text);
    return { text, jsonError: early ? `${parsed.error}, where Content-Length ends it` : parsed.error, oddities };
  }
  if (parsed.duplicates.length > 0) oddities = [...(oddities ?? []), ...parsed.duplicates];
  return { text, json: parsed.value, weight: parsed.weight, oddities };
}

/** Whether it is only the end that is missing: the sign of a Content-Length that is too small. */
function breaksOff(error: string, text: string): boolean {
  return /Unexpected end/.test(error) || /position (\d+)/.exec(error)?.[1] === String(text.length);
}

function maybeUtf8(contentType: string): boolean {
  if (contentType === '') return true;
  return /^text\//i.test(contentType) && !/charset\s*=\s*"?(?!utf-?8)/i.test(contentType);
}
