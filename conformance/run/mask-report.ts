/** A target may echo a secret wherever it likes: in a value, in a message, in the name of a property. */
import type { Finding, FixtureInfo, VerifiedRequest } from '../model/index.ts';

type Mask = (text: string) => string;

/** @returns the finding without a secret in it; the names of its own properties are ours and stay */
export function maskFinding({ evidence, ...finding }: Finding, mask: Mask): Finding {
  const masked = maskTexts(finding, mask);
  if (evidence === undefined) return masked;
  return {
    ...masked,
    evidence: {
      ...evidence,
      sent: maskJson(evidence.sent, mask),
      got: evidence.got.map((row) => ({ ...row, where: mask(row.where), got: maskJson(row.got, mask) })),
    },
  };
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
