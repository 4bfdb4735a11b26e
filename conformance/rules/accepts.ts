import { isObject, typesOf } from '../contract/resolve.ts';
import type { Operation, Resource } from '../contract/types.ts';
import type { Exchange } from '../model/index.ts';
import { BlockedError, type Ask, type Case, type Outcome, type Rule, type Session } from './types.ts';
import { caseId } from './kit/case-id.ts';
import { operationsOf, writers, type WriterOf } from './kit/each.ts';
import { explanationOf } from './kit/explanation.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { saidBy, serverError } from './kit/answers.ts';
import { breached, notTested, pass, show } from './kit/outcome.ts';
import {
  control,
  controlCause,
  create,
  createdRecord,
  documentedSuccess,
  standingRecord,
  succeeded,
  update,
  type Written,
} from './kit/steps.ts';
import { scope } from './kit/walk.ts';

/** The controls: a valid create and a valid update succeed. Everything else rests on them. */
export const accepts: Rule = {
  id: 'accepts',
  title: 'a valid request succeeds',
  about:
    'A create and an update that keep the contract are sent. All refusals differ from these two in one thing, so without them nothing else can be asked.',
  example: 'POST with eleven valid values is answered with 400.',
  sentence: 'A request that keeps the contract is accepted.',
  profile: 'core',
  cases: (contract) => [
    ...writers(contract).flatMap((part): Case[] => [
      acceptCase(part, 'control', `${part.operation.id} accepts a valid request`),
      ...(part.fields.some((field) => !field.required)
        ? [
            acceptCase(
              part,
              'required-only',
              `${part.operation.id} accepts a request with the required properties alone`,
            ),
          ]
        : []),
    ]),
    ...operationsOf(contract).flatMap(({ operation, resource, role }): Case[] =>
      resource?.create && (role === 'read' || role === 'list') ? [readCase(operation, resource, role)] : [],
    ),
  ],
};

function readCase(operation: Operation, resource: Resource, role: 'read' | 'list'): Case {
  const asking = (session: Session, id: string): Ask =>
    role === 'read'
      ? { operation, pathParameters: { [resource.idParameter]: id } }
      : { operation, query: scope(session, operation) };
  const first = async (session: Session) => {
    const { record } = await createdRecord(session, resource, 'control');
    return session.once(`first:${operation.id}`, () =>
      session.eventually(() => session.send(asking(session, record.id)), succeeded),
    );
  };
  return {
    id: caseId('accepts', operation.id),
    level: 'MUST',
    title: role === 'read' ? `${operation.id} answers a record that was created` : `${operation.id} answers the list`,
    operation: operation.id,
    phase: 'quiet',
    pointer: operation.pointer,
    writes: [`${resource.create?.id ?? ''}:control`],
    // Asked while records are made, and again when all is written: what was readable stays so, and no cache stands still.
    prepare: (session) => first(session),
    run: async (session) => {
      const { record } = await createdRecord(session, resource, 'control');
      const early = await first(session);
      const exchange = succeeded(early)
        ? await session.eventually(() => session.send(asking(session, record.id)), succeeded)
        : early;
      if (succeeded(exchange)) return pass(exchange);
      const status = exchange.response?.status ?? 0;
      const reached =
        role === 'list' ||
        !isPlain(session.contract) ||
        keepsParameter(session, operation, resource.idParameter, record.id);
      // A list may want a query, and an id may be of another kind than was inferred: neither is the target's fault.
      if (
        isPlain(session.contract) &&
        !isServerError(session.contract, exchange) &&
        (role === 'list' || status !== 404 || !reached)
      )
        return notTested(
          `${operation.id} answered ${String(status)}${explanationOf(exchange).said} to a request that keeps the document`,
          `read|${operation.id}`,
        );
      if (status === 401 || status === 403)
        return notTested(
          `${operation.id} answered ${String(status)}: the token is not taken for it. Give one that may, with --token.`,
          `read|${operation.id}`,
        );
      if (status >= 500) return breached(serverError(exchange, { of: 'valid' }), { exchanges: [exchange] });
      return breached(
        {
          kind: 'not-readable',
          status,
          documented: documentedSuccess(operation),
          ...(role === 'read' ? { id: record.id } : {}),
        },
        { exchanges: [exchange] },
      );
    },
  };
}

/** Whether the id of a record is one that the document allows in the path: else it names the record otherwise than it was inferred. */
function keepsParameter(session: Session, operation: Operation, name: string, id: string): boolean {
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  if (!parameter) return true;
  const types = typesOf(parameter.schema);
  const value = types.includes('integer') || types.includes('number') ? Number(id) : id;
  return session.keeps(`${parameter.pointer}/schema`, value);
}

function acceptCase(part: WriterOf, which: 'control' | 'required-only', title: string): Case {
  const { operation } = part;
  return {
    id: caseId('accepts', operation.id, which === 'control' ? undefined : which),
    level: 'MUST',
    title,
    operation: operation.id,
    // A create that nothing overlaps: a target that mixes requests up has at least one record to be compared with.
    phase: part.writer === 'create' && which === 'control' ? 'first' : 'write',
    pointer: operation.pointer,
    writes: [`${operation.id}:${which}`],
    run: async (session) => judge(session, part, await write(session, part, which)),
  };
}

async function write(session: Session, { resource, writer }: WriterOf, which: string): Promise<Written> {
  if (writer === 'create') return create(session, resource, which, { requiredOnly: which === 'required-only' });
  if (which === 'required-only') {
    await control(session, resource, 'update');
    const record = await standingRecord(session, resource, 'update-required-only');
    return update(session, resource, record, which, { requiredOnly: true });
  }
  try {
    return await control(session, resource, 'update');
  } catch (error) {
    // The refused update itself is what this case tells.
    const { record } = await createdRecord(session, resource, 'update-control');
    if (!(error instanceof BlockedError)) throw error;
    return update(session, resource, record, 'update-before');
  }
}

function judge(session: Session, { operation, fields }: WriterOf, written: Written): Outcome {
  const { exchange, body, ok, refusedChoice } = written;
  const plain = isPlain(session.contract);
  if (ok && refusedChoice && !plain) return refusedValue(operation, refusedChoice);
  if (ok) return pass(exchange);
  const status = exchange.response?.status ?? 0;
  const { said } = explanationOf(exchange);
  if (status === 401 || status === 403)
    return notTested(
      `${operation.id} answered ${String(status)}${said}: the token is not taken for it. Give one that may, with --token.`,
      controlCause(operation),
    );
  const suspect = fields.find(
    (field) =>
      field.fixture !== undefined &&
      Object.hasOwn(body, field.name) &&
      mentions(exchange.response?.body ?? '', field.name),
  );
  if (suspect && status < 500)
    return notTested(
      `${operation.id} answered ${String(status)}${said}: it does not take ${suspect.name} ${show(body[suspect.name])}. ` +
        `Give a value that exists on the target, with --fixture ${suspect.fixture ?? ''}=….`,
      controlCause(operation),
    );
  if (plain && !isServerError(session.contract, exchange))
    return notTested(refusedForNoReason(operation, exchange, said), controlCause(operation));
  if (status >= 500) return breached(serverError(exchange, { of: 'valid' }), { exchanges: [exchange] });
  // Which property the target dislikes, where it says so.
  const named = fields.filter((field) => mentions(exchange.response?.body ?? '', field.name));
  const field = named.length === 1 ? named[0] : undefined;
  return breached(
    {
      kind: 'rejected-valid',
      field: field?.name,
      status,
      asked: { of: 'valid' },
      said: saidBy(exchange),
      documented: documentedSuccess(operation),
    },
    { field: field?.name, exchanges: [exchange] },
  );
}

/** On a plain document a refusal is no breach: it says what the target wants beyond it, and what would let the operation be judged. */
function refusedForNoReason(operation: Operation, exchange: Exchange, said: string): string {
  const { names } = explanationOf(exchange);
  const known = propertyNames(operation);
  const name =
    names.find((one) => known.includes(one)) ?? known.find((one) => mentions(exchange.response?.body ?? '', one));
  return `${operation.id} answered ${String(exchange.response?.status)}${said} to a request that keeps the document; a value that it takes helps: --fixture ${operation.id}.${name ?? 'NAME'}=…`;
}

function propertyNames({ requestBody, parameters }: Operation): string[] {
  const properties = isObject(requestBody?.schema.properties) ? Object.keys(requestBody.schema.properties) : [];
  return [...properties, ...parameters.map(({ name }) => name)];
}

/** The same breach as where every value of a list is tried. */
function refusedValue(operation: Operation, refused: NonNullable<Written['refusedChoice']>): Outcome {
  const { field, value, exchange } = refused;
  const status = exchange.response?.status ?? 0;
  return breached(
    {
      kind: 'rejected-valid',
      field: field.name,
      status,
      asked: { of: 'valid', field: field.name, value },
      sent: value,
      said: saidBy(exchange),
      documented: documentedSuccess(operation),
    },
    { field: field.name, pointer: field.pointer, exchanges: [exchange] },
  );
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z0-9_])`).test(text);
}
