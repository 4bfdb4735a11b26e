/** Reads JSON text for what `JSON.parse` does not tell: names that stand twice in an object, and how deep it is nested. */

/** Deeper than this nobody nests on purpose, and readers that recurse (validators, comparisons, printers) would break. */
export const MAX_DEPTH = 1000;

/** Values in one body: ten thousand records in one list, as many as 10 MiB hold, and memory that a run can bear. */
export const MAX_VALUES = 300_000;

/** Names in one object: each that no other object has costs as much as ten values. */
export const MAX_NAMES = 10_000;

/** Above this length the text is looked at before it is parsed: parsing takes memory for each level and for each value. */
const PARSE_FIRST_BELOW = 65_536;

/** Measured: 56 for an empty object and a pointer to it; beside its value 60 to 120 for a name that no other object has. */
const BYTES_PER_VALUE = 64;
const BYTES_PER_NAME = 96;

/** Longer than any text that is ever sent, so that a longer one equals none of those. */
const LONGEST_TEXT = 256 * 1024;

/** How many duplicates are told; a hostile text may have millions. */
const MAX_TOLD = 5;

export interface ParsedJson {
  value?: unknown;
  /** Why it is no JSON that can be judged. */
  error?: string;
  /** Names that stand twice in one object, as sentences. */
  duplicates: string[];
  /** About how many bytes the value takes; 0 where that is little. */
  weight?: number;
}

/**
 * Parses JSON text; the last of duplicate names counts, as ECMAScript has it.
 *
 * @param text JSON text without a BOM
 * @returns the value, or the reason why there is none; never throws
 * @see RFC 8259 sections 4 and 9
 */
export function parseJson(text: string): ParsedJson {
  const outline = text.length > PARSE_FIRST_BELOW ? scan(text, false) : undefined;
  if (outline?.tooDeep) return tooDeep();
  if (outline?.tooMany !== undefined) return { error: outline.tooMany, duplicates: [] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), duplicates: [] };
  }
  const names = countNames(value, 0);
  if (names < 0) return tooDeep();
  // A name is a quote and a colon, and inside a string a quote is escaped, which can only raise the count: equal counts prove
  // that no name stands twice, without a look at each character.
  const duplicates = names === countColons(text) ? [] : scan(text, true).duplicates;
  if (!outline) return { value, duplicates };
  const { value: cut, characters } = cutTexts(value);
  const weight = characters + outline.values * BYTES_PER_VALUE + names * BYTES_PER_NAME;
  return { value: cut, duplicates, weight };
}

/**
 * A text of megabytes would be kept as often as it is told. What is left of it still breaks every bound that it broke.
 *
 * @returns the value, and how many characters its texts have
 */
function cutTexts(whole: unknown): { value: unknown; characters: number } {
  let characters = 0;
  const cut = (value: unknown): unknown => {
    if (typeof value === 'string') {
      characters += Math.min(value.length, LONGEST_TEXT);
      if (value.length <= LONGEST_TEXT) return value;
      // A copy: V8 makes a slice point into the whole text, and so the whole would be kept.
      return `${Buffer.from(value.slice(0, LONGEST_TEXT)).toString()}… (${value.length} characters in all)`;
    }
    if (typeof value !== 'object' || value === null) return value;
    for (const [key, item] of Object.entries(value)) {
      const shorter = cut(item);
      if (shorter !== item) Object.defineProperty(value, key, { value: shorter });
    }
    return value;
  };
  return { value: cut(whole), characters };
}

function tooDeep(): ParsedJson {
  return { error: `it is nested more than ${MAX_DEPTH} levels deep`, duplicates: [] };
}

/** @returns how many property names a value holds, or -1 when it is nested too deep */
function countNames(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= MAX_DEPTH) return -1;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      const inner = typeof item === 'object' && item !== null ? countNames(item, depth + 1) : 0;
      if (inner < 0) return -1;
      count += inner;
    }
    return count;
  }
  for (const key in value) {
    count += 1;
    const item = (value as Record<string, unknown>)[key];
    if (typeof item !== 'object' || item === null) continue;
    const inner = countNames(item, depth + 1);
    if (inner < 0) return -1;
    count += inner;
  }
  return count;
}

function countColons(text: string): number {
  let count = 0;
  const colon = /"[ \t\r\n]*:/g;
  while (colon.test(text)) count += 1;
  return count;
}

interface Level {
  /** Names seen in this object; absent for an array. */
  names?: Set<string>;
  /** The name or index that is being read, for the path. */
  at: string | number;
  /** Members of an object so far. */
  count: number;
}

interface Scan {
  duplicates: string[];
  tooDeep: boolean;
  /** What there is too much of, as a sentence. */
  tooMany?: string;
  /** How many values it holds, or a few more. */
  values: number;
}

/**
 * Walks over JSON text once, without recursion. Text that is no JSON gives some result, which nobody needs.
 *
 * @param text JSON text
 * @param names whether to look for names that stand twice
 */
function scan(text: string, names: boolean): Scan {
  const duplicates: string[] = [];
  const levels: Level[] = [];
  /** Names repeated, for the count beyond those that are told. */
  let repeated = 0;
  let values = 1;
  let position = 0;
  while (position < text.length) {
    if (values > MAX_VALUES) {
      return { duplicates, tooDeep: false, tooMany: `it holds more than ${MAX_VALUES} values`, values };
    }
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      const end = endOfString(text, position);
      const level = levels.at(-1);
      if (level?.names && isName(text, end)) {
        const name = unquote(text.slice(position, end));
        if (level.names.has(name)) {
          repeated += 1;
          if (repeated <= MAX_TOLD)
            duplicates.push(`the name ${JSON.stringify(name)} stands twice in ${pathOf(levels)}`);
        }
        level.names.add(name);
        level.at = name;
      }
      position = end;
      continue;
    }
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (levels.length >= MAX_DEPTH) return { duplicates, tooDeep: true, values };
      levels.push({
        at: code === OPEN_ARRAY ? 0 : '',
        names: code === OPEN_OBJECT && names ? new Set() : undefined,
        count: 0,
      });
      values += 1;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      levels.pop();
    } else if (code === COMMA) {
      const level = levels.at(-1);
      if (typeof level?.at === 'number') level.at += 1;
      else if (level) {
        level.count += 1;
        if (level.count > MAX_NAMES) {
          const tooMany = `it holds an object of more than ${MAX_NAMES} names`;
          return { duplicates, tooDeep: false, tooMany, values };
        }
      }
      values += 1;
    }
    position += 1;
  }
  if (repeated > MAX_TOLD) duplicates.push(`${repeated - MAX_TOLD} more names stand twice`);
  return { duplicates, tooDeep: false, values };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** @returns the position after the closing quote */
function endOfString(text: string, start: number): number {
  let position = start + 1;
  for (;;) {
    const quote = text.indexOf('"', position);
    if (quote < 0) return text.length;
    // An odd number of backslashes before it escapes the quote.
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    position = quote + 1;
  }
}

/** Whether the string that ended here is a property's name: a colon follows. */
function isName(text: string, end: number): boolean {
  let position = end;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) position += 1;
    else return code === COLON;
  }
}

function unquote(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}

/** The place of the innermost object as a JSON Pointer, `the outermost object` for the root. */
function pathOf(levels: readonly Level[]): string {
  const outer = levels.slice(0, -1).slice(0, 8);
  if (outer.length === 0) return 'the outermost object';
  const pointer = outer
    .map(({ at }) => `/${String(at).slice(0, 40).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return `the object at ${pointer}${levels.length > 9 ? '/…' : ''}`;
}
