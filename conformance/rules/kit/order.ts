/** Whether the items of a page stand in an order. */
import { isObject } from '../../contract/resolve.ts';
import { decimal, instant } from './equality.ts';

/**
 * @param items records
 * @param order `field:asc` or `field:desc`
 * @returns the first two neighbours that stand the wrong way round
 */
export function outOfOrder(items: readonly unknown[], order: string): [unknown, unknown] | undefined {
  const [field = '', direction = 'asc'] = order.split(',')[0]?.split(':') ?? [];
  const keys = items.map((item) => valueOf(item, field));
  for (let index = 1; index < keys.length; index += 1) {
    const compared = compare(keys[index - 1], keys[index]);
    if (compared !== undefined && (direction === 'asc' ? compared > 0 : compared < 0))
      return [keys[index - 1], keys[index]];
  }
  return undefined;
}

/**
 * @param items records
 * @param field a property
 * @returns the records of each value together; undefined when those of one value do not stand side by side
 */
export function runsOf(items: readonly unknown[], field: string): { value: unknown; items: unknown[] }[] | undefined {
  const runs: { value: unknown; items: unknown[] }[] = [];
  for (const item of items) {
    const value = valueOf(item, field);
    const last = runs.at(-1);
    if (last?.value === value) last?.items.push(item);
    else if (runs.some((run) => run.value === value)) return undefined;
    else runs.push({ value, items: [item] });
  }
  return runs;
}

/** @returns a property of a record as a list returns it */
export function valueOf(item: unknown, field: string): unknown {
  return isObject(item) ? item[field] : undefined;
}

/**
 * Texts have more than one right order: by code unit, without regard to case, as numbers. Two are compared only where these agree.
 * @returns negative, zero or positive; undefined when the two cannot be compared
 */
export function compare(a: unknown, b: unknown): number | undefined {
  const [left, right] = [instant(a) ?? a, instant(b) ?? b];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const orders = [sign(left, right), sign(left.toLowerCase(), right.toLowerCase())];
  const [first, second] = [decimal(left), decimal(right)];
  if (first !== undefined && second !== undefined) orders.push(Math.sign(Number(first) - Number(second)));
  return orders.every((order) => order === orders[0]) ? orders[0] : undefined;
}

function sign(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
