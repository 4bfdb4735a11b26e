/** The `fixtures` of the config file. */
import { UsageError } from '../errors.ts';
import type { FixtureRequest, FixtureSource } from '../fixtures/source.ts';
import { didYouMean } from '../suggest.ts';
import type { Entry, YamlFile } from './yaml-file.ts';

const KEYS = ['value', 'env', 'get', 'post', 'body', 'pointer', 'fallback', 'secret'];
const FALLBACK_KEYS = ['post', 'body', 'pointer'];
const FORMS =
  'a value, { env: NAME }, or { get: /path, pointer: /data/0/uid } with an optional fallback: { post: /path, body: {…}, pointer: /data/uid }';

/** @throws UsageError with the line of what cannot be used */
export function readFixtures(yaml: YamlFile, path: readonly string[]): FixtureSource[] {
  return yaml.entries(path, 'fixtures').map(({ key: name, value, at }) => {
    if (typeof value === 'string' && value !== '')
      return { name, secret: false, place: at, kind: 'value', value, via: 'config' };
    if (typeof value === 'number' || typeof value === 'boolean') {
      throw new UsageError(`${at}: the fixture ${name} has to be a text; put it into quotes.`);
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UsageError(`${at}: the fixture ${name} has to be ${FORMS}.`);
    }
    return readMap(yaml, [...path, name], name, at);
  });
}

function readMap(yaml: YamlFile, path: readonly string[], name: string, at: string): FixtureSource {
  const given = keysOf(yaml, path, `the fixture ${name}`, KEYS);
  const secretEntry = given.get('secret');
  if (secretEntry !== undefined && typeof secretEntry.value !== 'boolean') {
    throw new UsageError(`${secretEntry.at}: secret has to be true or false.`);
  }
  const base = { name, secret: secretEntry?.value === true, place: at };
  const kinds = ['value', 'env', 'get', 'post'].filter((kind) => given.has(kind));
  if (kinds.length !== 1) throw new UsageError(`${at}: the fixture ${name} has to be ${FORMS}.`);
  const stray = (allowed: readonly string[]): void => {
    for (const [key, entry] of given) {
      if (!allowed.includes(key) && key !== 'secret')
        throw new UsageError(`${entry.at}: ${key} does not go with ${String(kinds[0])}.`);
    }
  };
  switch (kinds[0]) {
    case 'value':
      stray(['value']);
      return { ...base, kind: 'value', value: textAt(given, 'value', at), via: 'config' };
    case 'env':
      stray(['env']);
      return { ...base, kind: 'env', variable: textAt(given, 'env', at) };
    case 'post':
      stray(['post', 'body', 'pointer']);
      return { ...base, kind: 'requests', requests: [readRequest(given, 'POST', at)] };
    default: {
      stray(['get', 'pointer', 'fallback']);
      const requests = [readRequest(given, 'GET', at)];
      if (given.has('fallback')) {
        const keys = keysOf(yaml, [...path, 'fallback'], 'fallback', FALLBACK_KEYS);
        requests.push(readRequest(keys, 'POST', given.get('fallback')?.at ?? at));
      }
      return { ...base, kind: 'requests', requests };
    }
  }
}

function keysOf(yaml: YamlFile, path: readonly string[], what: string, known: readonly string[]): Map<string, Entry> {
  const entries = yaml.entries(path, what);
  for (const { key, at } of entries) {
    if (!known.includes(key)) {
      throw new UsageError(
        `${at}: ${what} has an unknown key ${key}; it takes ${known.join(', ')}.${didYouMean(key, known)}`,
      );
    }
  }
  return new Map(entries.map((entry) => [entry.key, entry]));
}

function readRequest(given: Map<string, Entry>, method: 'GET' | 'POST', at: string): FixtureRequest {
  const path = textAt(given, method === 'GET' ? 'get' : 'post', at);
  if (!path.startsWith('/'))
    throw new UsageError(`${at}: the path ${path} has to begin with a slash; it stands below the target's URL.`);
  const pointer = textAt(given, 'pointer', at);
  if (!/^(\/([^~/]|~[01])*)*$/.test(pointer)) {
    throw new UsageError(`${at}: ${pointer} is no JSON Pointer; write it like /data/0/uid.`);
  }
  return { method, path, pointer, body: given.get('body')?.value };
}

function textAt(given: Map<string, Entry>, key: string, at: string): string {
  const entry = given.get(key);
  if (entry === undefined) throw new UsageError(`${at}: ${key} is missing.`);
  if (typeof entry.value !== 'string' || entry.value === '')
    throw new UsageError(`${entry.at}: ${key} has to be a text.`);
  return entry.value;
}
