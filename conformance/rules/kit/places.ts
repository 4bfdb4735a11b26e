/** Every way in which a record can be read after a write. */
import { show } from './outcome.ts';
import { at } from '../../contract/resolve.ts';
import type { WayIn } from '../../contract/types.ts';
import { BlockedError, type Session, type StoredRecord } from '../types.ts';
import type { Place } from './compare.ts';
import type { WriterOf } from './each.ts';
import { readBack, type Written } from './steps.ts';
import { walk } from './walk.ts';

/** The ways as reports name them. */
export const wayNames: Record<'create' | 'update', { way: WayIn; name: string }[]> = {
  create: [
    { way: 'create', name: 'create response' },
    { way: 'read', name: 'get' },
    { way: 'list', name: 'list' },
  ],
  update: [
    { way: 'update', name: 'update response' },
    { way: 'read', name: 'get after update' },
    { way: 'list', name: 'list after update' },
  ],
};

/**
 * @param withList whether the list is looked at: only in the quiet phase
 * @throws BlockedError when none of the places can be looked at
 */
export async function places(
  session: Session,
  part: WriterOf,
  written: Written,
  record: StoredRecord,
  withList = false,
): Promise<Place[]> {
  const found: Place[] = [];
  let blocked: BlockedError | undefined;
  for (const { way, name } of wayNames[part.writer]) {
    if (way === 'list' && !withList) continue;
    try {
      const place = await placeOf(session, part, written, record, way, name);
      if (place) found.push(place);
    } catch (error) {
      // One way that is closed keeps nobody from looking at the others.
      if (!(error instanceof BlockedError)) throw error;
      blocked = error;
    }
  }
  if (found.length === 0 && blocked) throw blocked;
  return found;
}

/** One place; `undefined` when the contract has no such way. */
export async function placeOf(
  session: Session,
  { resource, operation }: WriterOf,
  written: Written,
  record: StoredRecord,
  way: WayIn,
  name: string,
): Promise<Place | undefined> {
  if (way === 'create' || way === 'update') {
    const pointer = way === 'create' ? resource.recordAt.create : resource.recordAt.update;
    const json = written.exchange.response?.json;
    const seen = at(json, pointer);
    // An update may answer without a body; then only the reads can tell.
    if (way === 'update' && json === undefined) return undefined;
    return { way: name, record: seen, exchange: written.exchange, operation: operation.id };
  }
  if (way === 'read') {
    if (!resource.read) return undefined;
    const { exchange, seen } = await readBack(session, resource, record);
    return { way: name, record: seen, exchange, operation: resource.read.id };
  }
  if (!resource.list) return undefined;
  const list = resource.list;
  const walked = await walk(session, resource);
  const item = walked.byId.get(record.id);
  const exchange = walked.exchanges[0];
  if (item === undefined || !exchange)
    throw new BlockedError(
      walked.complete
        ? `the list does not hold the record ${show(record.id)}`
        : `the list does not hold the record ${show(record.id)} within the first ${String(walked.pages)} pages`,
      `list-lost|${list.id}`,
    );
  return { way: name, record: item, exchange, operation: list.id };
}
