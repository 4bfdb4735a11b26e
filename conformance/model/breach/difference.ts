/** The one classifier of how two values differ. */
import type { Difference } from '../breach.ts';

/** What is known of a value besides itself. */
export interface Known {
  /** What stood there before the last write. */
  before?: unknown;
  /** Values of the same property in other records of the run. */
  others?: readonly unknown[];
}

/**
 * @param sent the value that was written
 * @param got the value that came back; `undefined` when the property was missing
 * @param known the record's earlier value and those of other records
 * @returns how they differ
 */
export function differenceOf(sent: unknown, got: unknown, known: Known = {}): Difference {
  if (got === undefined) return { kind: 'missing' };
  if (got === null) return sent === null ? { kind: 'same' } : { kind: 'null' };
  const text = JSON.stringify(got);
  if (text === JSON.stringify(sent)) return { kind: 'same' };
  // A value that says nothing (true, 3) may be another record's by chance, but hardly the one that stood there before.
  if (known.before !== undefined && JSON.stringify(known.before) === text) return { kind: 'stale' };
  if (text.length > 8 && known.others?.some((other) => JSON.stringify(other) === text))
    return { kind: 'another-record' };
  if (typeof sent === 'string' && typeof got === 'string') return textDifference(sent, got);
  if (typeof sent === 'string' && typeof got === 'number' && Number(sent) === got) return { kind: 'number-coercion' };
  const [before, after] = [typeOf(sent), typeOf(got)];
  if (before !== after) return { kind: 'type', type: after };
  if (typeof sent === 'boolean') return { kind: 'inverted' };
  const lost = sizeOf(sent) - sizeOf(got);
  return lost > 0 ? { kind: 'shorter', by: lost } : { kind: 'other', from: 0 };
}

function textDifference(sent: string, got: string): Difference {
  if (got === '') return { kind: 'emptied' };
  const time = timeDifference(sent, got);
  if (time) return time;
  if (got === sent.trim()) return { kind: 'trimmed' };
  if (got === sent.toLowerCase()) return { kind: 'lower-cased' };
  if (got === sent.toUpperCase()) return { kind: 'upper-cased' };
  if (got.toLowerCase() === sent.toLowerCase()) return { kind: 'case' };
  if (['NFC', 'NFD', 'NFKC', 'NFKD'].some((form) => got === sent.normalize(form))) return { kind: 'unicode' };
  if (got.length < sent.length && sent.startsWith(got))
    return { kind: 'truncated', to: lengthOf(got), of: lengthOf(sent) };
  if (got.replaceAll(/\s+/g, '') === sent.replaceAll(/\s+/g, '')) return { kind: 'white-space' };
  if (sent !== '' && !Number.isNaN(Number(sent)) && Number(sent) === Number(got)) return { kind: 'number-coercion' };
  if (got === escapeMarkup(sent)) return { kind: 'markup-escaped' };
  if (/%[0-9a-f]{2}/i.test(sent) && got === safeDecode(sent)) return { kind: 'percent-decoded' };
  if (/[^\0-\x7f]/.test(sent) && lengthOf(got) <= lengthOf(sent)) return { kind: 'non-ascii' };
  return { kind: 'other', from: firstDifference(sent, got) };
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:?\d\d)?$/;

/** RFC 3339 section 5.6: a date-time has an offset; without one it is no instant. */
function timeDifference(sent: string, got: string): Difference | undefined {
  const [was, is] = [TIME.exec(sent), TIME.exec(got)];
  if (!was || !is || was[4] === undefined) return undefined;
  const sameClock = was[1] === is[1] && was[2] === is[2] && digits(was[3]).startsWith(digits(is[3]).replace(/0+$/, ''));
  if (is[4] === undefined) return sameClock ? { kind: 'time-zone-lost' } : undefined;
  const moved = instantOf(got, is) - instantOf(sent, was);
  if (moved === 0) return { kind: 'same-instant' };
  if (Math.abs(moved) < 1000 && digits(is[3]).length < digits(was[3]).length) return { kind: 'fraction-lost' };
  // Time zones differ by quarters of an hour.
  return Number.isInteger(moved / 900_000) && Math.abs(moved) <= 14 * 3_600_000
    ? { kind: 'shifted', minutes: moved / 60_000 }
    : undefined;
}

function instantOf(_text: string, parts: RegExpExecArray): number {
  const [, day = '', time = '', fraction = '', zone = 'Z'] = parts;
  const offset = /^[Zz]$/.test(zone) ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return Date.parse(`${day}T${time}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
}

function digits(fraction: string | undefined): string {
  return fraction ?? '';
}

/** Whether a text is a date-time that lacks its offset. */
export function lacksZone(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const match = TIME.exec(value);
  return match !== null && match[4] === undefined;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function lengthOf(text: string): number {
  return Array.from(text.slice(0, 10_000)).length;
}

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * @param difference how a value differs
 * @returns words that follow the value: `in lower case`, `cut after 36 of 40 characters`
 */
export function differenceWords(difference: Difference): string {
  switch (difference.kind) {
    case 'same':
      return 'the same value';
    case 'missing':
      return 'missing';
    case 'null':
      return 'null';
    case 'stale':
      return 'its value from before the update';
    case 'another-record':
      return "another record's value";
    case 'type':
      return difference.type === 'null'
        ? 'null'
        : `now ${/^[aeiou]/.test(difference.type) ? 'an' : 'a'} ${difference.type}`;
    case 'inverted':
      return 'inverted';
    case 'emptied':
      return 'empty';
    case 'lower-cased':
      return 'in lower case';
    case 'upper-cased':
      return 'in upper case';
    case 'case':
      return 'in another case';
    case 'trimmed':
      return 'outer spaces lost';
    case 'white-space':
      return 'other white space';
    case 'truncated':
      return `cut after ${String(difference.to)} of ${String(difference.of)} characters`;
    case 'number-coercion':
      return 'changed as if it were a number';
    case 'unicode':
      return 'another Unicode form';
    case 'non-ascii':
      return 'its non-ASCII characters changed';
    case 'markup-escaped':
      return 'escaped as markup';
    case 'percent-decoded':
      return 'percent-decoded';
    case 'time-zone-lost':
      return 'without its time zone';
    case 'fraction-lost':
      return 'without its fraction of a second';
    case 'same-instant':
      return 'the same instant, written otherwise';
    case 'shifted':
      return `${hours(difference.minutes)} ${difference.minutes > 0 ? 'later' : 'earlier'}`;
    case 'shorter':
      return `${String(difference.by)} ${difference.by === 1 ? 'entry' : 'entries'} fewer`;
    case 'other':
      return difference.from > 0 ? `differs from character ${String(difference.from + 1)}` : 'another value';
  }
}

function hours(minutes: number): string {
  const count = Math.abs(minutes);
  return count % 60 === 0 ? `${String(count / 60)} h` : `${String(count)} min`;
}
