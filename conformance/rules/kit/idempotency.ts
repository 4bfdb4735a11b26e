/** Creates under an idempotency key. */
import type { Contract, Operation, Resource } from '../../contract/types.ts';
import { at, textOf } from '../../contract/resolve.ts';
import type { Asked, Exchange } from '../../model/index.ts';
import { BlockedError, type Case, type Outcome, type Rule, type Session } from '../types.ts';
import { serverError } from './answers.ts';
import { caseId } from './case-id.ts';
import { breached } from './outcome.ts';
import { body, control, remember, succeeded, recordsOf } from './steps.ts';
import { uuid } from './values.ts';

export interface Keyed {
  resource: Resource;
  operation: Operation;
  header: string;
  /** The status of a repeat. */
  status: number;
  /** The response property whose value refers to the original. */
  reference: string;
}

/** A rule about the creates that take an idempotency key. */
export function idempotencyRule(
  id: string,
  words: Pick<Rule, 'title' | 'about' | 'example' | 'sentence'>,
  level: Case['level'],
  title: string,
  creates: number,
  run: (session: Session, keyed: Keyed) => Promise<Outcome>,
  when: { detail?: string; phase: Case['phase'] } = { phase: 'write' },
): Rule {
  return {
    id,
    ...words,
    profile: 'full',
    cases: (contract) =>
      keyedCreates(contract).map((keyed): Case => ({
        id: caseId(id, keyed.operation.id, when.detail),
        level,
        title: `${keyed.operation.id}: ${title}`,
        operation: keyed.operation.id,
        phase: when.phase,
        pointer: `${keyed.operation.pointer}/x-ringtrue-idempotency`,
        writes: Array.from({ length: creates }, (_, index) => `${keyed.operation.id}:${id}:${String(index)}`),
        run: async (session) => {
          await control(session, keyed.resource, 'create');
          return run(session, keyed);
        },
      })),
  };
}

function keyedCreates(contract: Contract): Keyed[] {
  return contract.resources.flatMap((resource) => {
    const { create } = resource;
    return create?.idempotency ? [{ resource, operation: create, ...create.idempotency }] : [];
  });
}

/** A key that was not used before: a UUID. */
export function freshKey(session: Session, name: string): string {
  return uuid(session.fresh(`idempotency-${name}`), 'key');
}

/** Sends a create with a key, and notes the record if it succeeds. */
export async function sendKeyed(
  session: Session,
  keyed: Keyed,
  key: string | undefined,
  name: string,
  json?: Record<string, unknown>,
): Promise<Exchange> {
  const state = json ?? body(session, keyed.resource, 'create', name);
  const exchange = await session.send({
    operation: keyed.operation,
    json: state,
    headers: key === undefined ? {} : { [keyed.header]: key },
  });
  // A replay tells a record that is known already.
  const id = String(at(exchange.response?.json, keyed.resource.idPointer));
  if (succeeded(exchange) && !recordsOf(session, keyed.resource).some((record) => record.id === id))
    remember(session, keyed.resource, `${name}-${String(exchange.id)}`, state, exchange);
  return exchange;
}

/** A first create under a fresh key. @throws BlockedError when it is refused */
export async function original(
  session: Session,
  keyed: Keyed,
  name: string,
): Promise<{ key: string; exchange: Exchange; json: Record<string, unknown> }> {
  return session.once(`idempotency:${name}`, async () => {
    const key = freshKey(session, name);
    const json = body(session, keyed.resource, 'create', name);
    const exchange = await sendKeyed(session, keyed, key, name, json);
    if (!succeeded(exchange))
      throw new BlockedError(
        `a valid create with a fresh ${keyed.header} was answered with ${String(exchange.response?.status)}`,
        `idempotency-key|${keyed.operation.id}`,
      );
    return { key, exchange, json };
  });
}

/** The repeat of an original, sent once per run. */
export async function repeated(
  session: Session,
  keyed: Keyed,
): Promise<{ first: Exchange; again: Exchange; key: string; json: Record<string, unknown> }> {
  const { key, exchange, json } = await original(session, keyed, 'repeat');
  const again = await session.once('idempotency:repeat-again', () =>
    sendKeyed(session, keyed, key, 'repeat-again', json),
  );
  return { first: exchange, again, key, json };
}

/** The original's reference, as text. */
export function referenceOf(keyed: Keyed, exchange: Exchange): string {
  const base = keyed.resource.recordAt.create;
  return textOf(at(exchange.response?.json, `${base}/${keyed.reference}`));
}

/** Whether a response refers to the original, anywhere in its body or headers. */
export function refersTo(exchange: Exchange, reference: string): boolean {
  if (reference === '') return false;
  const { body: text = '', headers = {} } = exchange.response ?? {};
  return (
    text.includes(reference) ||
    Object.values(headers).some((value) => value.includes(reference) || safeDecode(value).includes(reference))
  );
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The outcome of a repeat that was not answered as one.
 * @param how what kind of repeat it was
 */
export function notRefused(
  keyed: Keyed,
  exchange: Exchange,
  how: Omit<Extract<Asked, { of: 'repeat' }>, 'of' | 'header'>,
  exchanges: Exchange[],
): Outcome {
  const status = exchange.response?.status ?? 0;
  const asked: Asked = { of: 'repeat', header: keyed.header, ...how };
  return breached(
    status >= 500
      ? serverError(exchange, asked)
      : succeeded(exchange)
        ? { kind: 'repeated', status, expected: String(keyed.status), asked }
        : { kind: 'wrong-status', status, expected: [String(keyed.status)], asked },
    { exchanges },
  );
}
