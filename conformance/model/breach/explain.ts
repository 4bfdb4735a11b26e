/** Turns a breach into words: the only place that does. */
import type { Asked, Breach } from '../breach.ts';
import type { Severity } from '../verdict.ts';
import { explainAnswer } from './explain-answers.ts';
import { explainList } from './explain-lists.ts';
import { explainValue } from './explain-values.ts';
import { place, show, typeWords } from './words.ts';

export interface Explained {
  /** One plain sentence: what was sent, what came back, where. */
  sentence: string;
  /** What to do about it: one sentence. */
  remedy: string;
  severity: Severity;
}

export interface ExplainContext {
  /** The operation to blame. */
  operation: string;
  /** `POST /calls`, where it is an operation of the contract. */
  address: string;
  /** The level at which it is told. */
  level: 'MUST' | 'SHOULD' | 'MAY';
}

/**
 * @param breach what is wrong
 * @param context where
 * @returns sentence, remedy and severity
 */
export function explain(breach: Breach, context: ExplainContext): Explained {
  if (breach.kind === 'custom')
    return {
      sentence: breach.message,
      remedy: breach.remedy ?? `Change ${context.operation} so that the requirement is met.`,
      severity: breach.severity ?? (context.level === 'MUST' ? 'major' : 'minor'),
    };
  const told = explainValue(breach, context) ?? explainList(breach, context) ?? explainAnswer(breach, context);
  // What a contract only wishes is never critical.
  return context.level === 'MUST' ? told : { ...told, severity: 'minor' };
}

/**
 * @param breach what is wrong
 * @returns its place among findings of one level: what is lost and what belongs to others comes first
 */
export function rankOf(breach: Breach): number {
  switch (breach.kind) {
    // Where two records have one id, what is read of either says little about the rest.
    case 'id-repeated':
      return 0;
    case 'leaked-record':
    case 'changed-other':
    case 'unauthorized-accepted':
    case 'role-accepted':
      return 1;
    case 'altered':
    case 'changed':
      return breach.difference.kind === 'another-record' ? 1 : 2;
    case 'not-persisted':
    case 'forged-applied':
    case 'lost':
    case 'not-listed':
    case 'not-readable':
    case 'refused-yet-stored':
    case 'refused-yet-changed':
    case 'created-by-update':
      return 2;
    case 'repeated':
    case 'race':
    case 'key-used-up':
    case 'key-mixed-up':
    case 'lost-between-pages':
    case 'listed-twice':
      return 3;
    case 'accepted-invalid':
    case 'rejected-valid':
      return 4;
    case 'server-error':
      return 5;
    case 'custom':
      return breach.severity === 'critical' ? 2 : 6;
    default:
      return 6;
  }
}

/**
 * Why a breach is told at a lower level than the requirement that it belongs to.
 * @param breach what is wrong
 * @returns a sentence
 */
export function levelReason(breach: Breach): string {
  switch (breach.kind) {
    case 'other-status':
      return 'A refusal with 422 is right by HTTP (RFC 9110, section 15.5.21); it only is not documented.';
    case 'undocumented-status':
      return breach.status === 422
        ? 'A refusal with 422 is right by HTTP (RFC 9110, section 15.5.21); it only is not documented.'
        : 'The contract asks for this very status as a SHOULD only.';
    case 'contradicting-content-types':
    case 'body-with-204':
      return 'The answer breaks HTTP, and can be read all the same.';
    case 'odd-json':
      return 'RFC 8259 advises against it and does not forbid it.';
    case 'accepted-media-type':
      return 'The body was what it should be; only its Content-Type was not.';
    case 'not-returned':
    case 'default-not-returned':
      return 'The contract wishes the value in the response and does not require it.';
    case 'stood-still':
      return 'No source says that the time moves on.';
    case 'accepted-invalid':
      return 'No source states this limit: the contract gives it as a SHOULD.';
    default:
      return 'The contract gives it as a SHOULD.';
  }
}

/** What was asked, as a part of a sentence: `a request without rate`, `the id "x", which no record has`. */
export function askedWords(asked: Asked): string {
  switch (asked.of) {
    case 'valid':
      return asked.field === undefined
        ? 'a request that keeps the contract'
        : `${asked.field} ${show(asked.value)}, which the contract allows`;
    case 'invalid':
      return invalidWords(asked);
    case 'id':
      return `the id ${show(asked.id)}, which no record has`;
    case 'credentials':
      return `a request with ${asked.which}`;
    case 'role':
      return `a request with the role ${asked.role}`;
    case 'method':
      return `${asked.method} ${asked.path}, a method that the path does not have`;
    case 'media-type':
      return `a request with the Content-Type ${asked.mediaType}`;
    case 'query':
      return `${asked.name}=${asked.value}`;
    case 'repeat':
      return `${asked.otherBody ? 'another request' : 'a repeat'} under a ${asked.header} that ${asked.afterFailure ? 'failed first and then succeeded' : 'had succeeded'}`;
    case 'race':
      return `one of ${String(asked.count)} requests at once`;
    case 'odd':
      return asked.title;
    case 'fact':
      return `a request in which ${asked.fact}`;
  }
}

function invalidWords(asked: Extract<Asked, { of: 'invalid' }>): string {
  const name = place(asked.at);
  switch (asked.alteration) {
    case 'required-missing':
      return `a request without ${name}`;
    case 'malformed-json':
      return `a body that is not JSON (${asked.title ?? ''})`;
    case 'wrong-json-shape':
      return asked.title === 'empty' ? 'an empty body' : `a body that is ${shapeWords(asked.title)} and not an object`;
    default:
      return `a request with ${name} ${valueWords(asked)}`;
  }
}

function shapeWords(title = ''): string {
  if (title === 'null') return 'null';
  return title === 'text' ? 'a string' : `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;
}

/** An invalid value, and what is wrong with it: `12345 (a number)`. */
export function valueWords(asked: Extract<Asked, { of: 'invalid' }>): string {
  const { alteration, value, title, keyword } = asked;
  switch (alteration) {
    case 'required-missing':
      return 'left out';
    case 'required-null':
      return 'null';
    case 'empty-value':
      return '""';
    case 'wrong-type':
      return `${show(value)} (${keyword === 'fraction' ? 'not a whole number' : typeWords(value)})`;
    case 'enum-refused':
      return `${show(value)} (not one of the allowed values)`;
    case 'format-refused':
      return `${show(value)} (not a ${title ?? 'valid'} value)`;
    case 'bounds-refused':
      return boundWords(asked);
    case 'pattern-refused':
      return `${show(value)} (${title ?? 'the pattern does not match it'})`;
    case 'refused-fixture':
      return `${show(value)}${title === undefined ? '' : ` (${title})`}`;
    default:
      return title ?? show(value);
  }
}

function boundWords({ value, keyword }: Extract<Asked, { of: 'invalid' }>): string {
  if (typeof value === 'string') return `of ${String(Array.from(value).length)} characters`;
  if (Array.isArray(value)) return `of ${String(value.length)} items`;
  if (typeof value === 'object' && value !== null) return `of ${String(Object.keys(value).length)} keys`;
  return `${show(value)} (outside its ${keyword?.toLowerCase().includes('max') ? 'maximum' : keyword?.toLowerCase().includes('min') ? 'minimum' : 'bounds'})`;
}
