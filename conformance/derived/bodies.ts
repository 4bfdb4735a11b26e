/** Reads the body of a request as its media type and its schema say. */
import { kindOfBody } from '../contract/bodies.ts';
import { at, isObject } from '../contract/resolve.ts';
import type { JsonObject, Operation, RequestBody } from '../contract/types.ts';
import { partsIn } from '../values/serialise/multipart.ts';
import { readAs } from '../values/serialise/read-form.ts';
import { Refusal, type Received } from './model.ts';
import { pairsIn, putDeep } from './parameters.ts';
import type { Schemas } from './schemas.ts';

/** A body that was read, and the media type of the document that it is in. */
export interface ReadBody {
  value: unknown;
  spec?: RequestBody;
}

/** Deeper than any body that means well, and within the stack. */
const DEEPEST = 100;

/**
 * @param schemas of the document
 * @param operation that is asked
 * @param received the request
 * @returns the body, without the properties that only responses have
 * @throws Refusal for a media type that the document does not name, and for bytes that are not what their media type says
 */
export function readBody(schemas: Schemas, operation: Operation, received: Received): ReadBody {
  const { bodies } = operation;
  const [first] = bodies;
  if (!first) return { value: undefined };
  const contentType = received.headers['content-type'] ?? '';
  const spec = specFor(bodies, contentType);
  if (received.body.length === 0) {
    // A form without fields is empty; JSON without a character is none.
    if (spec && kindOfBody(spec.mediaType) === 'form') return { value: {}, spec };
    if (first.required || spec) throw new Refusal('malformed', 'The body is empty, and one is required.');
    return { value: undefined };
  }
  if (!spec)
    throw new Refusal(
      'media-type',
      `The Content-Type ${contentType === '' ? 'is missing' : JSON.stringify(contentType.slice(0, 80))}; it has to be ${bodies.map(({ mediaType }) => mediaType).join(' or ')}.`,
    );
  const value = parse(schemas, spec, received, contentType);
  return { value: withoutForeign(schemas, spec.schemaPointer, value), spec };
}

function specFor(bodies: readonly RequestBody[], contentType: string): RequestBody | undefined {
  const wanted = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (wanted === '') return undefined;
  const names = bodies.map((one) => [(one.mediaType.split(';', 1)[0] ?? '').trim().toLowerCase(), one] as const);
  const exact = names.find(([name]) => name === wanted);
  if (exact) return exact[1];
  const range = names.find(([name]) => name === '*/*' || (name.endsWith('/*') && wanted.startsWith(name.slice(0, -1))));
  return range?.[1];
}

function parse(schemas: Schemas, spec: RequestBody, received: Received, contentType: string): unknown {
  const { schema, schemaPointer, mediaType } = spec;
  switch (kindOfBody(mediaType)) {
    case 'json':
      return parseJson(textOf(received.body), contentType);
    case 'form': {
      const fields: JsonObject = {};
      for (const [name, value] of pairsIn(textOf(received.body))) putDeep(fields, namesIn(name, schema), value);
      return readAs(schemas.document, schema, schemaPointer, fields) ?? {};
    }
    case 'multipart':
      return readAs(schemas.document, schema, schemaPointer, parts(received.body, contentType)) ?? {};
    case 'plain':
      return Buffer.from(received.body).toString();
  }
}

/** `address[city]` and `tags[]`; a property of just that name wins. */
function namesIn(name: string, schema: JsonObject): string[] {
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name)) return [name];
  const parts = name.split('[').map((part) => part.replace(/\]$/, ''));
  return parts.at(-1) === '' && parts.length > 1 ? parts.slice(0, -1) : parts;
}

/** RFC 8259 section 8.1: JSON is UTF-8. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal('malformed', 'The body is not UTF-8.');
  }
}

function parseJson(text: string, contentType: string): unknown {
  const charset = /charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    throw new Refusal('media-type', `JSON is written in UTF-8, not in ${charset.slice(0, 40)}.`);
  if (depthOf(text) > DEEPEST)
    throw new Refusal('malformed', `The JSON is nested more than ${String(DEEPEST)} levels deep.`);
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('malformed', 'The body is not JSON.');
  }
  if (/[\d.][eE]|\d{16}/.test(text)) refuseUnheld(value);
  return value;
}

/** A number that the server cannot hold would be stored as another one (RFC 8259 section 6). */
function refuseUnheld(value: unknown): void {
  const queue: unknown[] = [value];
  while (queue.length > 0) {
    const node = queue.pop();
    if (typeof node === 'number' && (!Number.isFinite(node) || (Number.isInteger(node) && !Number.isSafeInteger(node))))
      throw new Refusal('invalid', 'A number is larger than this server can hold exactly.');
    if (typeof node === 'object' && node !== null) for (const one of Object.values(node)) queue.push(one);
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (quoted) {
      if (unit === 92) index += 1;
      else if (unit === 34) quoted = false;
    } else if (unit === 34) quoted = true;
    else if (unit === 123 || unit === 91) deepest = Math.max(deepest, (depth += 1));
    else if (unit === 125 || unit === 93) depth -= 1;
  }
  return deepest;
}

/** @see RFC 7578 */
function parts(bytes: Uint8Array, contentType: string): JsonObject {
  const found = partsIn(Buffer.from(bytes).toString(), contentType);
  if (!found) throw new Refusal('malformed', 'The body is no multipart/form-data.');
  const fields: JsonObject = {};
  for (const { name, text, contentType: type, filename } of found) {
    const mayBeJson = filename === undefined && (type === undefined ? /^\s*[[{]/.test(text) : /json/i.test(type));
    putDeep(fields, [name], (mayBeJson ? asJson(text) : undefined) ?? text);
  }
  return fields;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * OpenAPI 3.1, Schema Object, `readOnly`: what only responses have is not applied. Inside a property it tells which other record is
 * meant, as in `{"type": {"id": 2}}`, and stays.
 */
function withoutForeign(schemas: Schemas, pointer: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const { value: schema, pointer: place } = schemas.resolve(pointer);
  const copy = { ...value };
  for (const { name, schema: own } of schemas.properties(schema, place))
    if (own.readOnly === true) Reflect.deleteProperty(copy, name);
  return copy;
}

/**
 * @param spec of the body
 * @param value that was read
 * @returns what the body says of the record
 */
export function fieldsIn(spec: RequestBody | undefined, value: unknown): JsonObject {
  const holder = spec?.envelope === undefined ? value : at(value, spec.envelope.at);
  return isObject(holder) ? holder : {};
}
