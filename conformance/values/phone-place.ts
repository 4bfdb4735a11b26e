/** Whether a telephone number stands at a place, by its schema and by its name. */
import { isObject, typesOf } from '../contract/resolve.ts';
import { safePattern } from '../contract/safe-pattern.ts';
import type { Schema } from '../contract/types.ts';
import { reachOf } from './dialled.ts';
import { fictionalNumbers } from './fictional.ts';
import { namesSay } from './phone-names.ts';

/** Why a place is held to be that of a telephone number; `likely` where only a name says so that has other uses as well. */
export interface PhonePlace {
  sure: boolean;
  why: string;
}

const phoneFormats = new Set([
  'phone',
  'phone-number',
  'phonenumber',
  'tel',
  'telephone',
  'msisdn',
  'e164',
  'e.164',
  'mobile',
  'fax',
]);

/** Formats of texts in which digits are no number to be dialled. */
const otherFormats = new Set(
  (
    'uuid date date-time time duration email idn-email ipv4 ipv6 hostname idn-hostname byte binary password int32 float double decimal ' +
    'currency language country regex json-pointer relative-json-pointer base64 uri-template objectid ulid'
  ).split(' '),
);

/** Ways to write numbers that are set aside for fiction. */
const spellings = [
  '0012125550147',
  '+1 212 555 0147',
  '+1-212-555-0147',
  '(212) 555-0147',
  '212-555-0147',
  'tel:+12125550147',
  'sip:+12125550147@sip.example',
  'sips:+12125550147@sip.example',
  ...fictionalNumbers({ int: () => 0 }, '').flatMap(({ digits, home }) => [`+${digits}`, digits, home]),
];

const words = ['x', 'ringtrue', 'RINGTRUE', 'Ring True', 'ring-true-1a', 'ring_true'];

/**
 * @param names the names that lead to the place
 * @param schemas all the schemas that may hold there; none where the contract says nothing
 * @returns why a telephone number stands there, undefined when nothing says so
 */
export function phonePlace(names: readonly string[], schemas: readonly Schema[]): PhonePlace | undefined {
  const texts = schemas.filter(mayBeNumber);
  if (schemas.length > 0 && texts.length === 0) return undefined;
  for (const schema of texts) {
    const why = known.get(schema) ?? { said: schemaSays(schema) };
    known.set(schema, why);
    if (why.said !== undefined) return { sure: true, why: why.said };
  }
  const name = namesSay(names);
  if (name === undefined || (texts.length > 0 && texts.every((schema) => isOther(schema)))) return undefined;
  return { sure: name === 'sure', why: 'its name' };
}

const known = new WeakMap<Schema, { said: string | undefined }>();

const others = new WeakMap<Schema, boolean>();

function isOther(schema: Schema): boolean {
  const other = others.get(schema) ?? meansOther(schema);
  others.set(schema, other);
  return other;
}

function mayBeNumber(schema: Schema): boolean {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return types.length === 0 || types.some((type) => type === 'string' || type === 'integer' || type === 'number');
}

function schemaSays(schema: Schema): string | undefined {
  const generate = schema['x-ringtrue-generate'];
  if (generate !== undefined) return generate === 'phone' ? 'x-ringtrue-generate' : undefined;
  if (typeof schema.format === 'string') {
    if (phoneFormats.has(schema.format.toLowerCase())) return `format ${schema.format}`;
    if (otherFormats.has(schema.format.toLowerCase())) return undefined;
  }
  if (typeof schema.pattern === 'string' && isPhonePattern(schema.pattern)) return 'its pattern';
  const sample = samplesOf(schema).find((value) => typeof value === 'string' && isWrittenAsNumber(value));
  return sample === undefined ? undefined : `the value ${JSON.stringify(sample)}`;
}

/** A pattern that takes a number and no word; one that takes 15 digits and neither 16 nor a leading zero is E.164 without the plus. */
function isPhonePattern(pattern: string): boolean {
  const takes = (text: string): boolean => matches(pattern, text) === true;
  if (takes('+12125550147') || takes('tel:+12125550147')) return !words.some(takes);
  // A pattern of one country, which may be one that has no number set aside for fiction.
  if (/^\^?\(*(?:\?:)?(?:tel:)?\\\+\(*(?:\?:)?[\d[\\]/.test(pattern)) return !words.some(takes);
  return (
    takes('999000000000001') &&
    takes('12125550147') &&
    !takes('9990000000000012') &&
    !takes('012125550147') &&
    !words.some(takes)
  );
}

/** @returns whether the pattern takes the text; undefined where it is no pattern, or takes too long to say */
export function matches(pattern: string, text: string): boolean | undefined {
  try {
    return safePattern(pattern, 'u').test(text);
  } catch {
    return undefined;
  }
}

/** The values that a schema shows. */
export function samplesOf(schema: Schema): unknown[] {
  const many = [schema.enum, schema.examples].flatMap((list: unknown) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const one = [schema.const, schema.default, schema.example].filter((value) => value !== undefined);
  return [...many, ...one].flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
}

/** A plus sign, an international prefix or a scheme tells a number from other digits. */
export function isWrittenAsNumber(text: string): boolean {
  return (
    /^\s*\+\s?\d(?:[\s().-]{0,2}\d){6,14}\s*$/.test(text) ||
    /^00[1-9]\d{9,12}$/.test(text) ||
    /^\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}$/.test(text) ||
    /^(?:tel|callto|sms):\+?\d/i.test(text) ||
    /^sips?:\+?\d[\d().-]*(?:[@;]|$)/i.test(text)
  );
}

/** Whether a schema says that something else than a number stands in a place whose name is that of one. */
function meansOther(schema: Schema): boolean {
  const generate = schema['x-ringtrue-generate'];
  if (generate !== undefined) return generate !== 'phone';
  if (typeof schema.format === 'string' && otherFormats.has(schema.format.toLowerCase())) return true;
  const types = typesOf(schema);
  const isNumber = types.includes('integer') || types.includes('number');
  if (isNumber && typeof schema.maximum === 'number' && schema.maximum < 1_000_000) return true;
  if (typeof schema.maxLength === 'number' && schema.maxLength < 2) return true;
  const { pattern } = schema;
  if (typeof pattern === 'string' && !spellings.some((text) => matches(pattern, text) !== false)) return true;
  const samples = samplesOf(schema).filter((value) => value !== null && !isObject(value));
  return samples.length > 0 && samples.every((value) => !isDialString(String(value)));
}

/** A number, or an address of the kinds that stand in for one. */
function isDialString(text: string): boolean {
  return isDigitsOnly(text) || isWrittenAsNumber(text) || /^(?:tel|sips?|urn|callto|sms|whatsapp):/i.test(text);
}

function isDigitsOnly(text: string): boolean {
  return /^[+(]?\d[\d\s().-]*$/.test(text) && reachOfShape(text);
}

/** A date written with hyphens is no number, nor is a decimal. */
function reachOfShape(text: string): boolean {
  return (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !/^\d{1,6}\.\d{1,6}$/.test(text) &&
    (reachOf(text) !== undefined || text.length > 6)
  );
}
