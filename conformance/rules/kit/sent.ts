/** What a request really carried. */
import { placeInEnvelope } from '../../contract/envelope.ts';
import { at } from '../../contract/resolve.ts';
import type { Operation } from '../../contract/types.ts';
import type { Exchange } from '../../model/index.ts';

/**
 * @param operation that was asked
 * @param exchange with a JSON body
 * @param pointer of a property among the operation's fields
 * @returns the value as it was sent; undefined where the body is no JSON or has none there
 */
export function sentAt(operation: Operation | undefined, { request }: Exchange, pointer: string): unknown {
  try {
    return at(JSON.parse(request.body ?? 'null'), placeInEnvelope(operation?.requestBody?.envelope, pointer));
  } catch {
    return undefined;
  }
}
