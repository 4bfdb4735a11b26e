/** A value that breaks its schema and was accepted, because the server made a right one of it for all to see. */
import { at, isObject } from '../../contract/resolve.ts';
import type { Resource } from '../../contract/types.ts';
import type { Asked, Exchange } from '../../model/index.ts';
import type { Outcome, Session } from '../types.ts';
import type { Mutation, MutationKind } from './mutations.ts';
import { breached } from './outcome.ts';
import { readOnce, succeeded, type Writer } from './steps.ts';

/** A conversion answers a question of type, of presence or of a list's values; a bound that is cut to is no conversion. */
const convertible = new Set<MutationKind>(['required-missing', 'required-null', 'wrong-type', 'enum-refused']);

/**
 * @param asked what was asked, as data
 * @param exchange the write that was accepted
 * @returns a SHOULD when a read, or else the response of the write, shows a right value in place of the wrong one
 */
export async function converted(
  session: Session,
  { resource, writer }: { resource: Resource; writer: Writer },
  mutation: Mutation,
  asked: Asked,
  exchange: Exchange,
): Promise<Outcome | undefined> {
  const { field, kind } = mutation;
  if (!convertible.has(kind) || !field.roundTrip) return undefined;
  const shown = await shownAfter(session, resource, writer, exchange);
  if (!shown) return undefined;
  const below = mutation.pointer.split('/').slice(2);
  const pointer = [field.roundTrip.at, ...below].join('/');
  const got = at(shown.record, pointer);
  const sent = at(sentBody(exchange), mutation.pointer);
  if (!isConversion(kind, sent, got) || !session.keeps(mutation.at.replace(/\/[^/]*$/, ''), got)) return undefined;
  return breached(
    {
      kind: 'converted-invalid',
      field: field.name,
      status: exchange.response?.status ?? 0,
      asked,
      sent,
      got,
      where: shown.where,
    },
    {
      level: 'SHOULD',
      field: field.name,
      pointer: mutation.at.replace(/\/$/, ''),
      exchanges: shown.exchange === exchange ? [exchange] : [exchange, shown.exchange],
    },
  );
}

/** An object that became a text, or a null that became a zero, was not converted: it was lost. */
function isConversion(kind: MutationKind, sent: unknown, got: unknown): boolean {
  if (got === undefined || got === null || got === sent) return false;
  if (kind === 'required-missing' || kind === 'required-null') return !isBlank(got);
  return typeof sent !== 'object' || (Array.isArray(sent) && sent.length === 1 && got === sent[0]);
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

async function shownAfter(
  session: Session,
  resource: Resource,
  writer: Writer,
  exchange: Exchange,
): Promise<{ record: unknown; where: string; exchange: Exchange } | undefined> {
  const json = exchange.response?.json;
  const record = at(json, writer === 'create' ? resource.recordAt.create : resource.recordAt.update);
  const id = writer === 'create' ? at(json, resource.idPointer) : undefined;
  if (resource.read && (typeof id === 'string' || typeof id === 'number')) {
    const read = await readOnce(session, resource, String(id));
    if (succeeded(read))
      return { record: at(read.response?.json, resource.recordAt.read), where: 'get', exchange: read };
  }
  return isObject(record) ? { record, where: `${writer} response`, exchange } : undefined;
}

function sentBody(exchange: Exchange): unknown {
  try {
    return JSON.parse(exchange.request.body ?? 'null');
  } catch {
    return undefined;
  }
}
