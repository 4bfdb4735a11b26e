/** Requests of operations that no other rule sends: what has to be there for them is made, and nothing else is touched. */
import type { Contract, Operation, RequestBody, Resource } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';
import type { Ask, Session } from '../types.ts';
import { isObject, typesOf } from '../../contract/resolve.ts';
import { dangerOf } from './danger.ts';
import { makeable } from './each.ts';
import { putOperations } from './put-resources.ts';
import { resourceOf } from './references.ts';
import { body, operationOf, standingRecord } from './steps.ts';
import { keptBody } from './kept-body.ts';
import { makeBody, makeFieldValue } from './values.ts';

/**
 * @returns why an operation is not sent, or nothing when it may be: what writes is sent only to records that the run made, and never
 *   where its name says that it ends sessions, changes credentials or removes more than one record
 */
export function notSent(contract: Contract, operation: Operation): string | undefined {
  if (operation.unusable !== undefined) return operation.unusable;
  if (operation.method === 'GET' || operation.method === 'HEAD' || operation.method === 'OPTIONS') return undefined;
  const danger = dangerOf(operation);
  if (danger !== undefined) return `${operation.id} is not sent: ${danger}`;
  if (putOperations(contract).has(operation)) return undefined;
  const own = resourceOf(contract, operation.resource);
  const made = own !== undefined && makeable(contract).includes(own);
  const parents = operation.parameters.filter((one) => one.in === 'path');
  const all = parents.every(({ from }) => {
    const resource = resourceOf(contract, from?.resource);
    return resource !== undefined && makeable(contract).includes(resource);
  });
  if (operation.method === 'DELETE')
    return made ? undefined : `${operation.id} removes records that the run cannot make`;
  if (operation.role === 'search') return undefined;
  if (parents.length > 0 && all) return undefined;
  if (operation.method === 'POST' && parents.length === 0) return undefined;
  return operation.method === 'POST'
    ? `${operation.id} writes below a record that nothing in the document makes`
    : `${operation.id} changes records that the run cannot make`;
}

/**
 * Sends an operation with what it needs: its own record, the records above it, a valid body.
 *
 * @param other what differs from a plain valid request, and the key of the record that it goes to where several share one
 */
export async function sendValid(
  session: Session,
  operation: Operation,
  key: string,
  { record, ...other }: Pick<Ask, 'change' | 'judge' | 'valid'> & { record?: string } = {},
): Promise<Exchange> {
  const resource = resourceOf(session.contract, operation.resource);
  const pathParameters = resource ? await ownId(session, operation, resource, record ?? key) : {};
  const id = resource && pathParameters[resource.idParameter];
  const json = operation.requestBody ? await validBody(session, operation, resource, key, id) : undefined;
  return session.send({
    operation,
    pathParameters,
    ...(json === undefined ? {} : { json }),
    valid: true,
    ...other,
  });
}

/** Something is done to the record: it is one of its own, so that no other case is disturbed. */
async function ownId(
  session: Session,
  operation: Operation,
  resource: Resource,
  key: string,
): Promise<Record<string, string>> {
  if (operation.method === 'GET' || !makeable(session.contract).includes(resource)) return {};
  if (!operation.path.includes(`{${resource.idParameter}}`)) return {};
  return { [resource.idParameter]: (await standingRecord(session, resource, key)).id };
}

/** A body without named fields: one value, a list, a map. */
function wholeBody(session: Session, whole: RequestBody, example: unknown, key: string): unknown {
  const field = {
    name: 'body',
    required: true,
    schema: whole.schema,
    pointer: whole.schemaPointer,
    refusedFixtures: {},
  };
  const value = makeFieldValue(session, field, key, { example });
  return value ?? (typesOf(whole.schema).every((type) => type === 'object') ? {} : undefined);
}

async function validBody(
  session: Session,
  operation: Operation,
  resource: Resource | undefined,
  key: string,
  id: string | undefined,
): Promise<unknown> {
  const richest = operation.requestBody?.examples[0]?.value;
  const set = await session.findReferences(operation, resource);
  if (operation.fields.length === 0 && operation.requestBody)
    return wholeBody(session, operation.requestBody, richest, key);
  // What was learnt of a create or an update holds for its other requests too.
  const writer = (['create', 'update'] as const).find((one) => resource && operationOf(resource, one) === operation);
  if (resource && writer) return body(session, resource, writer, key, { id });
  const made = makeBody(session, operation.fields, isObject(richest) ? richest : undefined, key, { set });
  return keptBody(session, operation, operation.fields, made, key);
}
