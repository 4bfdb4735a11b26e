/** Undoes the escapes in which a target may echo a text, and remembers where each character stood. */

import { isUtf8 } from 'node:buffer';

export interface Unescaped {
  text: string;
  /** For each UTF-16 unit of the text, and for its end, the index in the original where it began. */
  origin: Int32Array;
}

/** What begins an escape: most texts have none of these, and need no second look. */
export function mayBeEscaped(text: string): boolean {
  return text.includes('\\') || text.includes('%') || text.includes('&');
}

const ESCAPE =
  /(?:%[0-9a-f]{2})+|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[^u]|&(?:#0*\d{1,7}|#x0*[0-9a-f]{1,6}|amp|lt|gt|quot|apos);?/gi;

/**
 * Undoes one layer of escapes: percent-encoding, JSON's and HTML's, mixed as they come.
 *
 * @param text any text
 * @returns undefined when there was nothing to undo
 * @see RFC 3986 section 2.1; RFC 8259 section 7; HTML section 13.5
 */
export function unescapeOnce(text: string): Unescaped | undefined {
  ESCAPE.lastIndex = 0;
  let match = ESCAPE.exec(text);
  if (!match) return undefined;
  // Undoing never makes a text longer.
  const origin = new Int32Array(text.length + 1);
  const parts: string[] = [];
  let length = 0;
  let copied = 0;
  const push = (part: string, at: number, step: number): void => {
    for (let index = 0; index < part.length; index += 1) origin[length + index] = at + index * step;
    length += part.length;
    parts.push(part);
  };
  for (; match; match = ESCAPE.exec(text)) {
    push(text.slice(copied, match.index), copied, 1);
    const escape = match[0];
    if (escape.startsWith('%')) pushPercent(escape, match.index, push);
    else push(escape.startsWith('\\') ? unescapeJson(escape) : unescapeHtml(escape), match.index, 0);
    copied = match.index + escape.length;
  }
  push(text.slice(copied), copied, 1);
  origin[length] = text.length;
  return { text: parts.join(''), origin };
}

/** The same text as that of {@link unescapeOnce}, without an account of where its characters stood. */
export function unescaped(text: string): string {
  return text.replaceAll(ESCAPE, (escape) => {
    if (!escape.startsWith('%')) return escape.startsWith('\\') ? unescapeJson(escape) : unescapeHtml(escape);
    const parts: string[] = [];
    pushPercent(escape, 0, (part) => parts.push(part));
    return parts.join('');
  });
}

/** A run of `%XX`: UTF-8 character by character, and single bytes where it is no UTF-8. */
function pushPercent(run: string, at: number, push: (part: string, at: number, step: number) => void): void {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  for (let index = 0; index < bytes.length;) {
    const lead = bytes[index] ?? 0;
    const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    const whole = index + size <= bytes.length && isUtf8(bytes.subarray(index, index + size));
    const character = whole ? bytes.toString('utf8', index, index + size) : String.fromCharCode(lead);
    push(character, at + index * 3, 0);
    index += whole ? size : 1;
  }
}

const JSON_SHORT: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescapeJson(escape: string): string {
  if (escape.length > 2) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  const second = escape.slice(1);
  return JSON_SHORT[second] ?? second;
}

const HTML_NAMES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeHtml(escape: string): string {
  const name = escape.slice(1).replace(';', '').toLowerCase();
  if (!name.startsWith('#')) return HTML_NAMES[name] ?? escape;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
