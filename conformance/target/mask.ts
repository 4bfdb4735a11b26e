/** Keeps secrets out of everything that is shown or written, in whatever form a target echoes them. */
import { mayBeEscaped, unescaped, unescapeOnce } from './unescape.ts';

const MASK = '***';

/** Below this length a secret is too common as a piece of ordinary text ("json"): it is masked only where it stands alone. */
export const SHORTEST = 6;

/** So many texts of up to so many characters are masked once. */
const REMEMBERED = 500;
const REMEMBERED_LENGTH = 100;

/** So many characters of a secret are told from any other text; a cut may leave them. */
const RECOGNISED = 6;

/** Texts with more cuts than this are none of ours. */
const CUTS = 50;

/** A query inside a JSON text inside an HTML page: nobody wraps a token deeper by accident. */
const LAYERS = 3;

export interface Masker {
  /** @returns the text with every form of every secret replaced by `***` */
  text(text: string): string;
  /** The same for the value of a header. */
  header(value: string): string;
}

/**
 * @param secrets tokens, passwords, keys; empty ones are ignored
 * @returns functions that replace each secret as it is, in upper and lower case, in Base64 and Base64url at any offset, in one line or
 *   several, in
 *   hexadecimal, in any case, and with any of its characters percent-encoded or escaped as in JSON or HTML; one of fewer than
 *   {@link SHORTEST} characters only where it is a whole text, a quoted one, or what follows `=` or the scheme of a credential
 * @see RFC 4648 sections 4, 5 and 8; RFC 3986 section 2.1; RFC 8259 section 7
 */
export function createMasker(secrets: readonly string[]): Masker {
  const all = [...new Set(secrets)].filter((secret) => secret !== '');
  const long = all.filter((secret) => secret.length >= SHORTEST);
  const masked = replacer(long);
  const alone = all.filter((secret) => secret.length < SHORTEST).map(standingAlone);
  const text = (given: string): string => alone.reduce((rest, form) => rest.replace(form, `$1${MASK}`), masked(given));
  return { text, header: text };
}

/** Matches a secret that no word surrounds. */
function standingAlone(secret: string): RegExp {
  const literal = secret.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(^(?:(?:bearer|basic|digest|token|apikey) +)?|["'=])${literal}(?=$|["'&;\\\\])`, 'gi');
}

/** Capital letters of ASCII made small: the length stays, so that places in one are places in the other. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

function replacer(secrets: readonly string[]): (text: string) => string {
  // A longer form first: a secret that stands inside another one must not tear it apart.
  const forms = [...new Set(secrets.flatMap(formsOf).map(lower))].sort((a, b) => b.length - a.length);
  if (forms.length === 0) return (text) => text;
  const plain = (text: string): string => {
    let masked = text;
    let small = lower(text);
    for (const form of forms) {
      if (!small.includes(form)) continue;
      masked = replaceAt(masked, small, form);
      small = lower(masked);
    }
    return masked;
  };
  const mask = (given: string): string => {
    const text = maskFolded(given, forms);
    const masked = maskCut(mayBeEscaped(text) ? plain(maskEscaped(text, forms)) : plain(text), forms);
    // The replacement itself may have put a secret together ("**" is one, say): then nothing of the text is worth keeping.
    return masked !== given && forms.some((form) => lower(masked).includes(form)) ? whole(forms) : masked;
  };
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > REMEMBERED_LENGTH) return mask(text);
    // Names and values of headers come with every answer.
    const before = known.get(text);
    if (before !== undefined) return before;
    const masked = mask(text);
    if (known.size < REMEMBERED) known.set(text, masked);
    return masked;
  };
}

/** @returns the text with the mask wherever its small form has the secret's */
function replaceAt(text: string, small: string, form: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (let at = small.indexOf(form); at >= 0; at = small.indexOf(form, copied)) {
    parts.push(text.slice(copied, at), MASK);
    copied = at + form.length;
  }
  return parts.join('') + text.slice(copied);
}

/** A message shows long values with their middle cut out: what is left of a secret beside the cut is masked as well. */
function maskCut(text: string, forms: readonly string[]): string {
  const parts = text.split('…');
  if (parts.length === 1 || parts.length > CUTS) return text;
  const last = parts.length - 1;
  return parts
    .map((part, index) => {
      const small = lower(part);
      let [from, to] = [0, part.length];
      for (const form of forms) {
        for (let length = form.length - 1; length >= RECOGNISED; length -= 1) {
          if (index < last && small.endsWith(form.slice(0, length))) to = Math.min(to, part.length - length);
          if (index > 0 && small.startsWith(form.slice(-length))) from = Math.max(from, length);
        }
      }
      if (from > to) return MASK;
      return `${from > 0 ? MASK : ''}${part.slice(from, to)}${to < part.length ? MASK : ''}`;
    })
    .join('…');
}

/** What stands for a text that cannot be masked in part. */
function whole(forms: readonly string[]): string {
  return forms.some((form) => MASK.includes(form)) ? '' : MASK;
}

/** Whether a form shows once escapes are undone; most texts hold none, and need no account of where each character stood. */
function hidesForm(text: string, forms: readonly string[]): boolean {
  let here = text;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const undone = unescaped(here);
    if (undone === here) return false;
    const small = lower(undone);
    if (forms.some((form) => small.includes(form))) return true;
    here = undone;
  }
  return false;
}

/** @returns the text with the mask in place of each range */
function replaceRanges(text: string, found: [from: number, to: number][]): string {
  if (found.length === 0) return text;
  found.sort((a, b) => a[0] - b[0]);
  const parts: string[] = [];
  let copied = 0;
  for (const [from, to] of found) {
    if (from >= copied) parts.push(text.slice(copied, from), MASK);
    copied = Math.max(copied, to);
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

/** Masks the forms that only show once escapes are undone; the rest of the text stays as it came, escapes included. */
function maskEscaped(text: string, forms: readonly string[]): string {
  if (!hidesForm(text, forms)) return text;
  const found: [from: number, to: number][] = [];
  let here = text;
  let back = (index: number): number => index;
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const undone = unescapeOnce(here);
    if (!undone) break;
    const outer = back;
    back = (index) => outer(undone.origin[index] ?? 0);
    here = undone.text;
    const small = lower(here);
    for (const form of forms) {
      for (let at = small.indexOf(form); at >= 0; at = small.indexOf(form, at + form.length)) {
        found.push([back(at), back(at + form.length)]);
      }
    }
  }
  return replaceRanges(text, found);
}

/** A line that may be one of several lines of Base64 (RFC 2045 section 6.8), and what is left of it when they are joined. */
// The break comes first, so that the expression looks behind itself at breaks alone.
const FOLDED = /\r?\n(?<=[\w+/-]{16}\r?\n)[ \t]*(?=[\w+/=-])/g;
const ESCAPED_BREAK = /\\[nr]|\\u000[ad]|\\x0[ad]|%0[ad]|&#(?:0*1[03]|x0*[ad])\b/i;

/** Masks what only shows when lines are joined: Base64 of MIME and PEM comes in lines of 76 or 64 characters. */
function maskFolded(text: string, forms: readonly string[]): string {
  const deeper = mayBeEscaped(text) && ESCAPED_BREAK.test(text);
  if (!deeper && !text.includes('\n')) return text;
  const found: [from: number, to: number][] = [];
  let here = text;
  let back = (index: number): number => index;
  for (let layer = 0; layer <= (deeper ? LAYERS : 0); layer += 1) {
    found.push(...foldedIn(here, forms).map(([from, to]): [number, number] => [back(from), back(to)]));
    const undone = deeper ? unescapeOnce(here) : undefined;
    if (!undone) break;
    const outer = back;
    back = (index) => outer(undone.origin[index] ?? 0);
    here = undone.text;
  }
  return replaceRanges(text, found);
}

/** @returns where a form stands in the text once its lines are joined */
function foldedIn(text: string, forms: readonly string[]): [from: number, to: number][] {
  // Most texts are one line, and the expression looks behind itself at each of their characters.
  if (!text.includes('\n')) return [];
  const flat = text.replaceAll(FOLDED, '');
  if (flat === text) return [];
  const small = lower(flat);
  const hits = forms.flatMap((form) => {
    const places: [number, number][] = [];
    for (let at = small.indexOf(form); at >= 0; at = small.indexOf(form, at + form.length))
      places.push([at, at + form.length]);
    return places;
  });
  if (hits.length === 0) return [];
  const breaks = [...text.matchAll(FOLDED)].map((match) => ({ at: match.index, length: match[0].length }));
  // Where a place of the joined text stands in the text itself: behind all breaks before it.
  const origin = (place: number): number => {
    let index = place;
    for (const { at, length } of breaks) {
      if (at > index) break;
      index += length;
    }
    return index;
  };
  return hits.map(([from, to]) => [origin(from), origin(to - 1) + 1]);
}

/** The secret and its encodings that leave no character as it was. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const forms = [secret, secret.toLowerCase(), secret.toUpperCase(), hex, hex.toUpperCase()];
  // In a query a space is a plus sign (URL Standard section 5.1).
  if (secret.includes(' ')) forms.push(secret.replaceAll(' ', '+'));
  for (let offset = 0; offset < 3; offset += 1) {
    const core = base64Core(bytes, offset);
    if (core.length >= SHORTEST) forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}

/**
 * The characters that the secret has in the Base64 of any text where it begins at a byte position of this remainder modulo 3:
 * those that no neighbouring byte has a share in.
 */
function base64Core(bytes: Buffer, offset: number): string {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  return padded.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6));
}
