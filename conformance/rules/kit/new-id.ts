/** How the id of a record is learnt when it is made. */
import { at } from '../../contract/resolve.ts';
import type { Resource } from '../../contract/types.ts';
import type { ReceivedResponse } from '../../model/index.ts';

/**
 * @param resource whose record was made
 * @param sent the properties that were sent
 * @param response the answer to the create
 * @returns the id as a path takes it: from the body, from the last segment of `Location` (RFC 9110 section 10.2.2), or from what
 *   was sent; undefined when there is none
 */
export function newId(resource: Resource, sent: unknown, response: ReceivedResponse | undefined): string | undefined {
  const { idFrom, idPointer, idTail } = resource;
  if (idFrom === 'nowhere') return undefined;
  if (idFrom === 'location') return lastSegment(response);
  const id = at(idFrom === 'request' ? sent : response?.json, idPointer);
  // A record of the same answer may be told by its address alone.
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const text = String(id);
  return idTail ? (text.split('/').at(-1) ?? text) : text;
}

function lastSegment(response: ReceivedResponse | undefined): string | undefined {
  const location = response?.headers.location;
  const segment = location?.split(/[?#]/, 1)[0]?.replace(/\/+$/, '').split('/').at(-1);
  if (segment === undefined || segment === '') return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
