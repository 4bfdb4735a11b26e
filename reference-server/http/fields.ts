import * as z from 'zod';

const E164 = /^\+[1-9]\d{1,14}$/;
const DECIMAL = /^\d+(\.\d+)?$/;
const URI = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i;
const UTC_INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)$/;

/** A string with something in it. */
export const text = z.string().min(1, 'must not be empty');

/**
 * A telephone number.
 * @see ITU-T E.164
 */
export const phone = z.string().regex(E164, 'must be in E.164 format, such as +14155550123');

/** A decimal that travels as a string, so that no number type rounds it. */
export const decimal = z.string().regex(DECIMAL, 'must be a decimal as a string, such as "0.05"');

/**
 * An absolute URI.
 * @see RFC 3986, section 3
 */
export const uri = z
  .string()
  .refine((value) => URI.test(value) && URL.canParse(value), 'must be a URI, such as https://example.com/');

/**
 * An e-mail address.
 * @see RFC 5322, section 3.4.1
 */
export const email = z.email({ pattern: z.regexes.rfc5322Email, error: 'must be an e-mail address' });

/**
 * A date-time in UTC.
 * @see RFC 3339, section 5.6
 */
export const utcInstant = z
  .string()
  .refine(isUtcInstant, 'must be an ISO date-time in UTC, such as 2030-01-31T12:00:00.000Z');

/**
 * A string that is not longer than a number of characters, counted as people count them: in code points.
 * @param max the most it may have
 * @returns the schema
 */
export function textUpTo(max: number): z.ZodType<string> {
  return text.refine((value) => !isLonger(value, max), `must have at most ${String(max)} characters`);
}

/**
 * A field that may be left out. Null is no value of it, as the contracts say.
 * @param schema the field when it is there
 * @returns the schema
 */
export function optional<T extends z.ZodType>(schema: T): z.ZodOptional<T> {
  return schema.optional();
}

function isLonger(value: string, max: number): boolean {
  // A code point takes one or two units, so most values need no counting.
  if (value.length <= max) return false;
  return value.length > 2 * max || Array.from(value).length > max;
}

function isUtcInstant(value: string): boolean {
  const day = UTC_INSTANT.exec(value)?.[1];
  if (day === undefined) return false;
  const instant = Date.parse(value);
  // Date.parse takes 30 February for 1 March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}
