/** What names in a document mean: singular and plural, ids, verbs. English, as documents are written. */
import pluralize from 'pluralize';

/** @returns a name without case and separators: `petId`, `pet_id` and `pet-id` are one */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** @returns the words of a name: `voiceCalls`, `voice_calls` and `voice-calls` have two */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** @returns the name of one record of `voice_calls`: `voicecall`, and its last word: `call` */
export function nounsOf(segment: string): string[] {
  const words = wordsOf(segment);
  const last = words.at(-1);
  if (last === undefined) return [];
  const one = pluralize.singular(last);
  return [...new Set([[...words.slice(0, -1), one].join(''), one])];
}

/** Whether two segments name the same records: `pet` and `pets`. */
export function sameNoun(a: string, b: string): boolean {
  return nounsOf(a)[0] === nounsOf(b)[0];
}

/** Whether a segment names many. */
export function isPlural(segment: string): boolean {
  const last = wordsOf(segment).at(-1);
  return last !== undefined && pluralize.isPlural(last) && !pluralize.isSingular(last);
}

/** What an id is called where it is called nothing else. */
export const idWords = new Set(['id', 'uid', 'uuid', 'guid', 'gid', 'sid', 'oid', 'pk']);

/** Names that tell one record from another, if nothing better does. */
const weakWords = new Set([
  'name',
  'key',
  'slug',
  'code',
  'number',
  'identifier',
  'ref',
  'reference',
  'handle',
  'username',
  'login',
]);

/**
 * How well a property of a record fits a path parameter.
 *
 * @param property its name
 * @param parameter the path parameter that takes the id
 * @param nouns what one record is called
 * @returns 0 for the very same name, more for a worse fit, undefined when it is none
 */
export function idRank(property: string, parameter: string, nouns: readonly string[]): number | undefined {
  if (property === parameter) return 0;
  const own = plain(property);
  const wanted = plain(parameter);
  if (own === '' || wanted === '') return undefined;
  if (own === wanted) return 1;
  if (nouns.some((noun) => wanted === noun + own)) return 2;
  if (idWords.has(own)) return wanted.endsWith(own) ? 3 : 4;
  if (nouns.some((noun) => own.startsWith(noun) && idWords.has(own.slice(noun.length)))) return 5;
  if (weakWords.has(own)) return 6;
  return undefined;
}

/** The segment of a create that is no noun: `POST /users/new`. */
export function isCreateVerb(segment: string): boolean {
  return /^(?:create|new|add|register|insert)$/i.test(segment);
}

const retrieving = /^(?:search|query|filter|find|list|lookup|look|retrieve|fetch|export|count|aggregate)$/;

/** Whether a POST only looks something up: by the last words of its path, or the first of its id. */
export function retrieves(segment: string, operationId: string): boolean {
  const words = wordsOf(segment);
  if (segment === 'get') return true;
  if ([words[0], words.at(-1)].some((word) => word !== undefined && retrieving.test(word))) return true;
  return retrieving.test(wordsOf(operationId)[0] ?? '');
}
