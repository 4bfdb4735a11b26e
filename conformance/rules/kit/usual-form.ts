/**
 * How a value that came back stands to the one that was sent, where no keyword says how they are compared. A usual canonical form is
 * told apart from an altered value: the same host, instant, number or telephone number, written otherwise.
 */
import { isObject } from '../../contract/resolve.ts';
import type { Schema } from '../../contract/types.ts';

export type Form = 'same' | 'usual' | 'other';

const ORDER: readonly Form[] = ['same', 'usual', 'other'];
const CASELESS = new Set(['uuid', 'email', 'idn-email', 'hostname', 'idn-hostname', 'mac', 'iri', 'uri', 'url']);
const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const PHONE = /^(tel:)?\+?[\d\s().-]{7,25}$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?\s*([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * @param sent what was written
 * @param got what was read back
 * @param schema the property's schema, where it is known
 */
export function formOf(sent: unknown, got: unknown, schema: Schema = {}): Form {
  if (sent === got) return 'same';
  if (sent === null || sent === undefined) return 'same';
  if (typeof sent === 'string' && typeof got === 'string') return formOfText(sent, got, schema);
  if (typeof sent === 'number' || typeof got === 'number')
    return isDecimal(sent) && isDecimal(got) && Number(sent) === Number(got) ? 'usual' : 'other';
  if (Array.isArray(sent) && Array.isArray(got)) return formOfList(sent, got, schema);
  if (isObject(sent) && isObject(got)) return formOfObject(sent, got);
  return 'other';
}

function formOfList(sent: unknown[], got: unknown[], schema: Schema): Form {
  if (sent.length !== got.length) return 'other';
  const items = isObject(schema.items) ? schema.items : {};
  const form = worst(sent.map((item, index) => formOf(item, got[index], items)));
  if (form !== 'other') return form;
  const left = [...got];
  const found = sent.every((item) => {
    const index = left.findIndex((other) => formOf(item, other, items) !== 'other');
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
  // A set has no order; of a list of objects or words that was kept as one, the order alone was lost.
  if (!found) return 'other';
  return schema.uniqueItems === true ? 'same' : 'usual';
}

/** A server may say more inside an object than was sent; a nested record that goes by its id has values of its own. */
function formOfObject(sent: Record<string, unknown>, got: Record<string, unknown>): Form {
  if (sent.id !== undefined && sent.id !== null && sent.id === got.id) return 'same';
  return worst(
    Object.entries(sent).map(([key, value]) =>
      Object.hasOwn(got, key) || value === null || value === undefined ? formOf(value, got[key]) : 'other',
    ),
  );
}

function formOfText(sent: string, got: string, schema: Schema): Form {
  // The same instant with its zone is the same, however many digits it is written with (RFC 3339).
  if (
    INSTANT.exec(sent)?.[4] !== undefined &&
    INSTANT.exec(got)?.[4] !== undefined &&
    Date.parse(sent) === Date.parse(got)
  )
    return 'same';
  const [a, b] = [sent.normalize('NFC').trim(), got.normalize('NFC').trim()];
  if (a === b) return 'usual';
  const format = typeof schema.format === 'string' ? schema.format : '';
  if (a.toLowerCase() === b.toLowerCase() && (CASELESS.has(format) || UUID.test(a) || /^[^@\s]+@[^@\s]+$/.test(a)))
    return 'usual';
  if (UUID.test(a) && a.replaceAll('-', '').toLowerCase() === b.replaceAll('-', '').toLowerCase()) return 'usual';
  if (sameAddress(a, b) || sameInstant(a, b) || sameNumber(a, b, schema) || samePhone(a, b)) return 'usual';
  return 'other';
}

function isDecimal(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value));
}

/** RFC 3986 section 6.2: case of scheme and host, an empty path, percent-encoding. */
function sameAddress(a: string, b: string): boolean {
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(a) && URL.canParse(a) && URL.canParse(b) && new URL(a).href === new URL(b).href
  );
}

/** The same time of day with its zone or its fraction lost, or the same instant in another zone. */
function sameInstant(a: string, b: string): boolean {
  const left = INSTANT.exec(a);
  const right = INSTANT.exec(b);
  if (!left || !right) return false;
  if (left[1] === right[1] && left[2] === right[2]) return true;
  const [x, y] = [Date.parse(a), Date.parse(b)];
  return left[4] !== undefined && right[4] !== undefined && Math.abs(x - y) < 1000;
}

/** `1.50` and `1.5`: only where the text is a decimal by its schema or by its shape, not where it may be a name such as `007`. */
function sameNumber(a: string, b: string, schema: Schema): boolean {
  if (!DECIMAL.test(a) || !DECIMAL.test(b) || Number(a) !== Number(b)) return false;
  return schema.format === 'decimal' || a.includes('.') || b.includes('.');
}

function samePhone(a: string, b: string): boolean {
  const digits = (text: string): string => text.replaceAll(/\D/g, '');
  return PHONE.test(a) && PHONE.test(b) && digits(a).length >= 7 && digits(a) === digits(b);
}

function worst(forms: readonly Form[]): Form {
  return ORDER[Math.max(0, ...forms.map((form) => ORDER.indexOf(form)))] ?? 'other';
}
