/** Parameters that a request has to have: those of the path, and what is required of query, header and cookies. */
import type { Operation, Parameter } from '../../contract/types.ts';
import { cookiePairs, headerValue, pathValue, queryPairs } from '../../values/serialise/parameters.ts';
import { BlockedError, type Ask, type Session } from '../types.ts';
import { isIdempotencyKey } from './idempotency-parameter.ts';
import { isPlain } from './law.ts';
import { givenValue, recordValue } from './references.ts';
import { makeBody, uuid } from './values.ts';

/**
 * @param ask a request as a rule made it
 * @returns the same with every parameter that it needs and was not given; nothing is ever sent with an empty path parameter
 * @throws BlockedError that says what to add, when a value is not to be had
 */
export async function completed(session: Session, ask: Ask): Promise<Ask> {
  const { operation } = ask;
  if (!isPlain(session.contract)) return ask;
  const pathParameters = { ...ask.pathParameters };
  const writtenPath = { ...ask.writtenPath };
  for (const [, name = ''] of (ask.path ?? operation.path).matchAll(/\{([^{}]+)\}/g)) {
    if ((pathParameters[name] ?? '') !== '') continue;
    const own = ownName(operation, name, ask);
    const value = own ?? (await pathValueOf(session, operation, name));
    pathParameters[name] = asText(value);
    if (typeof value === 'object') writtenPath[name] = pathValue(parameterOf(operation, name), value);
  }
  if (ask.method !== undefined) return { ...ask, pathParameters, writtenPath };
  const query = [...(ask.query ?? [])];
  const headers = { ...ask.headers };
  const cookies: string[] = [];
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || isGiven(parameter, query, headers)) continue;
    const changed = ask.change?.parameter === parameter;
    const value = changed ? ask.change?.value : await neededValue(session, operation, parameter);
    if (value === undefined) continue;
    if (parameter.in === 'query') query.push(...inQuery(parameter, value));
    else if (parameter.in === 'header') headers[parameter.name] = headerValue(parameter, value);
    else cookies.push(...cookiePairs(parameter, value));
  }
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  return { ...ask, pathParameters, writtenPath, query, headers };
}

function isGiven(
  { name, in: where }: Parameter,
  query: NonNullable<Ask['query']>,
  headers: Record<string, string>,
): boolean {
  if (where === 'query') return query.some(([given]) => given === name || given.startsWith(`${name}[`));
  return Object.keys(headers).some((given) => given.toLowerCase() === name.toLowerCase());
}

/** One operation may call the record's id otherwise than another: `/pets/{id}` and `/pets/{petId}`. */
function ownName(operation: Operation, name: string, { path, pathParameters = {} }: Ask): string | undefined {
  const [other, ...more] = Object.keys(pathParameters).filter((key) => !(path ?? operation.path).includes(`{${key}}`));
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  if (other === undefined || more.length > 0 || parameter?.from?.resource !== operation.resource) return undefined;
  return pathParameters[other];
}

async function pathValueOf(session: Session, operation: Operation, name: string): Promise<unknown> {
  const parameter = parameterOf(operation, name);
  const schema = parameter?.schema ?? {};
  const given = givenValue(session, operation, name, schema);
  if (given !== undefined) return given;
  const reads = operation.method === 'GET' || operation.method === 'HEAD';
  const found = parameter?.from && (await recordValue(session, parameter.from, reads));
  if (found !== undefined) return found;
  const listed: unknown[] = Array.isArray(schema.enum) ? schema.enum : [schema.const, schema.default];
  const value = listed.find((one) => one !== undefined && one !== null && one !== '');
  if (value !== undefined) return value;
  throw new BlockedError(
    `${operation.id} needs ${name} in its path, and nothing in the document makes one; a value that exists helps: --fixture ${name}=…`,
    `fixture|${name}`,
  );
}

/** A fixture is sent wherever its name stands; else only what is required, by a record, by its schema or by an example. */
async function neededValue(session: Session, operation: Operation, parameter: Parameter): Promise<unknown> {
  const given = givenValue(session, operation, parameter.name, parameter.schema);
  if (given !== undefined || !parameter.required || isCredential(operation, parameter)) return given;
  const own = valueByName(session, parameter);
  if (own !== undefined) return own;
  const found = parameter.from && (await recordValue(session, parameter.from, true));
  if (found !== undefined) return found;
  const field = {
    name: parameter.name,
    required: true,
    schema: parameter.schema,
    pointer: `${parameter.pointer}/schema`,
    refusedFixtures: {},
  };
  const made = makeBody(session, [field], undefined, `parameter-${operation.id}-${parameter.name}`)[parameter.name];
  if (made !== undefined) return made;
  throw new BlockedError(
    `${operation.id} needs the ${parameter.in} parameter ${parameter.name}, of which the document says too little; a value helps: --fixture ${operation.id}.${parameter.name}=…`,
    `fixture|${parameter.name}`,
  );
}

/** Headers whose name says what they are: a key is new for each request, and a condition is one that holds. */
function valueByName(session: Session, parameter: Parameter): string | undefined {
  if (isIdempotencyKey(parameter)) {
    const count = (keys.get(session) ?? 0) + 1;
    keys.set(session, count);
    return uuid(session.fresh(`required-key-${String(count)}`), 'key');
  }
  // RFC 9110 section 13.1.1: whatever stands there now.
  return parameter.in === 'header' && parameter.name.toLowerCase() === 'if-match' ? '*' : undefined;
}

/** How many such keys a run has made. */
const keys = new WeakMap<Session, number>();

/** A key that the security scheme sends already. */
export function isCredential({ security }: Operation, { name, in: where }: Parameter): boolean {
  return (
    (where === 'header' && name.toLowerCase() === 'authorization') ||
    security.some(({ scheme }) => scheme.in === where && scheme.parameter?.toLowerCase() === name.toLowerCase())
  );
}

function inQuery(parameter: Parameter, value: unknown): [string, string, string][] {
  return queryPairs(parameter, value).map((pair) => [pair.name, pair.value, pair.written]);
}

function parameterOf(operation: Operation, name: string): Parameter | undefined {
  return operation.parameters.find((one) => one.in === 'path' && one.name === name);
}

function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
