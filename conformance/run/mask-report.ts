/** A target may echo a secret wherever it likes: in a value, in a message, in the name of a property. */
import type { Breach, FixtureInfo, VerifiedRequest } from '../model/index.ts';

type Mask = (text: string) => string;

/** Words of our own in a breach: a target chose none of them. */
const ours = new Set(['kind', 'of', 'alteration', 'as', 'how', 'keyword', 'where', 'severity', 'status']);

/** @returns the breach without a secret in it; its kind and the names of its properties are ours and stay */
export function maskBreach(breach: Breach, mask: Mask): Breach {
  return ownMembers(breach, mask) as Breach;
}

function ownMembers(object: object, mask: Mask): object {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]: [string, unknown]) => {
      if (ours.has(name)) return [name, value];
      if ((name === 'asked' || name === 'difference') && typeof value === 'object' && value !== null)
        return [name, ownMembers(value, mask)];
      if (name === 'seen' && Array.isArray(value)) return [name, value.map((row: object) => ownMembers(row, mask))];
      return [name, maskJson(value, mask)];
    }),
  );
}

/** @returns the request without a secret in it */
export function maskRequest({ body, ...request }: VerifiedRequest, mask: Mask): VerifiedRequest {
  return { ...maskTexts(request, mask), ...(body === undefined ? {} : { body: maskJson(body, mask) }) };
}

/** @returns the fixture; one that is a secret tells no value */
export function maskFixture({ name, value, ...origin }: FixtureInfo, secret: boolean, mask: Mask): FixtureInfo {
  return { name, value: secret ? '***' : mask(value), ...maskTexts(origin, mask) };
}

/** @returns the value with every text in it masked; the names of its properties are ours and stay */
export function maskTexts<T>(value: T, mask: Mask): T {
  return walk(value, mask, (name) => name) as T;
}

/** A JSON value from the outside: its names are no more ours than its values, and a secret of digits may come as a number. */
function maskJson(value: unknown, mask: Mask): unknown {
  return walk(value, mask, mask, (number) => {
    const text = String(number);
    const masked = mask(text);
    return masked === text ? number : masked;
  });
}

function walk(value: unknown, mask: Mask, name: Mask, number: (value: number) => unknown = (one) => one): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, mask, name, number));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [name(key), walk(item, mask, name, number)]));
}
