/** A target may echo a secret wherever it likes: in a value, in a message, in the name of a property. */
import type { Breach, FixtureInfo, VerifiedRequest } from '../model/index.ts';

type Mask = (text: string) => string;

/** Words of our own in a breach: a target chose none of them. */
const ours = new Set(['kind', 'of', 'alteration', 'as', 'how', 'keyword', 'where', 'severity', 'status']);

/** Members that hold what was sent, answered or chosen, never a name of the contract. */
const values = new Set(['sent', 'got', 'value', 'generated', 'message', 'before', 'id']);

/**
 * @param breach what is wrong, as data
 * @param mask takes secrets out of a text
 * @param names of the contract: where a breach names one of them it stays, although a secret may be the same word
 * @returns the breach without a secret in it; its kind and the names of its properties are ours and stay
 */
export function maskBreach(breach: Breach, mask: Mask, names: ReadonlySet<string> = new Set()): Breach {
  return ownMembers(breach, mask, names) as Breach;
}

function ownMembers(object: object, mask: Mask, names: ReadonlySet<string>): object {
  const name = (text: string): string => (names.has(text) ? text : mask(text));
  return Object.fromEntries(
    Object.entries(object).map(([member, value]: [string, unknown]) => {
      if (ours.has(member)) return [member, value];
      if ((member === 'asked' || member === 'difference') && typeof value === 'object' && value !== null)
        return [member, ownMembers(value, mask, names)];
      if (member === 'seen' && Array.isArray(value))
        return [member, value.map((row: object) => ownMembers(row, mask, names))];
      if (typeof value === 'string' && !values.has(member)) return [member, name(value)];
      if (Array.isArray(value) && !values.has(member))
        return [member, value.map((one: unknown) => (typeof one === 'string' ? name(one) : maskJson(one, mask, name)))];
      return [member, maskJson(value, mask, name)];
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
function maskJson(value: unknown, mask: Mask, name: Mask = mask): unknown {
  return walk(value, mask, name, (number) => {
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
