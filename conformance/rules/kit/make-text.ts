/** Makes texts: of a format, of a pattern, of no particular form; fresh in every run. */
import { fictionalNumber } from '../../values/fictional.ts';
import { isSafe } from '../../values/safe-value.ts';
import { percentEncoded } from '../../values/serialise/styles.ts';
import type { Schema } from '../../contract/types.ts';
import type { Fresh } from '../types.ts';
import { textOfFormat } from './formats.ts';
import { numeric, type Maker, type Spot } from './maker.ts';
import { matches } from './pattern-mutations.ts';

/** @returns a random UUID, version 4 (RFC 9562 section 5.4) */
export function uuid(fresh: Fresh, name: string): string {
  const hex = fresh.hex(name, 32);
  const variant = '89ab'[fresh.int(`${name}/variant`, 4)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** @returns what `x-ringtrue-generate` asks for; undefined where the schema has no such keyword */
export function generate(schema: Schema, fresh: Fresh, name: string): unknown {
  switch (schema['x-ringtrue-generate']) {
    case 'phone':
      return fictionalNumber(fresh, name);
    case 'decimal':
      return `${String(fresh.int(name, 9))}.${String(1 + fresh.int(`${name}/cents`, 9))}${String(1 + fresh.int(`${name}/mills`, 9))}`;
    case 'identifier':
      return `rt-${fresh.token}-${name}`;
    case 'text':
      return fits(schema, `RingTrue ${fresh.token} ${name}`) ?? fits(schema, fresh.token);
    case 'uri':
      return `https://ringtrue.example/${fresh.token}/${name}`;
    case 'email':
      return `ringtrue-${fresh.token}@mail.example`;
    case 'seconds':
      return 1 + fresh.int(name, 3600);
    case 'instant':
      return anInstant(fresh, name);
    default:
      return undefined;
  }
}

/** Far enough ahead that nothing happens at that instant. */
function anInstant(fresh: Fresh, name: string): string {
  const two = (below: number, part: string): string => String(fresh.int(`${name}/${part}`, below)).padStart(2, '0');
  return `2098-0${String(1 + fresh.int(name, 9))}-1${String(fresh.int(`${name}/day`, 10))}T${two(24, 'h')}:${two(60, 'm')}:${two(60, 's')}.${String(100 + fresh.int(`${name}/ms`, 900))}Z`;
}

/** @returns a text that the schema allows; undefined where it says too much to guess one */
export function makeText(maker: Maker, spot: Spot): unknown {
  const { schema, example, name } = spot;
  const { fresh } = maker;
  if (maker.plain && typeof schema.pattern === 'string') return textOfPattern(maker, spot, schema.pattern);
  switch (schema.format) {
    case 'uuid':
      return uuid(fresh, name);
    case 'date-time':
      return typeof schema.pattern === 'string' && typeof example === 'string' ? example : anInstant(fresh, name);
    case 'date':
      return anInstant(fresh, name).slice(0, 10);
    case 'uri':
    case 'iri':
      return `https://ringtrue.example/${fresh.token}/${maker.plain ? percentEncoded(name) : name}`;
    case 'email':
      return `ringtrue-${fresh.token}@mail.example`;
    case undefined:
      break;
    default:
      return sample(schema, example) ?? textOfFormat(schema, fresh, name);
  }
  if (maker.plain && schema.contentEncoding === 'base64') return textOfFormat({ format: 'byte' }, fresh, name);
  // A pattern or a list of examples says more than a made-up text could keep; but two records of one name may be one to a target.
  if (typeof schema.pattern === 'string' || (Array.isArray(schema.examples) && !maker.plain))
    return sample(schema, example);
  return (
    fits(schema, `rt-${fresh.token}-${name}`) ??
    fits(schema, fresh.token) ??
    sample(schema, example) ??
    (maker.plain ? letters(fresh, name, numeric(schema.maxLength) ?? 0) : undefined)
  );
}

/** So long a text is another one in every request; a shorter one may be a code of which only some exist. */
const LONG_ENOUGH = 6;

/**
 * What is new in every request comes first, since a target may refuse what it has seen before; but a short code that the document shows
 * is more likely to exist than one that is made up.
 */
function textOfPattern(maker: Maker, spot: Spot, pattern: string): unknown {
  const { schema, pointer, example, names, name } = spot;
  const { fresh, contract } = maker;
  const least = numeric(schema.minLength) ?? 0;
  const most = numeric(schema.maxLength) ?? Infinity;
  const property = { name: names.at(-1) ?? '', schema, pointer };
  const suits = (text: unknown): text is string => typeof text === 'string' && isSafe(contract, property, text);
  const { pattern: _pattern, ...rest } = schema;
  const plain = [
    ...(schema.format === undefined ? [] : [makeText(maker, { ...spot, schema: rest, example: undefined })]),
    `rt-${fresh.token}-${name}`,
    fresh.token,
    fresh.token.toUpperCase(),
    uuid(fresh, name),
    `https://ringtrue.example/${fresh.token}`,
    `ringtrue-${fresh.token}@mail.example`,
  ].find((text) => suits(text) && matches(pattern, text) && text.length >= least && text.length <= most);
  if (plain !== undefined) return plain;
  const made = maker.patternTexts?.(pattern, { least, most, suits }, fresh.int(`${name}/pattern`, 2 ** 31));
  const shown = [
    example,
    ...(Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []),
    schema.example,
    schema.default,
  ].find((text) => typeof text === 'string' && matches(pattern, text));
  return made !== undefined && made.length >= LONG_ENOUGH ? made : (shown ?? made ?? sample(schema, example));
}

/** So few characters that nothing else has room. */
function letters(fresh: Fresh, name: string, count: number): string | undefined {
  if (count < 1) return undefined;
  return Array.from({ length: count }, (_, index) =>
    String.fromCodePoint(97 + fresh.int(`${name}/${String(index)}`, 26)),
  ).join('');
}

function sample(schema: Schema, example: unknown): unknown {
  if (example !== undefined) return example;
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  return schema.example ?? schema.default;
}

function fits(schema: Schema, text: string): string | undefined {
  const most = numeric(schema.maxLength);
  const least = numeric(schema.minLength) ?? 0;
  if (most !== undefined && text.length > most) return undefined;
  return text.length < least ? text.padEnd(least, 'x') : text;
}
