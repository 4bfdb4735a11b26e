/** Follows a create that was answered with 202 to its end (RFC 9110 section 15.3.3). */
import { at, isObject } from '../../contract/resolve.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import type { Exchange, ReceivedResponse } from '../../model/index.ts';
import { BlockedError, type Session } from '../types.ts';
import { newId } from './new-id.ts';

const DONE = /^(?:succeeded|success|successful|completed?|done|finished|ready|created|active|ok|processed)$/i;
const FAILED = /^(?:failed|failure|error|errored|cancell?ed|aborted|rejected)$/i;
/** Where an answer says how far it is. */
const PLACES = ['/status', '/state', '/data/status', '/job/status', '/operation/status'];
/** Where it says what was made. */
const RESULTS = [
  '/resourceLocation',
  '/resource_location',
  '/resource',
  '/result/href',
  '/links/resource',
  '/location',
];

/**
 * @param exchange the answer to a create: one with another status than 202 is at its end
 * @returns the id of the record that was made; undefined when nothing tells it
 * @throws BlockedError when the target is not done within the consistency budget, or says that it failed
 */
export async function settledId(
  session: Session,
  resource: Resource,
  operation: Operation,
  sent: unknown,
  exchange: Exchange,
): Promise<string | undefined> {
  const { response } = exchange;
  if (response?.status !== 202) return newId(resource, sent, response);
  const monitor = response.headers['operation-location'] ?? response.headers.location;
  const own = newId(resource, sent, response);
  const blocked = (what: string): BlockedError =>
    new BlockedError(`${operation.id} answered 202, ${what}`, `accepted|${operation.id}`);
  const late = 'and it was not done in time; --consistency SECONDS waits longer';
  if (monitor === undefined) {
    if (own === undefined) return undefined;
    const { read } = resource;
    if (!read) return own;
    const last = await session.eventually(
      () => session.send({ operation: read, pathParameters: { [resource.idParameter]: own }, judge: 'server-error' }),
      ({ response: seen }) => seen?.status === 200,
    );
    if (last.response?.status === 200) return own;
    throw blocked(late);
  }
  const { href } = new URL(monitor, exchange.request.url);
  const reader = resource.read ?? operation;
  const end = await session.eventually(
    () => session.follow(href, { ...reader, responses: [] }, 'server-error'),
    (seen) => seen === undefined || isOver(seen.response),
  );
  if (!end) throw blocked('and its status stands at another origin, which is not asked');
  if (!isOver(end.response)) throw blocked(late);
  const status = statusOf(end.response);
  if (FAILED.test(status)) throw blocked(`and its status says ${status}`);
  const place = end.response?.headers.location ?? placeOf(end.response?.json);
  if (place !== undefined) return lastSegment(place);
  const told = resource.idFrom === 'body' ? newId(resource, sent, end.response) : undefined;
  return (resource.idFrom === 'location' && !leadsToRecord(operation, href) ? undefined : own) ?? told;
}

function isOver(response: ReceivedResponse | undefined): boolean {
  if (!response || response.status >= 400) return false;
  if (response.status >= 300) return true;
  const status = statusOf(response);
  return response.status !== 202 && (status === '' || DONE.test(status) || FAILED.test(status));
}

function statusOf(response: ReceivedResponse | undefined): string {
  for (const pointer of PLACES) {
    const value = at(response?.json, pointer);
    if (typeof value === 'string') return value;
  }
  return '';
}

function placeOf(json: unknown): string | undefined {
  if (!isObject(json)) return undefined;
  return RESULTS.map((pointer) => at(json, pointer)).find(
    (one): one is string => typeof one === 'string' && one.includes('/'),
  );
}

function lastSegment(place: string): string | undefined {
  const segment = place.split(/[?#]/, 1)[0]?.replace(/\/+$/, '').split('/').at(-1);
  return segment === undefined || segment === '' ? undefined : decodeURIComponent(segment);
}

/** Whether an address stands right below that of the create. */
function leadsToRecord({ path }: Operation, href: string): boolean {
  const above = new URL(href).pathname.replace(/\/[^/]*\/?$/, '');
  return above.split('/').at(-1) === path.split('/').at(-1);
}
