/** Whether the items of a page stand in an order. */
import { isObject } from '../../contract/resolve.ts';
import { instant } from './equality.ts';

/**
 * @param items records
 * @param order `field:asc` or `field:desc`
 * @returns the first two neighbours that stand the wrong way round
 */
export function outOfOrder(items: readonly unknown[], order: string): [unknown, unknown] | undefined {
  const [field = '', direction = 'asc'] = order.split(',')[0]?.split(':') ?? [];
  const keys = items.map((item) => (isObject(item) ? item[field] : undefined));
  for (let index = 1; index < keys.length; index += 1) {
    const compared = compare(keys[index - 1], keys[index]);
    if (compared !== undefined && (direction === 'asc' ? compared > 0 : compared < 0))
      return [keys[index - 1], keys[index]];
  }
  return undefined;
}

/** @returns negative, zero or positive; undefined when the two cannot be compared */
export function compare(a: unknown, b: unknown): number | undefined {
  const [left, right] = [instant(a) ?? a, instant(b) ?? b];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return undefined;
}
