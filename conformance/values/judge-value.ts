/** Whether one value, at one place, may leave the machine. */
import type { Schema } from '../contract/types.ts';
import { reachOf, type Reach } from './dialled.ts';
import { holdsServiceUrn, saysEmergency, wordsOf } from './emergency.ts';
import { isReservedHost } from './hosts.ts';
import { isWrittenAsNumber, phonePlace } from './phone-place.ts';

/** What is wrong with sending a value: it calls an emergency service, it may ring a phone, it names somebody's host. */
export type Danger = Reach | 'address';

export interface Spot {
  /** The names from the outermost property to the value; items of a list bear the list's name. */
  names: readonly string[];
  /** All the schemas that may hold there. */
  schemas: readonly Schema[];
  /** The host of the target: it may be told of itself. */
  ownHost?: string;
}

/**
 * @param spot where the value stands
 * @param value a text, a number or a boolean; lists and objects are asked part by part
 * @returns what is wrong with sending it, undefined when nothing is
 */
export function dangerOf(spot: Spot, value: unknown): Danger | undefined {
  if (typeof value !== 'string' || value.length > REMEMBERED_LENGTH) return judged(spot, value);
  const key = `${spot.ownHost ?? ''}\n${spot.names.join('.')}\n${value}`;
  const known = remembered.get(spot.schemas) ?? new Map<string, Danger | undefined>();
  if (known.has(key)) return known.get(key);
  const danger = judged(spot, value);
  if (known.size >= REMEMBERED) known.clear();
  remembered.set(spot.schemas, known.set(key, danger));
  return danger;
}

/** The valid values of a run go out with hundreds of its requests, so what was found of each is remembered by its place. */
const remembered = new WeakMap<readonly Schema[], Map<string, Danger | undefined>>();
const REMEMBERED = 500;
const REMEMBERED_LENGTH = 300;

function judged(spot: Spot, value: unknown): Danger | undefined {
  if (typeof value === 'boolean') return value && saysEmergency(spot.names.at(-1) ?? '') ? 'emergency' : undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return dangerOfNumber(spot, value);
  if (typeof value !== 'string') return undefined;
  const texts = [value, ...unescaped(value)];
  const found = texts.flatMap((text) => [dangerOfText(spot, text), ...dangersWithin(spot, text)]);
  return found.find((danger) => danger === 'emergency') ?? found.find((danger) => danger !== undefined);
}

function dangerOfNumber({ names, schemas }: Spot, value: number | bigint): Danger | undefined {
  const place = phonePlace(names, schemas);
  if (!place) return undefined;
  const whole = typeof value === 'bigint' ? value : Math.abs(value);
  if (typeof whole === 'number' && !Number.isFinite(whole)) return undefined;
  const digits = BigInt(typeof whole === 'bigint' ? whole : Math.trunc(whole)).toString();
  // A dialler may drop the point or what stands behind it.
  const reach = reachOf(digits) ?? (Number.isInteger(Number(value)) ? undefined : reachOf(String(value)));
  // Short numbers under a name with other uses are counts, unless they call for help.
  return place.sure || digits.length >= 7 || reach === 'emergency' ? reach : undefined;
}

/** The value as a whole: a number in its place, a word that says emergency. */
function dangerOfText({ names, schemas }: Spot, text: string): Danger | undefined {
  const trimmed = text.trim();
  if (isEmergencyWord(names, schemas, trimmed)) return 'emergency';
  if (isWrittenAsNumber(trimmed) && !/^[a-z]/i.test(trimmed)) {
    const reach = reachOf(trimmed);
    if (reach) return reach;
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return undefined;
  const place = phonePlace(names, schemas);
  if (!place || /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(trimmed)) return undefined;
  // A name with other uses says nothing of words, of ids and the like.
  if (!place.sure && /\p{L}/u.test(trimmed)) return undefined;
  return reachOf(trimmed);
}

/** `EMERGENCY`, `sos`, `emergencyCall`: one word, or words written together, and not the shilling of Somalia. */
function isEmergencyWord(names: readonly string[], schemas: readonly Schema[], text: string): boolean {
  const listed = schemas.some((schema) => Array.isArray(schema.enum) || 'const' in schema);
  if (!saysEmergency(text) || text.length > 60) return false;
  if (text.toUpperCase() === 'SOS' && wordsOf(names.join(' ')).some((word) => word.startsWith('currenc'))) return false;
  return listed || /^[a-z][a-z_-]*$/i.test(text);
}

const dialSchemes =
  /(?:^|[^a-z0-9])(?:tel|callto|sms|smsto|mms|fax|modem|whatsapp|facetime|facetime-audio):([^\s"'<>&]*)/gi;
const sipSchemes = /(?:^|[^a-z0-9])(?:sips?|h323|im|pres|xmpp):(?!\/\/)([^\s"'<>]*)/gi;
const plusNumbers = /(?<![\p{L}\d])\+\s?\(?\d(?:[\s().\-\u2010-\u2015/]{0,2}\d){6,14}(?!\d)/gu;
const markup = /<(?:dial|number|sip|client|sms|message|refer|phonenumber|transfer|to|from)\b[^>]*>([^<]*)</gi;
const attributes = /\b(?:to|from|caller_?id|number|phone\w*|destination|transfer_?to)\s*=\s*["']([^"']*)["']/gi;
const authorities = /\b[a-z][a-z0-9+.-]*:\/\/([^\s/?#"'<>\\]*)/gi;
// So long a part is found from any place before the sign: without the bound a text of 20,000 characters takes seconds.
const addresses = /[^\s@<>"',;:()[\]/\\]{1,64}@((?:[a-z0-9-]+\.)+[a-z]{2,}|(?:\d{1,3}\.){3}\d{1,3})\b/gi;

/** What stands inside a text: addresses of any kind, numbers with a plus, markup that dials. */
function dangersWithin({ schemas, ownHost }: Spot, text: string): (Danger | undefined)[] {
  if (text.length < 3) return [];
  const found: (Danger | undefined)[] = [];
  const each = (pattern: RegExp, judge: (part: string) => Danger | undefined): void => {
    for (const match of text.matchAll(pattern)) found.push(judge(match[1] ?? match[0]));
  };
  const isOwn = (host: string): boolean => isReservedHost(host) || host.toLowerCase() === ownHost?.toLowerCase();
  if (holdsServiceUrn(text)) return ['emergency'];
  if (text.includes(':')) {
    each(dialSchemes, (rest) => reachOf(userOf(rest)));
    each(sipSchemes, (rest) => reachOfSip(rest, isOwn));
    // A document's own URI among listed values is a name, and is not asked for anything.
    if (!schemas.some((schema) => Array.isArray(schema.enum) || 'const' in schema))
      each(authorities, (authority) => (isOwn(authority) ? undefined : 'address'));
  }
  if (text.includes('@')) each(addresses, (host) => (isOwn(host) ? undefined : 'address'));
  if (text.includes('+')) each(plusNumbers, (number) => reachOf(number));
  if (text.includes('<')) {
    each(markup, (content) => (/\p{Nd}/u.test(content) && !/\p{L}{3}/u.test(content) ? reachOf(content) : undefined));
    each(attributes, (content) =>
      /\p{Nd}/u.test(content) && !/\p{L}{3}/u.test(content) ? reachOf(content) : undefined,
    );
  }
  return found;
}

/** What is dialled of `+1-212-555-0147;phone-context=…` (RFC 3966 section 3). */
function userOf(rest: string): string {
  return rest.replace(/^\/\//, '').replace(/[;?,].*$/s, '');
}

/** RFC 3261 section 19.1: a user, perhaps a number, at a host; without a user the host may be what a lenient dialler dials. */
function reachOfSip(rest: string, isOwn: (host: string) => boolean): Danger | undefined {
  const plain = rest.replace(/[;?>].*$/s, '');
  const at = plain.lastIndexOf('@');
  const user = (at === -1 ? plain : plain.slice(0, at)).replace(/:.*$/s, '');
  const host = at === -1 ? '' : plain.slice(at + 1);
  const hasName = /^[^\d+]*\p{L}/u.test(user);
  if (saysEmergency(user)) return 'emergency';
  const reach = hasName ? undefined : reachOf(user);
  if (reach) return reach;
  if (at === -1) return /^\+?[\d().-]*$/.test(user) || isOwn(plain) ? undefined : 'address';
  return isOwn(host) ? undefined : 'address';
}

/** A text that stands in a text: percent-encoded, or with character references. */
function unescaped(text: string): string[] {
  const found: string[] = [];
  if (/%[0-9a-f]{2}/i.test(text)) {
    try {
      found.push(decodeURIComponent(text));
    } catch {
      // Not percent-encoding after all.
    }
  }
  if (/&(?:#|plus|colon)/i.test(text))
    found.push(
      text
        .replaceAll(/&#x([0-9a-f]{1,5});/gi, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
        .replaceAll(/&#(\d{1,6});/g, (_all, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
        .replaceAll(/&plus;/gi, '+')
        .replaceAll(/&colon;/gi, ':'),
    );
  return found.filter((one) => one !== text);
}
