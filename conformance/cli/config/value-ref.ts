/** A value that stands in the config file, or that it says where to find, so that no secret has to stand in a file. */
import { UsageError } from '../errors.ts';
import { readBounded } from '../read-file.ts';
import { reasonOf } from '../reason.ts';
import type { YamlFile } from './yaml-file.ts';
import { didYouMean } from '../suggest.ts';

/** Headers of more than that are refused by every server. */
export const MOST_BYTES = 64 * 1024;

export type ValueRef =
  | { kind: 'text'; text: string; at: string }
  | { kind: 'env'; name: string; at: string }
  | { kind: 'file'; path: string; shown: string; at: string };

/**
 * @param yaml the config file
 * @param path of the value: a text, a number, `{ env: NAME }` or `{ file: PATH }`
 * @param what how messages call it
 * @param resolvePath makes a path of the config file absolute
 */
export function readValueRef(
  yaml: YamlFile,
  path: readonly string[],
  what: string,
  resolvePath: (path: string) => string,
): ValueRef {
  const value = yaml.value(path);
  const at = yaml.at(path);
  if (typeof value === 'string' && value !== '') return { kind: 'text', text: value, at };
  if (typeof value === 'number' || typeof value === 'boolean') {
    throw new UsageError(`${at}: ${what} has to be a text; put it into quotes.`);
  }
  if (typeof value !== 'object' || value === null) {
    throw new UsageError(`${at}: ${what} has to be a text, { env: NAME } or { file: PATH }.`);
  }
  const entries = yaml.entries(path, what);
  const [entry] = entries;
  if (entries.length !== 1 || entry === undefined || typeof entry.value !== 'string') {
    throw new UsageError(`${at}: ${what} has to be a text, { env: NAME } or { file: PATH }.`);
  }
  if (entry.key === 'env') return { kind: 'env', name: entry.value, at };
  if (entry.key === 'file') return { kind: 'file', path: resolvePath(entry.value), shown: entry.value, at };
  throw new UsageError(
    `${entry.at}: ${what} has an unknown key ${entry.key}; it takes env or file.${didYouMean(entry.key, ['env', 'file'])}`,
  );
}

/** The value itself. @throws UsageError when the variable is not set or the file cannot be read */
export function valueOf(ref: ValueRef, env: Readonly<Record<string, string | undefined>>): string {
  switch (ref.kind) {
    case 'text':
      return ref.text;
    case 'env': {
      const value = env[ref.name];
      if (value === undefined || value === '') {
        throw new UsageError(`${ref.at}: the environment variable ${ref.name} is not set.`);
      }
      return value;
    }
    case 'file':
      return readSecretFile(ref.path, ref.shown, ref.at);
  }
}

/** The first line of a file: editors end every file with a line feed, and no token has one. */
export function readSecretFile(path: string, shown: string, place: string): string {
  let text: string;
  try {
    text = readBounded(path, { most: MOST_BYTES });
  } catch (error) {
    throw new UsageError(`${place}: ${shown} cannot be read: ${reasonOf(error)}.`);
  }
  const line = text.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (line === '') throw new UsageError(`${place}: ${shown} is empty; its first line has to be the token.`);
  return line;
}
