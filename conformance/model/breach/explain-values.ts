/** What became of values: lost, altered, changed, applied although they were the server's own. */
import type { Breach, Difference, Seen } from '../breach.ts';
import { askedWords } from './asked-words.ts';
import { differenceWords } from './difference.ts';
import type { ExplainContext, Explained } from './explain.ts';
import { listed, show } from './words.ts';

/**
 * @param breach what is wrong
 * @param context where
 * @returns its words; `undefined` for a breach that is not about a value
 */
export function explainValue(breach: Breach, context: ExplainContext): Explained | undefined {
  const { operation } = context;
  switch (breach.kind) {
    case 'not-persisted': {
      const what = breach.as === 'null' ? `null as ${breach.field}` : `no ${breach.field}`;
      return {
        sentence: `${written(breach.field, breach.sent, context)}; ${returns(breach.seen, what)}.${echo(breach.seen)}${smallest(breach)}`,
        remedy: `Store ${breach.field} in ${operation}, and return it in every response.`,
        severity: 'critical',
      };
    }
    case 'altered': {
      const what = `${breach.field} ${show(breach.got)} (${differenceWords(breach.difference)})`;
      return {
        sentence: `${written(breach.field, breach.sent, context)}; ${returns(breach.seen, what)}.${echo(breach.seen)}${smallest(breach)}`,
        remedy: remedyFor(breach.difference, breach.field, breach.seen),
        severity: 'critical',
      };
    }
    case 'write-only-returned':
      return {
        sentence: `${breach.at.slice(1).replaceAll('/', '.')} is writeOnly, and ${returns(breach.seen, `it as ${show(breach.got)}`)}.`,
        remedy: `Leave ${breach.at.slice(1).replaceAll('/', '.')} out of every response.`,
        severity: 'critical',
      };
    case 'not-returned':
      return {
        sentence: `${written(breach.field, breach.sent, context)}; ${returns(breach.seen, `no ${breach.field}`)}.`,
        remedy: `Return ${breach.field} in the response.`,
        severity: 'minor',
      };
    case 'wrong-default':
      return {
        sentence: `${breach.field} was left out of ${context.address}; ${returns(breach.seen, `${breach.field} ${show(breach.got)}`)} and not ${show(breach.wanted)}, its documented default.`,
        remedy: `Store ${show(breach.wanted)} when ${breach.field} is left out.`,
        severity: 'critical',
      };
    case 'default-not-returned':
      return {
        sentence: `${breach.field} was left out of ${context.address}; ${returns(breach.seen, `no ${breach.field}`)}, and its documented default is ${show(breach.wanted)}.`,
        remedy: `Store ${show(breach.wanted)} when ${breach.field} is left out, and return it.`,
        severity: 'major',
      };
    case 'changed':
      return {
        sentence: `${breach.field} was ${show(breach.before)} in the create response; ${returns(breach.seen, `${breach.field} ${show(breach.got)} (${differenceWords(breach.difference)})`)} for the same record.`,
        remedy:
          breach.difference.kind === 'time-zone-lost'
            ? remedyFor(breach.difference, breach.field, breach.seen)
            : `Set ${breach.field} once, when the record is made, and never again.`,
        severity: 'major',
      };
    case 'went-back':
      return {
        sentence: `${breach.field} was ${show(breach.before)} before the update; ${returns(breach.seen, `the earlier ${show(breach.got)}`)}.`,
        remedy: `Set ${breach.field} to the time of each write.`,
        severity: 'major',
      };
    case 'stood-still':
      return {
        sentence: `${breach.field} was ${show(breach.before)} before the update; ${returns(breach.seen, 'the same time')} after it.`,
        remedy: `Set ${breach.field} to the time of each write.`,
        severity: 'minor',
      };
    case 'forged-applied':
      return {
        sentence: `${operation} was sent ${breach.field} ${show(breach.sent)}, which only the server sets, and applied it: ${returns(breach.seen, 'it')}.`,
        remedy: `Never use ${breach.field} from a request: ignore it, or refuse the request.`,
        severity: 'critical',
      };
    case 'wrong-first-value':
      return {
        sentence: `${operation} returned ${breach.field} ${show(breach.got)}; a new record has ${show(breach.wanted)}.`,
        remedy: `Return ${show(breach.wanted)} as ${breach.field} until it moves on.`,
        severity: 'major',
      };
    case 'time-off':
      return {
        sentence: `${operation} returned ${breach.field} ${show(breach.got)} with the Date header ${show(breach.date)}: it is ${span(Math.abs(breach.offMs))} ${breach.offMs < 0 ? 'earlier' : 'later'}.`,
        remedy: `Set ${breach.field} from the server's clock, and return it in UTC or with its offset.`,
        severity: 'minor',
      };
    case 'converted-invalid':
      return {
        sentence: `${operation} answered ${String(breach.status)} to ${askedWords(breach.asked)}, and ${placeWords(breach.where)} returns ${show(breach.got)}.`,
        remedy: 'Refuse it with a 4xx, or say in the document what else is accepted.',
        severity: 'minor',
      };
    case 'changed-other':
      return {
        sentence: `${breach.field} of the record ${show(breach.id)} was ${show(breach.before)} and is ${show(breach.got)} since another record${breach.owner === undefined ? '' : `, ${show(breach.owner)},`}${breach.shared === undefined ? '' : ` with the same ${listed(breach.shared)}`} was updated.`,
        remedy: `Write an update to the record that the path names, and to no other${breach.shared === undefined ? '' : ' with an equal value'}.`,
        severity: 'critical',
      };
    case 'not-replaced':
      return {
        sentence: `${context.address} without ${breach.field} was accepted, and ${breach.field} is still ${show(breach.got)}, as the PUT before had it.`,
        remedy: 'Let a PUT replace the whole record: what it leaves out is gone, or has its default.',
        severity: 'minor',
      };
    case 'changed-unnamed':
      return {
        sentence: `${context.address} was sent ${show(breach.sent)}, and ${breach.field}, which it does not name, was ${show(breach.before)} and is ${show(breach.got)}.`,
        remedy: 'Change only what PATCH names.',
        severity: 'critical',
      };
    case 'leaked-record':
      return {
        sentence: `${operation} was asked for the record ${show(breach.id)} and answered another one: its ${breach.idField} is ${show(breach.got)}.`,
        remedy: 'Answer the record that the path names.',
        severity: 'critical',
      };
    default:
      return undefined;
  }
}

function written(field: string, sent: unknown, { address }: ExplainContext): string {
  return `${field} was sent to ${address} as ${show(sent)} and accepted`;
}

/** `the create response and GET return no rate`. */
function returns(seen: readonly Seen[], what: string): string {
  const places = [...new Set(seen.filter(({ ok }) => !ok).map(({ where }) => placeWords(where)))];
  return `${listed(places)} ${places.length > 1 ? 'return' : 'returns'} ${what}`;
}

/** A place where a value was looked for, as a sentence names it. */
export function placeWords(where: string): string {
  switch (where) {
    case 'get':
      return 'GET';
    case 'get after update':
      return 'GET after the update';
    case 'list after update':
      return 'the list after the update';
    case 'get by the forged id':
      return 'GET by the forged id';
    default:
      return `the ${where}`;
  }
}

/** Only a read shows what was stored. */
function echo(seen: readonly Seen[]): string {
  const response = seen.find(({ where }) => where.endsWith('response'));
  return response?.ok === true && seen.some(({ ok }) => !ok)
    ? ' The response of the write returns it: it is echoed, and not stored like that.'
    : '';
}

function smallest({ generated }: { generated?: unknown }): string {
  return generated === undefined
    ? ''
    : ` It is the smallest value found that is not kept; ${show(generated)} was generated first.`;
}

function span(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return `${String(minutes)} minutes`;
  const hours = Math.round(minutes / 6) / 10;
  return hours < 48 ? `${String(hours)} hours` : `${String(Math.round(hours / 24))} days`;
}

function remedyFor(difference: Difference, field: string, seen: readonly Seen[]): string {
  switch (difference.kind) {
    case 'stale':
      return `Store ${field} in the update as well, and read it from where it was written: no read may return the earlier value.`;
    case 'another-record':
      return `Keep the values of requests apart: ${field} of one record must never stand in another.`;
    case 'time-zone-lost':
      return `Write ${field} with its offset, such as Z (RFC 3339, section 5.6): store it in a type that has a time zone.`;
    case 'fraction-lost':
      return `Store ${field} with its fraction of a second.`;
    case 'truncated':
      return `Make room for ${field} as long as the contract allows it, or refuse what is too long.`;
    case 'number-coercion':
    case 'type':
      return `Store ${field} as the JSON type that it was sent in.`;
    case 'unicode':
    case 'non-ascii':
      return `Store ${field} in UTF-8 without normalising it.`;
    case 'markup-escaped':
      return `Store ${field} as it was sent, and escape it only where it is put into HTML.`;
    case 'percent-decoded':
      return `Store ${field} as it was sent: a JSON text is not percent-encoded.`;
    case 'shifted':
      return `Store ${field} as an instant (in UTC): it was read in one time zone and written in another.`;
    default: {
      const everywhere = seen.every(({ ok }) => !ok);
      return `Store ${field} as it was sent, and return it so in every response${everywhere ? '' : ' and read'}.`;
    }
  }
}
