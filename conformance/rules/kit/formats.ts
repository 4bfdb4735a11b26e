/** Texts of the formats that the specifications name (JSON Schema 2020-12, Validation, section 7.3; the OpenAPI Format Registry). */
import { percentEncoded } from '../../values/serialise/styles.ts';
import type { Schema } from '../../contract/types.ts';
import type { Fresh } from '../types.ts';

type Maker = (fresh: Fresh, name: string) => string;

const two = (fresh: Fresh, name: string, below: number): string => String(fresh.int(name, below)).padStart(2, '0');
const word: Maker = (fresh, name) => `rt-${fresh.token}-${name}`;
const time: Maker = (fresh, name) =>
  `${two(fresh, `${name}/h`, 24)}:${two(fresh, `${name}/m`, 60)}:${two(fresh, `${name}/s`, 60)}`;
const reference: Maker = (fresh, name) => `/ringtrue/${fresh.token}/${percentEncoded(name)}`;
/** Labels hold letters, digits and hyphens alone (RFC 1123 section 2.1), and `.example` leads nowhere (RFC 2606). */
const hostname: Maker = (fresh, name) => `rt-${fresh.hex(name, 8)}.ringtrue.example`;
const decimal: Maker = (fresh, name) => `${String(1 + fresh.int(name, 900))}.${two(fresh, `${name}/part`, 90)}5`;
const integer: Maker = (fresh, name) => String(1 + fresh.int(name, 100_000));

const makers: Record<string, Maker | undefined> = {
  time: (fresh, name) => `${time(fresh, name)}Z`,
  'time-local': time,
  'date-time-local': (fresh, name) => `2098-01-1${String(fresh.int(`${name}/d`, 10))}T${time(fresh, name)}`,
  duration: (fresh, name) => `PT${String(1 + fresh.int(name, 59))}M`,
  hostname,
  'idn-hostname': hostname,
  // Addresses that are set aside for documentation (RFC 5737, RFC 3849).
  ipv4: (fresh, name) => `192.0.2.${String(1 + fresh.int(name, 254))}`,
  ip: (fresh, name) => `192.0.2.${String(1 + fresh.int(name, 254))}`,
  ipv6: (fresh, name) => `2001:db8::${String(1 + fresh.int(name, 9000))}`,
  url: (fresh, name) => `https://ringtrue.example${reference(fresh, name)}`,
  'uri-reference': reference,
  'iri-reference': reference,
  'uri-template': (fresh, name) => `${reference(fresh, name)}/{id}`,
  'idn-email': (fresh) => `ringtrue-${fresh.token}@mail.example`,
  'json-pointer': (fresh) => `/ringtrue/${fresh.token}`,
  'relative-json-pointer': () => '0/ringtrue',
  regex: (fresh) => `^ringtrue-${fresh.token}$`,
  byte: (fresh, name) => base64(word(fresh, name)),
  base64: (fresh, name) => base64(word(fresh, name)),
  base64url: (fresh, name) => base64(word(fresh, name)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  binary: (fresh, name) => `RingTrue ${fresh.token} ${name}\n`,
  password: (fresh, name) => `Rt1!${fresh.hex(name, 12)}`,
  color: (fresh, name) => `#${fresh.hex(name, 6)}`,
  decimal,
  decimal128: decimal,
  double: decimal,
  float: decimal,
  number: decimal,
  int32: integer,
  int64: integer,
  integer,
  // Set aside for documentation (RFC 7042 section 2.1.2).
  mac: (fresh, name) => `00:00:5e:00:53:${fresh.hex(name, 2)}`,
  locale: () => 'en-GB',
  language: () => 'en',
  bcp47: () => 'en-GB',
  currency: () => 'EUR',
  'country-code': () => 'GB',
  timezone: () => 'Europe/Berlin',
};

/**
 * @param schema of a text with a format
 * @returns a text of that format; one of no particular form for a format that nobody knows; undefined where the bounds of the length
 *   leave no room for it
 */
export function textOfFormat(schema: Schema, fresh: Fresh, name: string): string | undefined {
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Infinity;
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  if (typeof schema.pattern === 'string') return undefined;
  const maker = Object.hasOwn(makers, String(schema.format)) ? makers[String(schema.format)] : undefined;
  const texts = maker ? [maker(fresh, name)] : [word(fresh, name), fresh.token];
  const fitting = texts.find((text) => text.length <= most);
  if (fitting === undefined || maker) return fitting !== undefined && fitting.length >= least ? fitting : undefined;
  return fitting.padEnd(least, 'x');
}

function base64(text: string): string {
  return btoa(text.replaceAll(/[^ -~]/g, '?'));
}
