/** Reads parameters as their styles say (OpenAPI 3.1, Parameter Object, `style`), and holds them to their schemas. */
import { isObject, typesOf } from '../contract/resolve.ts';
import type { Operation, Parameter } from '../contract/types.ts';
import { readAs } from '../values/serialise/read-form.ts';
import { Refusal } from './model.ts';
import type { Schemas } from './schemas.ts';

type Pairs = readonly (readonly [string, string])[];

/** @returns the names and values of a query or of a form */
export function pairsIn(text: string): Pairs {
  return [...new URLSearchParams(text)];
}

/**
 * @param schemas of the document
 * @param operation that is asked
 * @param raw what the path says for each of its parameters
 * @returns the path's values
 * @throws Refusal for a value that its schema does not take
 */
export function readPath(
  schemas: Schemas,
  operation: Operation,
  raw: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, written] of Object.entries(raw)) {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
    const text = decoded(written);
    if (text === undefined) throw new Refusal('unknown', `The path's ${name} is not percent-encoded as it has to be.`);
    values[name] = text;
    if (!parameter) continue;
    const value = parameter.mediaType === undefined ? pathValue(parameter, text, schemas) : parsedJson(text);
    if (!schemas.keeps(parameter.schema, value, 'request'))
      throw new Refusal('unknown', `Nothing has the ${name} ${JSON.stringify(text.slice(0, 80))}.`);
  }
  return values;
}

/**
 * @param schemas of the document
 * @param operation that is asked
 * @param pairs of the query
 * @param headers of the request
 * @param ignored tells whether a query parameter is not looked at
 * @returns the query's values
 * @throws Refusal for what is missing, and for a value that its schema does not take
 */
export function readQuery(
  schemas: Schemas,
  operation: Operation,
  pairs: Pairs,
  headers: Readonly<Record<string, string>>,
  ignored: (name: string) => boolean,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const cookies = operation.parameters.some((one) => one.in === 'cookie') ? cookiesIn(headers['cookie'] ?? '') : [];
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || ignored(parameter.name)) continue;
    const value =
      parameter.in === 'query'
        ? pairsValue(parameter, pairs, schemas)
        : parameter.in === 'cookie'
          ? pairsValue(parameter, cookies, schemas)
          : headerValue(parameter, headers[parameter.name.toLowerCase()], schemas);
    if (value === undefined) {
      if (!parameter.required) continue;
      throw new Refusal('bad-parameter', `The ${parameter.in} parameter ${parameter.name} is missing.`, {
        field: parameter.name,
      });
    }
    if (!schemas.keeps(parameter.schema, value, 'request'))
      throw new Refusal(
        'bad-parameter',
        `The ${parameter.in} parameter ${parameter.name} is not as its schema wants it.`,
        {
          field: parameter.name,
        },
      );
    if (parameter.in === 'query') values[parameter.name] = value;
  }
  return values;
}

function cookiesIn(header: string): Pairs {
  return header.split(/;\s*/).flatMap((one): [string, string][] => {
    const at = one.indexOf('=');
    return at < 0 ? [] : [[one.slice(0, at), decoded(one.slice(at + 1)) ?? one.slice(at + 1)]];
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function read(schemas: Schemas, { schema, pointer }: Parameter, value: unknown): unknown {
  const one = readAs(schemas.document, schema, `${pointer}/schema`, value);
  return one === undefined ? value : one;
}

function isList({ schema }: Parameter): boolean {
  return typesOf(schema).includes('array');
}

function isMap({ schema }: Parameter): boolean {
  return typesOf(schema).includes('object') || isObject(schema.properties);
}

function pairsValue(parameter: Parameter, pairs: Pairs, schemas: Schemas): unknown {
  const { name, style, explode } = parameter;
  const own = pairs.filter(([key]) => key === name).map(([, value]) => value);
  if (parameter.mediaType !== undefined) return own[0] === undefined ? undefined : parsedJson(own[0]);
  if (style === 'deepObject' || (isMap(parameter) && own.length === 0)) return deepValue(parameter, pairs, schemas);
  if (isMap(parameter) && own[0] !== undefined) return read(schemas, parameter, fromFlat(own[0].split(',')));
  if (isList(parameter)) {
    const inBrackets = pairs.filter(([key]) => key === `${name}[]`).map(([, value]) => value);
    const all = own.length > 0 ? own : inBrackets;
    if (all.length === 0) return undefined;
    const separator = style === 'spaceDelimited' ? / / : style === 'pipeDelimited' ? /\|/ : /,/;
    const items = explode && style === 'form' ? all : all.flatMap((one) => one.split(separator));
    return read(schemas, parameter, items);
  }
  // A form writes each name once.
  if (own.length > 1 && !typesOf(parameter.schema).includes('array'))
    return own.length > 0 ? read(schemas, parameter, own[0]) : undefined;
  return own[0] === undefined ? undefined : read(schemas, parameter, own[0]);
}

/** `filter[status]=x`, `filter[created][gt]=y`; of a form style the names alone. */
function deepValue(parameter: Parameter, pairs: Pairs, schemas: Schemas): unknown {
  const { name, style, schema } = parameter;
  const holder: Record<string, unknown> = {};
  let found = false;
  for (const [key, value] of pairs) {
    if (style === 'deepObject') {
      if (!key.startsWith(`${name}[`)) continue;
      found = true;
      putDeep(
        holder,
        key
          .slice(name.length)
          .split('[')
          .slice(1)
          .map((part) => part.replace(/\]$/, '')),
        value,
      );
    } else if (isObject(schema.properties) && Object.hasOwn(schema.properties, key)) {
      found = true;
      holder[key] = value;
    }
  }
  return found ? read(schemas, parameter, holder) : undefined;
}

/** Puts a value below names in brackets; the same name twice makes a list. */
export function putDeep(holder: Record<string, unknown>, [name = '', ...inner]: string[], value: unknown): void {
  const before = Object.hasOwn(holder, name) ? holder[name] : undefined;
  const isNext = inner.length > 0;
  const next = isNext && isObject(before) ? before : {};
  const made = isNext ? next : before === undefined ? value : [before, value].flat();
  Object.defineProperty(holder, name, { value: made, enumerable: true, configurable: true, writable: true });
  if (isNext) putDeep(next, inner, value);
}

/** `low,1,high,2` */
function fromFlat(parts: readonly string[]): Record<string, string> {
  const holder: Record<string, string> = {};
  for (let index = 0; index + 1 < parts.length; index += 2) holder[parts[index] ?? ''] = parts[index + 1] ?? '';
  return holder;
}

function fromPairs(parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(parts.map((part) => [part.split('=', 1)[0] ?? '', part.slice(part.indexOf('=') + 1)]));
}

function simpleValue(parameter: Parameter, text: string, schemas: Schemas): unknown {
  const parts = text.split(',');
  if (isList(parameter)) return read(schemas, parameter, parts);
  if (isMap(parameter)) return read(schemas, parameter, parameter.explode ? fromPairs(parts) : fromFlat(parts));
  return read(schemas, parameter, text);
}

function headerValue(parameter: Parameter, text: string | undefined, schemas: Schemas): unknown {
  if (text === undefined) return undefined;
  return parameter.mediaType === undefined ? simpleValue(parameter, text, schemas) : parsedJson(text);
}

/** `simple`, `label` (`.a.b`) and `matrix` (`;name=a;name=b`). */
function pathValue(parameter: Parameter, text: string, schemas: Schemas): unknown {
  const { name, style, explode } = parameter;
  if (style === 'label' && text.startsWith('.')) {
    const parts = text.slice(1).split(explode ? '.' : ',');
    if (isList(parameter)) return read(schemas, parameter, parts);
    if (isMap(parameter)) return read(schemas, parameter, explode ? fromPairs(parts) : fromFlat(parts));
    return read(schemas, parameter, text.slice(1));
  }
  if (style === 'matrix' && text.startsWith(';')) {
    const parts = text.slice(1).split(';');
    if (isMap(parameter) && explode) return read(schemas, parameter, fromPairs(parts));
    const values = parts.map((part) => (part.startsWith(`${name}=`) ? part.slice(name.length + 1) : ''));
    const flat = explode ? values : (values[0] ?? '').split(',');
    if (isList(parameter)) return read(schemas, parameter, flat);
    return isMap(parameter) ? read(schemas, parameter, fromFlat(flat)) : read(schemas, parameter, values[0]);
  }
  return simpleValue(parameter, text, schemas);
}
