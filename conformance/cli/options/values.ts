/** From what was written to what is meant, or a sentence that says what is wrong with it and where. */
import { UsageError } from '../errors.ts';
import { closest } from '../suggest.ts';
import type { Given } from './resolve.ts';
import type { OptionSpec } from './spec.ts';

/** A text that is there. */
export function textOf(given: Given): string {
  const text = String(given.value);
  if (text.trim() === '') throw new UsageError(`${given.place} is empty; give it a value or leave it out.`);
  return text;
}

/** A number in the bounds of its option. */
export function numberOf(spec: OptionSpec, given: Given): number {
  const text = String(given.value).trim();
  switch (spec.kind) {
    case 'whole': {
      const number = /^\d+$/.test(text) ? Number(text) : NaN;
      if (!(number >= spec.least && number <= spec.most)) {
        throw new UsageError(
          `${given.place} has to be a whole number from ${String(spec.least)} to ${String(spec.most)}, not ${JSON.stringify(text)}.`,
        );
      }
      return number;
    }
    case 'seconds': {
      const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
      if (!(number >= spec.least && number <= spec.most)) {
        throw new UsageError(
          `${given.place} has to be a number of seconds from ${String(spec.least)} to ${String(spec.most)}, such as 2 or 0.5, not ${JSON.stringify(text)}.`,
        );
      }
      return number;
    }
    case 'rate': {
      const number = Number(/^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(text)?.[1] ?? NaN);
      if (!(number > 0)) {
        throw new UsageError(
          `${given.place} has to be a number of requests per second, such as 5/s, not ${JSON.stringify(text)}.`,
        );
      }
      return number;
    }
    default:
      throw new TypeError(`--${spec.name} is no number.`);
  }
}

/** One of the words that its option takes. */
export function choiceOf(given: Given, words: readonly string[]): string {
  const text = String(given.value);
  if (words.includes(text)) return text;
  const hint = closest(text, words);
  throw new UsageError(
    `${given.place} has to be ${words.join(' or ')}, not ${JSON.stringify(text)}.${hint === undefined ? '' : ` Did you mean ${hint}?`}`,
  );
}

export interface Shard {
  index: number;
  count: number;
}

/** `2/3`. */
export function shardOf(given: Given): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(String(given.value).trim()) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count && shard.count <= 10_000)) {
    throw new UsageError(
      `${given.place} has to be i/n with i from 1 to n, such as 1/3, not ${JSON.stringify(String(given.value))}.`,
    );
  }
  return shard;
}

/**
 * `name=value`, split at the first `=`. The value is never shown: it may be a secret.
 * @param what how the left side is called in a message
 */
export function pairOf(text: string, place: string, what: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const name = at < 0 ? '' : text.slice(0, at).trim();
  const value = text.slice(at + 1);
  if (name === '' || value === '') {
    throw new UsageError(`${place} has to be ${what}=value${name === '' ? '' : `; ${name} has no value`}.`);
  }
  return [name, value];
}

/** `Name: value`. The value is never shown: it may be a secret. */
export function headerOf(text: string, place: string): [name: string, value: string] {
  const at = text.indexOf(':');
  const name = text.slice(0, Math.max(0, at)).trim();
  if (at < 0) throw new UsageError(`${place} has to be "Name: value"; there is no colon.`);
  return checkHeader(name, text.slice(at + 1).trim(), place);
}

/** @see RFC 9110 sections 5.1 and 5.5 */
export function checkHeader(name: string, value: string, place: string): [name: string, value: string] {
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
    throw new UsageError(`${place} has a header name that is none: ${JSON.stringify(name)}.`);
  }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
  if (/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)) {
    throw new UsageError(`${place}: the value of ${name} holds a character that no header may have.`);
  }
  return [name, value];
}
