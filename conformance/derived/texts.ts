/** Texts that keep a schema: by its format, its pattern and its length. */
import { createHash } from 'node:crypto';
import { patternOf } from '../contract/safe-pattern.ts';
import type { Schema } from '../contract/types.ts';

/** Makes a text that a pattern takes; the same seed gives the same text. */
export type PatternText = (pattern: RegExp, seed: number) => string | undefined;

/**
 * @param document any JSON; its patterns decide whether the library that writes texts for them is loaded at all
 * @returns texts for patterns
 */
export async function patternTexts(document: unknown): Promise<PatternText> {
  if (!holdsPattern(document)) return () => undefined;
  const fc = await import('fast-check');
  const known = new Map<string, ReturnType<typeof fc.stringMatching>>();
  return (pattern, seed) => {
    try {
      const texts = known.get(pattern.source) ?? fc.stringMatching(pattern);
      known.set(pattern.source, texts);
      return fc.sample(texts, { numRuns: 1, seed })[0];
    } catch {
      // A construct that the library does not write: the value is looked for elsewhere.
      return undefined;
    }
  };
}

function holdsPattern(value: unknown): boolean {
  const queue: unknown[] = [value];
  for (let node = queue.pop(); queue.length > 0 || node !== undefined; node = queue.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('pattern' in node && typeof node.pattern === 'string') return true;
    for (const one of Object.values(node)) if (typeof one === 'object' && one !== null) queue.push(one);
  }
  return false;
}

/** What a text is made from. */
export interface TextSeed {
  /** The same text gives the same value. */
  key: string;
  now: Date;
}

/** @returns hexadecimal digits that depend on a key alone */
export function hexOf(key: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1)
    text += createHash('sha1')
      .update(`${key}\0${String(round)}`)
      .digest('hex');
  return text.slice(0, length);
}

/** @returns a UUID of version 4's form that depends on a key alone (RFC 9562 section 5.4) */
export function uuidOf(key: string): string {
  const hex = hexOf(key, 32);
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const makers: Readonly<Record<string, (seed: TextSeed) => string>> = {
  'date-time': ({ now }) => now.toISOString(),
  date: ({ now }) => now.toISOString().slice(0, 10),
  time: ({ now }) => now.toISOString().slice(11),
  'time-local': ({ now }) => now.toISOString().slice(11, 19),
  'date-time-local': ({ now }) => now.toISOString().slice(0, 19),
  duration: () => 'PT5M',
  uuid: ({ key }) => uuidOf(key),
  uri: ({ key }) => `https://derived.example/${hexOf(key, 8)}`,
  url: ({ key }) => `https://derived.example/${hexOf(key, 8)}`,
  iri: ({ key }) => `https://derived.example/${hexOf(key, 8)}`,
  'uri-reference': ({ key }) => `/derived/${hexOf(key, 8)}`,
  'iri-reference': ({ key }) => `/derived/${hexOf(key, 8)}`,
  'uri-template': () => '/derived/{id}',
  email: ({ key }) => `someone-${hexOf(key, 6)}@mail.example`,
  'idn-email': ({ key }) => `someone-${hexOf(key, 6)}@mail.example`,
  hostname: ({ key }) => `host-${hexOf(key, 6)}.example`,
  'idn-hostname': ({ key }) => `host-${hexOf(key, 6)}.example`,
  // Addresses that are set aside for documentation (RFC 5737, RFC 3849).
  ipv4: () => '192.0.2.1',
  ip: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  byte: ({ key }) => Buffer.from(hexOf(key, 6)).toString('base64'),
  base64: ({ key }) => Buffer.from(hexOf(key, 6)).toString('base64'),
  binary: () => 'derived\n',
  'json-pointer': () => '/derived',
  'relative-json-pointer': () => '0/derived',
  regex: () => '^derived$',
  decimal: () => '1.00',
};

/**
 * @param schema of a text
 * @param name of the property: what the text says, where nothing else is known
 * @param seed what makes the text differ from others
 * @param patterns texts for patterns
 * @returns a text of its format, pattern and length; undefined when none is found
 */
export function textFor(schema: Schema, name: string, seed: TextSeed, patterns: PatternText): string | undefined {
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Infinity;
  const fits = (text: string): boolean => [...text].length >= least && [...text].length <= most;
  const maker =
    typeof schema.format === 'string' && Object.hasOwn(makers, schema.format) ? makers[schema.format] : undefined;
  const pattern = typeof schema.pattern === 'string' ? patternOf(schema.pattern) : undefined;
  const made = maker?.(seed);
  if (made !== undefined && fits(made) && (pattern?.test(made) ?? true)) return made;
  if (!pattern) {
    const word = `${name === '' ? 'text' : name}-${hexOf(seed.key, 6)}`;
    return fits(word) ? word : hexOf(seed.key, Math.max(least, Math.min(most, 12)));
  }
  for (const text of [hexOf(seed.key, 12), uuidOf(seed.key), name]) if (fits(text) && pattern.test(text)) return text;
  const first = Number.parseInt(hexOf(seed.key, 7), 16);
  for (let turn = 0; turn < 20; turn += 1) {
    const text = patterns(pattern, first + turn);
    if (text !== undefined && fits(text) && pattern.test(text)) return text;
  }
  return undefined;
}
