/** Sends one change to a control that succeeded, and judges the refusal. */
import { at } from '../../contract/resolve.ts';
import type { Contract, Operation, RequestField, Resource } from '../../contract/types.ts';
import type { Asked, Exchange, Level } from '../../model/index.ts';
import type { Ask, Outcome, Session } from '../types.ts';
import { inEnvelope } from '../../contract/envelope.ts';
import { isEmptyInForm, isForm } from '../../values/serialise/bodies.ts';
import { readAs } from '../../values/serialise/read-form.ts';
import { isPlain, isServerError } from './law.ts';
import type { Mutation } from './mutations.ts';
import { serverError } from './answers.ts';
import { breached, notApplicable, notTested, pass } from './outcome.ts';
import { sentAt } from './sent.ts';
import { withValue } from './pointer.ts';
import {
  body,
  control,
  operationOf,
  readOnce,
  refused,
  remember,
  standingRecord,
  succeeded,
  type Writer,
} from './steps.ts';

/**
 * In a form every value is a text: a wrong value that reads like a right one is no wrong value, and neither is an optional one that is
 * empty.
 */
function canSay(
  session: Session,
  operation: Operation | undefined,
  { kind, field }: Mutation,
  value: unknown,
  json: unknown,
): boolean {
  const body = operation?.requestBody;
  if (!body || !isForm(body) || kind === 'required-missing') return true;
  if (kind === 'required-null' || (isEmptyInForm(value) && !field.required)) return false;
  return !session.keeps(body.schemaPointer, readAs(session.contract.document, body.schema, body.schemaPointer, json));
}

/**
 * Whether a plain document allows the change after all: another branch of a union may take it, or another part of the schema. Formats are
 * annotations, which a validator may let pass.
 */
function isRight(
  session: Session,
  operation: Operation | undefined,
  { kind }: Mutation,
  json: unknown,
  base: Record<string, unknown>,
): boolean {
  const body = operation?.requestBody;
  if (!isPlain(session.contract) || !body || isForm(body) || ['format-refused', 'empty-value'].includes(kind))
    return false;
  const keeps = (value: unknown): boolean => session.keeps(body.schemaPointer, inEnvelope(body.envelope, value));
  return keeps(base) && keeps(json);
}

/** The record that every refused update is aimed at. */
export const refusalTarget = 'refusal-target';

/** Sends a mutated create or update, once per run. */
export function sendMutation(
  session: Session,
  resource: Resource,
  writer: Writer,
  mutation: Mutation,
): Promise<Exchange | undefined> {
  const key = `refuse-${writer}-${mutation.field.name}-${mutation.kind}-${mutation.detail}`;
  return session.once(`mutation:${operationOf(resource, writer)?.id ?? ''}:${key}`, async () => {
    await control(session, resource, writer);
    const base = body(session, resource, writer, key, { id: await targetId(session, resource, writer) });
    const parent = mutation.pointer.replace(/\/[^/]*$/, '');
    // The change is made inside something that is not sent: there is nothing to change.
    if (parent !== '' && at(base, parent) === undefined) return undefined;
    const value = valueOf(mutation, at(base, mutation.pointer));
    if (value === undefined && mutation.value !== undefined) return undefined;
    const json = withValue(base, mutation.pointer, value);
    if (!canSay(session, operationOf(resource, writer), mutation, value, json)) return undefined;
    if (isRight(session, operationOf(resource, writer), mutation, json, base)) return undefined;
    return sendRefusable(session, resource, writer, key, { json }, mutation.what, mutation.field.name);
  });
}

/** @returns the id of the record that refused updates are aimed at */
export async function targetId(session: Session, resource: Resource, writer: Writer): Promise<string | undefined> {
  return writer === 'update' ? (await standingRecord(session, resource, refusalTarget)).id : undefined;
}

/** The record that refused updates are aimed at, as it was before the first of them. */
export function untouched(session: Session, resource: Resource): Promise<Exchange | undefined> {
  return session.once(`untouched:${resource.update?.id ?? ''}`, async () => {
    const { id } = await standingRecord(session, resource, refusalTarget);
    return resource.read ? readOnce(session, resource, id) : undefined;
  });
}

/** Some wrong values are made of the right one. */
function valueOf({ value }: Mutation, valid: unknown): unknown {
  if (typeof value !== 'function') return value;
  return valid === undefined ? undefined : (value as (valid: unknown) => unknown)(valid);
}

/**
 * Sends a write that is to be refused, and remembers the text by which a trace of it would be known.
 *
 * @param ask what differs from a plain write
 * @param what the change in words, as a fact
 */
export async function sendRefusable(
  session: Session,
  resource: Resource,
  writer: Writer,
  key: string,
  ask: Partial<Ask>,
  what: string,
  field?: string,
): Promise<Exchange> {
  const operation = operationOf(resource, writer);
  if (!operation) throw new Error(`the resource has no ${writer} operation`);
  const pathParameters: Record<string, string> = {};
  if (writer === 'update') {
    pathParameters[resource.idParameter] = (await standingRecord(session, resource, refusalTarget)).id;
    await untouched(session, resource);
  }
  const plain =
    ask.raw === undefined && !('json' in ask)
      ? { json: body(session, resource, writer, key, { id: pathParameters[resource.idParameter] }) }
      : {};
  const exchange = await session.send({ operation, pathParameters, ...plain, ...ask });
  const marker = session.fresh(key).token;
  if (refused(exchange)) session.refused.push({ operation: operation.id, field, what, marker, exchange });
  // Taken all the same: the record exists and belongs into the ledger, but nothing is expected of it.
  else if (writer === 'create' && succeeded(exchange))
    await session.once(`unexpected:${key}`, async () =>
      Promise.resolve(remember(session, resource, `unexpected-${key}`, {}, exchange, true)),
    );
  else if (writer === 'update' && succeeded(exchange))
    await session.once(`dirty:${resource.update?.id ?? ''}`, () => Promise.resolve(true));
  return exchange;
}

export interface RefusalSpec {
  contract: Contract;
  operation: Operation;
  /** What is wrong with the request, as a fact: `its JSON is cut off`. */
  what: string;
  /** The same as data, where it is one of the known alterations. */
  asked?: Asked;
  level: Level;
  /** Statuses that are right; 400 if not said. */
  statuses?: number[];
  field?: RequestField;
  pointer: string;
}

/** The outcome of a write that is to be refused. */
export function judgeRefusal(exchange: Exchange | undefined, spec: RefusalSpec): Outcome {
  if (!exchange) return notApplicable('the control sends nothing there that could be changed');
  const { operation, what, field } = spec;
  const status = exchange.response?.status ?? 0;
  const right = spec.statuses ?? field?.refusalStatus ?? [400];
  const details = { exchanges: [exchange], field: field?.name, pointer: spec.pointer };
  // Whatever HTTP has to refuse a request with is right where no requirement says which; an undocumented one is told as that.
  const open = isPlain(spec.contract) && spec.statuses === undefined && field?.refusalStatus === undefined;
  const expected = open ? ['a 4xx'] : right.map(String);
  const asked = spec.asked ? withSent(spec.asked, operation, exchange) : { of: 'fact' as const, fact: what };
  if (right.includes(status)) return pass(exchange);
  if (open && status >= 400 && status < 500) return pass(exchange);
  if (isPlain(spec.contract) && status >= 300 && !isServerError(spec.contract, exchange))
    return notTested(`${operation.id} answered ${String(status)} when ${what}`);
  if (status >= 200 && status < 300)
    return breached({ kind: 'accepted-invalid', field: field?.name, status, expected, asked }, details);
  if (status >= 500) return breached(serverError(exchange, asked), { ...details, level: 'MUST' });
  const names = (wanted: string): boolean => operation.responses.some((response) => response.status === wanted);
  if (status === 422 && !names('422'))
    return breached({ kind: 'other-status', status, expected, asked }, { ...details, level: 'SHOULD' });
  // A made-up value for something that must exist may just as well be unknown or out of reach.
  if (field?.fixture !== undefined && [403, 404, 409, 422].includes(status) && names(String(status)))
    return pass(exchange);
  return breached({ kind: 'wrong-status', status, expected, asked }, details);
}

/** The value as it was really sent: some are made of the valid one. */
function withSent(asked: Asked, operation: Operation, exchange: Exchange): Asked {
  if (asked.of !== 'invalid' || asked.at === '') return asked;
  const value = sentAt(operation, exchange, asked.at);
  return value === undefined ? asked : { ...asked, value };
}
