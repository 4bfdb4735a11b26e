/** A value that breaks its schema and was accepted, because the server made a right one of it for all to see. */
import { at, isObject } from '../../contract/resolve.ts';
import type { Resource } from '../../contract/types.ts';
import type { Asked, Exchange } from '../../model/index.ts';
import type { Outcome, Session } from '../types.ts';
import type { Mutation, MutationKind } from './mutations.ts';
import { newId } from './new-id.ts';
import { breached } from './outcome.ts';
import { withValue } from './pointer.ts';
import { sentAt } from './sent.ts';
import { body, create, operationOf, readOnce, succeeded, type Writer } from './steps.ts';

/** A conversion answers a question of type, of presence or of a list's values; a bound that is cut to is no conversion. */
const convertible = new Set<MutationKind>([
  'required-missing',
  'required-null',
  'wrong-type',
  'enum-refused',
  'duplicate-items',
]);

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
  const shown =
    (await shownAfter(session, resource, writer, exchange)) ??
    (writer === 'update' ? await shownByRead(session, resource, mutation, exchange) : undefined);
  if (!shown) return undefined;
  const below = mutation.pointer.split('/').slice(2);
  const pointer = [field.roundTrip.at, ...below].join('/');
  const got = at(shown.record, pointer);
  const sent = sentAt(operationOf(resource, writer), exchange, mutation.pointer);
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
  if (kind === 'duplicate-items') return Array.isArray(got) && got.length > 0;
  return typeof sent !== 'object' || (Array.isArray(sent) && sent.length === 1 && got === sent[0]);
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

interface Shown {
  record: unknown;
  where: string;
  exchange: Exchange;
}

async function shownAfter(
  session: Session,
  resource: Resource,
  writer: Writer,
  exchange: Exchange,
): Promise<Shown | undefined> {
  const json = exchange.response?.json;
  const record = at(json, writer === 'create' ? resource.recordAt.create : resource.recordAt.update);
  const id =
    writer === 'create' ? newId(resource, sentAt(resource.create, exchange, ''), exchange.response) : undefined;
  if (resource.read && id !== undefined) {
    const read = await readOnce(session, resource, id);
    if (succeeded(read))
      return { record: at(read.response?.json, resource.recordAt.read), where: 'get', exchange: read };
  }
  return isObject(record) ? { record, where: `${writer} response`, exchange } : undefined;
}

/** An update that answers no record: the same change is made to a record that no other case writes, which is then read. */
async function shownByRead(
  session: Session,
  resource: Resource,
  mutation: Mutation,
  exchange: Exchange,
): Promise<Shown | undefined> {
  const operation = resource.update;
  if (!operation || !resource.read) return undefined;
  const key = `converted-${mutation.field.name}-${mutation.kind}-${mutation.detail}`;
  const { record } = await create(session, resource, key);
  if (!record) return undefined;
  // Nothing is expected of it any more.
  record.unexpected = true;
  const base = body(session, resource, 'update', key, { id: record.id });
  const json = withValue(base, mutation.pointer, sentAt(operation, exchange, mutation.pointer));
  const written = await session.send({ operation, pathParameters: { [resource.idParameter]: record.id }, json });
  if (!succeeded(written)) return undefined;
  const read = await readOnce(session, resource, record.id);
  if (!succeeded(read)) return undefined;
  return { record: at(read.response?.json, resource.recordAt.read), where: 'get after update', exchange: read };
}
