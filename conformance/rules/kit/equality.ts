/** When a value that was read back equals the one that was written. */
import type { Equality } from '../../contract/types.ts';
import { isObject } from '../../contract/resolve.ts';

/**
 * @param sent what was written
 * @param got what was read back
 * @param equality how they are compared
 * @param ignore JSON Pointers, `*` for any token, of what may be masked or left out
 */
export function isEqual(sent: unknown, got: unknown, equality: Equality, ignore: readonly string[] = []): boolean {
  switch (equality) {
    case 'decimal':
      return decimal(sent) !== undefined && decimal(sent) === decimal(got);
    case 'instant':
      return instant(sent) !== undefined && instant(sent) === instant(got);
    case 'number':
      return typeof got === 'number' && typeof sent === 'number' && sent === got;
    case 'json':
    case 'exact':
      return deepEqual(
        sent,
        got,
        ignore.map((pointer) => pointer.split('/').slice(1)),
        0,
      );
  }
}

/** JSON equality (RFC 8259 has no order of members); strings code unit by code unit. */
function deepEqual(a: unknown, b: unknown, ignore: string[][], depth: number): boolean {
  if (ignore.some((tokens) => tokens.length === 0)) return true;
  if (a === b) return true;
  if (depth > 200) return false;
  const below = (token: string): string[][] =>
    ignore.filter((tokens) => tokens[0] === '*' || tokens[0] === token).map((tokens) => tokens.slice(1));
  if (Array.isArray(a) && Array.isArray(b))
    return (
      a.length === b.length && a.every((item, index) => deepEqual(item, b[index], below(String(index)), depth + 1))
    );
  if (!isObject(a) || !isObject(b)) return false;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const rest = below(key);
    if (rest.some((tokens) => tokens.length === 0)) continue;
    // Beyond what was sent, a server may tell more inside an object, as it may beside it; null is as good as absent.
    if (!Object.hasOwn(a, key)) {
      if (depth > 0 || b[key] === null) continue;
      return false;
    }
    if (!Object.hasOwn(b, key) || !deepEqual(a[key], b[key], rest, depth + 1)) return false;
  }
  return true;
}

/** Canonical form of a decimal text or number: `0.10` and `.1` are `0.1`. */
export function decimal(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const match = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text.trim());
  if (!match || !/\d/.test(text)) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = `${whole || '0'}${fraction ? `.${fraction}` : ''}`;
  return digits === '0' ? '0' : sign + digits;
}

/** Milliseconds since 1970 of an RFC 3339 date-time; finer digits are cut off. */
export function instant(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/.exec(value);
  if (!match) return undefined;
  const [, day = '', time = '', fraction = '', offset = ''] = match;
  const parsed = Date.parse(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset.toUpperCase()}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * Whether two texts tell the same instant, as far as both tell it: a server may show more digits in one place than in another.
 */
export function sameInstant(a: unknown, b: unknown): boolean {
  const left = instant(a);
  const right = instant(b);
  if (left === undefined || right === undefined) return a === b;
  return digits(a) === digits(b) ? left === right : Math.abs(left - right) < 1000;
}

function digits(value: unknown): number {
  return typeof value === 'string' ? (/\.(\d+)/.exec(value)?.[1]?.length ?? 0) : 0;
}

/** Whether an instant is told finer than the second. */
export function tellsFractions(value: unknown): boolean {
  return digits(value) >= 3;
}
