/**
 * Values that name a record: path parameters above a collection, foreign keys, query parameters. They are taken from fixtures, else
 * from records that the run made, else (to read, or to point at) from records that a list of the target has.
 */
import { idWords, wordsOf } from '../../contract/graph/words.ts';
import { at, isObject, typesOf } from '../../contract/resolve.ts';
import type { Contract, Operation, RequestField, Resource, Schema, ValueSource } from '../../contract/types.ts';
import { BlockedError, type Session } from '../types.ts';
import { makeable } from './each.ts';
import { idOf, itemsOf } from './walk.ts';
import { createdRecord, succeeded } from './steps.ts';

/** @returns the value given with `--fixture createCall.accountId=…` or `--fixture accountId=…`, of the type that the schema wants */
export function givenValue(session: Session, operation: Operation, name: string, schema: Schema): unknown {
  const text = session.fixture(`${operation.id}.${name}`) ?? session.fixture(name);
  if (text === undefined) return undefined;
  const types = typesOf(schema);
  if (types.includes('array')) return [text];
  return !types.includes('string') && (types.includes('integer') || types.includes('number')) ? Number(text) : text;
}

/** @returns the resource whose record a value names */
export function resourceOf(contract: Contract, name: string | undefined): Resource | undefined {
  return contract.resources.find((resource) => resource.name === name);
}

/**
 * @param mayExist whether a record that the run did not make will do: it is read, or pointed at, and never changed
 * @returns the value, or nothing when no record is to be had
 */
export async function recordValue(session: Session, source: ValueSource, mayExist: boolean): Promise<unknown> {
  const resource = resourceOf(session.contract, source.resource);
  if (!resource) return undefined;
  if (makeable(session.contract).includes(resource)) {
    const { record } = await createdRecord(session, resource, 'parent');
    const value = source.at === '' ? undefined : at(record.created, source.at);
    return tailOf(source, typeof value === 'string' || typeof value === 'number' ? value : record.id);
  }
  return mayExist && resource.list ? tailOf(source, await listedId(session, resource)) : undefined;
}

/** The id of some record that stands in a list: to be read, never to be changed. */
export function listedId(session: Session, resource: Resource): Promise<string | undefined> {
  return session.once(`listed:${resource.list?.id ?? ''}`, async () => {
    if (!resource.list) return undefined;
    const exchange = await session.send({ operation: resource.list });
    if (!succeeded(exchange)) return undefined;
    const ids = itemsOf(resource, exchange).map((item) => idOf(resource, item));
    return ids.find((id) => id !== '');
  });
}

function tailOf({ tail }: ValueSource, value: string | number | undefined): unknown {
  return tail === true && typeof value === 'string' ? value.split('/').at(-1) : value;
}

/**
 * Foreign keys of a body.
 * @returns for each property that names another record its value; undefined leaves an optional one out
 */
export async function references(
  session: Session,
  operation: Operation,
  resource: Resource | undefined,
): Promise<Record<string, unknown>> {
  return session.once(`references:${operation.id}`, async () => {
    const found: Record<string, unknown> = {};
    for (const field of operation.fields) {
      if (field.fixture !== undefined) continue;
      const given = givenValue(session, operation, field.name, field.schema);
      if (given !== undefined) found[field.name] = given;
      else if (field.from && field.name !== resource?.idField)
        Object.assign(found, await reference(session, operation, resource, field, field.from));
    }
    return found;
  });
}

async function reference(
  session: Session,
  operation: Operation,
  resource: Resource | undefined,
  field: RequestField,
  from: ValueSource,
): Promise<Record<string, unknown>> {
  const leftOut = { [field.name]: undefined };
  if (from.whole)
    return resource && reaches(session.contract, from.resource, resource.name, true)
      ? {}
      : wholeRecord(session, field, from);
  if (resource && reaches(session.contract, from.resource, resource.name, field.required))
    return field.required ? {} : leftOut;
  try {
    const value = await recordValue(session, from, true);
    if (value === undefined) return field.required ? {} : leftOut;
    const typed = typesOf(field.schema).includes('integer') ? Number(value) : value;
    return { [field.name]: from.many === true ? [value] : typed };
  } catch (error) {
    if (!(error instanceof BlockedError)) throw error;
    if (!field.required) return leftOut;
    // A bare number may be no key at all: `concurrency_limit`.
    if (!from.said && !isKeyName(field.name) && typesOf(field.schema).includes('integer')) return {};
    throw new BlockedError(
      `${operation.id} needs ${field.name}, which names a record of ${from.resource}: ${error.message}; a value that exists helps: --fixture ${operation.id}.${field.name}=…`,
      error.cause_,
    );
  }
}

/** `flow_id`, `tagIds`: a name that says that it is a key. */
function isKeyName(name: string): boolean {
  const words = wordsOf(name);
  return words.length > 1 && idWords.has((words.at(-1) ?? '').replace(/s$/, ''));
}

/** A record that stands in a property of another one, as its create answered it; where it does not fit, one is made up. */
async function wholeRecord(
  session: Session,
  { name, pointer }: RequestField,
  { resource: of, many }: ValueSource,
): Promise<Record<string, unknown>> {
  const resource = resourceOf(session.contract, of);
  if (!resource || !makeable(session.contract).includes(resource)) return {};
  try {
    const { record } = await createdRecord(session, resource, 'parent');
    const value = many === true ? [record.created] : record.created;
    return isObject(record.created) && session.keeps(pointer, value) ? { [name]: value } : {};
  } catch (error) {
    if (error instanceof BlockedError) return {};
    throw error;
  }
}

/** Whether making a record of one kind would need, in the end, one of the other: two that need each other can neither be made. */
function reaches(
  contract: Contract,
  from: string,
  to: string,
  requiredOnly: boolean,
  seen = new Set<string>(),
): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const resource = resourceOf(contract, from);
  const needed = [
    ...(resource?.parents ?? []).map((parent) => parent.resource),
    ...(resource?.createFields ?? [])
      .filter((field) => field.required || !requiredOnly)
      .map((field) => field.from?.resource),
  ];
  return needed.some((name) => name !== undefined && reaches(contract, name, to, requiredOnly, seen));
}
