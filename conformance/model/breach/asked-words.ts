/** What was asked, as parts of sentences. */
import type { Asked } from '../breach.ts';
import { place, show, typeWords, withArticle } from './words.ts';

/** What was asked, as a part of a sentence: `a request without rate`, `the id "x", which no record has`. */
export function askedWords(asked: Asked): string {
  switch (asked.of) {
    case 'valid':
      return asked.field === undefined
        ? 'a request that keeps the contract'
        : `${asked.field} ${show(asked.value)}, which the contract allows`;
    case 'invalid':
      return invalidWords(asked);
    case 'parameter':
      return asked.value === undefined
        ? `a request without the ${asked.in} parameter ${asked.name}`
        : `a request with the ${asked.in} parameter ${asked.name} ${show(asked.value)} (${asked.bound})`;
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
      return `${asked.name}=${asked.value}${asked.bound === undefined ? '' : ` (${boundName(asked.bound)})`}`;
    case 'repeat':
      return `${asked.otherBody ? 'another body' : asked.later ? 'a later repeat' : 'a repeat'} under ${withArticle(asked.header)} that ${asked.afterFailure ? 'failed first and then succeeded' : 'had succeeded'}`;
    case 'race':
      return `one of ${String(asked.count)} requests at once`;
    case 'request':
      return `${asked.method} ${asked.path}`;
    case 'odd':
      return asked.title;
    case 'fact':
      return `a request in which ${asked.fact}`;
  }
}

function boundName(bound: string): string {
  return bound === 'half-number' ? 'no number' : bound.replaceAll('-', ' ');
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
  return title === 'text' ? 'a string' : withArticle(title);
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
    case 'unknown-property':
      return `${show(value)} (a property that may not be there)`;
    case 'duplicate-items':
      return `${show(value)} (an item twice)`;
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
