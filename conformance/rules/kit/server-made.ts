/** Properties that a server makes itself although a document lists them among those of a request. */
import type { RequestField } from '../../contract/types.ts';
import type { WriterOf } from './each.ts';

const STAMP =
  /^(_?links|_?etag|_?rev|version|(date)?_?(created|updated|modified|deleted|inserted|last_?(updated|modified|changed))_?(at|on|date|time|by|datetime|timestamp)?)$/i;

/**
 * Documents made from code often have one schema for requests and responses, and no word of what the server sets itself: the
 * record's id, its dates, its version. That is a guess, so such a property is never held against a target.
 *
 * @param part the write
 * @param field a property of its body
 * @returns whether what was sent is what has to come back
 */
export function isOurs({ resource }: Pick<WriterOf, 'resource'>, field: RequestField): boolean {
  return field.name !== resource.idField && !STAMP.test(field.name);
}
