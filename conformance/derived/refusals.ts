/** How a request is refused: with the status and the error body that the document has for it. */
import { isObject, typesOf } from '../contract/resolve.ts';
import { plain } from '../contract/graph/words.ts';
import type { Operation, ResponseSpec, Schema } from '../contract/types.ts';
import type { Answer, Refusal, RefusalKind } from './model.ts';
import type { Schemas } from './schemas.ts';
import type { Values } from './values.ts';

/** By preference; the first that is documented is answered. */
const statuses: Readonly<Record<RefusalKind, readonly number[]>> = {
  malformed: [400, 422],
  invalid: [400, 422],
  'bad-parameter': [400, 422],
  unauthenticated: [401, 403],
  forbidden: [403, 401],
  unknown: [404, 410],
  'no-path': [404],
  'wrong-method': [405, 404],
  'not-acceptable': [406],
  conflict: [409, 422, 400],
  'changed-meanwhile': [412, 409],
  'too-large': [413, 400],
  'media-type': [415, 400, 422],
  full: [507],
  crash: [500],
};

/** Reason phrases of RFC 9110 section 15, and of RFC 4918 section 11.5. */
const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  507: 'Insufficient Storage',
};

/** What an error says. */
interface Said {
  status: number;
  message: string;
  field?: string;
  path: string;
  now: Date;
}

/** @returns the response that documents a status: by itself, by its class, or by `default` */
export function documentedFor(operation: Operation | undefined, status: number): ResponseSpec | undefined {
  const { responses = [] } = operation ?? {};
  const names = [String(status), `${String(status).charAt(0)}XX`, 'DEFAULT'];
  return names
    .map((name) => responses.find((one) => one.status.toUpperCase() === name))
    .find((one) => one !== undefined);
}

function statusFor(operation: Operation | undefined, kind: RefusalKind): number {
  const wanted = statuses[kind];
  const [first = 400] = wanted;
  const named = wanted.find((status) => operation?.responses.some((one) => one.status === String(status)));
  return named ?? first;
}

/**
 * @param operation that is asked, if it is known
 * @param refusal why it is refused
 * @param request where it was sent, and when
 * @param tools what knows the document's schemas
 * @returns the answer: a documented status and the document's own error body where there is one, else a problem (RFC 9457)
 */
export function refusalAnswer(
  operation: Operation | undefined,
  refusal: Refusal,
  request: { path: string; now: Date },
  tools: { schemas: Schemas; values: Values },
): Answer {
  const status = refusal.status ?? statusFor(operation, refusal.kind);
  const said: Said = { status, message: refusal.message, field: refusal.field, ...request };
  return errorAnswer(documentedFor(operation, status), said, refusal.headers, tools);
}

/** @returns an answer of some error status in the form of the response that documents it */
export function errorAnswer(
  spec: ResponseSpec | undefined,
  said: Said,
  headers: Record<string, string>,
  { schemas, values }: { schemas: Schemas; values: Values },
): Answer {
  const { status, message, now } = said;
  if (spec?.schemaPointer === undefined) {
    if (spec && spec.mediaTypes.length === 0) return { status, headers };
    const text = spec?.mediaTypes.find((one) => one.startsWith('text/'));
    if (text !== undefined) return { status, headers: { ...headers, 'content-type': text }, text: message };
    const json = { type: 'about:blank', title: phrases[status] ?? 'Error', status, detail: message };
    return { status, headers: { ...headers, 'content-type': 'application/problem+json' }, json };
  }
  const { value: schema, pointer } = schemas.resolve(spec.schemaPointer);
  const known = fill(schemas, schema, pointer, '', said, 0);
  const making = { key: `error-${String(status)}`, now, names: [], depth: 0 };
  const filled = values.complete(spec.schemaPointer, known, making);
  const json =
    schemas.check(spec.schemaPointer, filled, 'response').length === 0
      ? filled
      : values.complete(spec.schemaPointer, undefined, making);
  const type = spec.mediaTypes.find((one) => /[/+]json\b/i.test(one)) ?? 'application/json';
  return { status, headers: { ...headers, 'content-type': type }, json };
}

/** What is known of an error, at its places in the document's schema; undefined where nothing is. */
function fill(schemas: Schemas, schema: Schema, pointer: string, name: string, said: Said, depth: number): unknown {
  if ('const' in schema) return schema.const;
  if (depth > 5) return undefined;
  const types = typesOf(schema);
  const properties = schemas.properties(schema, pointer);
  if (properties.length > 0 || (types.includes('object') && isObject(schema.additionalProperties)))
    return fillObject(schemas, schema, pointer, said, depth);
  if (types.includes('array')) {
    const own = plain(name);
    const items = schemas.inside(schema.items ?? {}, `${pointer}/items`);
    if (own === 'loc') return said.field === undefined ? ['body'] : ['body', said.field];
    const one = fill(schemas, items.value, items.pointer, depth === 0 || own === '' ? 'message' : own, said, depth + 1);
    return one === undefined ? undefined : [one];
  }
  for (const key of ['oneOf', 'anyOf'] as const) {
    const branches: unknown = schema[key];
    if (!Array.isArray(branches)) continue;
    const branch = branches.findIndex((one) => !isObject(one) || one.type !== 'null');
    if (branch < 0) continue;
    const inner = schemas.inside(branches[branch], `${pointer}/${key}/${String(branch)}`);
    return fill(schemas, inner.value, inner.pointer, name, said, depth + 1);
  }
  const value = wordFor(plain(name), schema, types, said);
  return value !== undefined && schemas.keeps(schema, value, 'response') ? value : undefined;
}

function fillObject(schemas: Schemas, schema: Schema, pointer: string, said: Said, depth: number): unknown {
  const made: Record<string, unknown> = {};
  const properties = schemas.properties(schema, pointer);
  for (const { name, schema: own, pointer: at, required } of properties) {
    const named = own['x-ringtrue-names-field'];
    if (named === 'keys') {
      if (said.field !== undefined) made[name] = { [said.field]: said.message };
      continue;
    }
    if (named === true) {
      if (said.field !== undefined) made[name] = said.field;
      continue;
    }
    const value = own['x-ringtrue-http-status'] === true ? said.status : fill(schemas, own, at, name, said, depth + 1);
    // What names no field and is not asked for is left out.
    const empty = Array.isArray(value) && value.length === 0;
    if (value !== undefined && !(empty && !required)) made[name] = value;
  }
  if (properties.length === 0 && said.field !== undefined && isObject(schema.additionalProperties)) {
    const open = schemas.inside(schema.additionalProperties, `${pointer}/additionalProperties`);
    const value = fill(schemas, open.value, open.pointer, 'message', said, depth + 1);
    if (value !== undefined) made[said.field] = value;
  }
  return made;
}

const messages =
  /^(?:message|messages|detail|details|description|errordescription|errormessage|msg|reason|reasons|developermessage|usermessage|moreinfo|text)$/;
const codes = /^(?:code|errorcode|kind|errortype|error|key|errorkey|name)$/;
const places = /^(?:field|fieldname|param|parameter|property|propertyname|attribute|target|location|pointer|source)$/;

function wordFor(name: string, schema: Schema, types: readonly string[], said: Said): unknown {
  const { status, message, field, path, now } = said;
  const phrase = phrases[status] ?? 'Error';
  const isNumber = types.includes('integer') || types.includes('number');
  if (/^(?:status|statuscode|httpstatus|httpstatuscode|httpcode)$/.test(name) || (name === 'code' && isNumber))
    return isNumber ? status : types.includes('string') || types.length === 0 ? String(status) : undefined;
  if (/^(?:success|ok|succeeded)$/.test(name)) return types.includes('boolean') ? false : undefined;
  if (types.length > 0 && !types.includes('string')) return undefined;
  if (Array.isArray(schema.enum)) return pick(schema.enum, phrase);
  if (schema.format === 'date-time') return now.toISOString();
  if (name === 'title') return phrase;
  if (name === 'type' || name === 'typeuri')
    return String(schema.format).startsWith('uri') ? 'about:blank' : slug(phrase);
  if (/^(?:instance|path|uri|requesturi)$/.test(name)) return path;
  if (messages.test(name)) return message;
  if (codes.test(name)) return name === 'error' ? phrase : slug(phrase);
  if (places.test(name)) return field;
  return undefined;
}

/** The value of a list that says most nearly what happened. */
function pick(values: readonly unknown[], phrase: string): unknown {
  const wanted = plain(phrase);
  return (
    values.find((one) => plain(String(one)) === wanted) ??
    values.find((one) => plain(String(one)).includes(wanted)) ??
    values[0]
  );
}

function slug(phrase: string): string {
  return phrase.toLowerCase().replaceAll(/[^a-z]+/g, '_');
}
