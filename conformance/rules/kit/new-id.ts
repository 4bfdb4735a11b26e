/** How the id of a record is learnt when it is made. */
import { idRank, nounsOf, plain } from '../../contract/graph/words.ts';
import { at, escapeToken, isObject } from '../../contract/resolve.ts';
import type { Resource } from '../../contract/types.ts';
import type { ReceivedResponse } from '../../model/index.ts';

/**
 * @param resource whose record was made
 * @param sent the properties that were sent
 * @param response the answer to the create
 * @returns the id as a path takes it: from the body, from the last segment of `Location` (RFC 9110 section 10.2.2), or from what
 *   was sent; undefined when there is none
 */
export function newId(
  resource: Pick<Resource, 'idFrom' | 'idPointer' | 'idTail' | 'found'>,
  sent: unknown,
  response: ReceivedResponse | undefined,
): string | undefined {
  const { idTail } = resource;
  const { idFrom, idPointer } = resource.found ?? resource;
  if (idFrom === 'nowhere') return undefined;
  if (idFrom === 'location') return lastSegment(response);
  const id = at(idFrom === 'request' ? sent : response?.json, idPointer);
  // A record of the same answer may be told by its address alone.
  if (id === '' || !['string', 'number', 'boolean'].includes(typeof id)) return undefined;
  const text = String(id);
  return idTail ? (text.split('/').at(-1) ?? text) : text;
}

/** A place where an id may stand although the document does not say so. */
export type IdPlace = Pick<Resource, 'idFrom' | 'idPointer'>;

/** So many places are tried. */
const MOST_PLACES = 4;

/**
 * @param resource whose record was made
 * @param sent the properties that were sent
 * @param response the answer to the create, which tells no id where the document has it
 * @returns where the id may stand: `Location`, what the answer has, what was sent; the likeliest first
 */
export function idPlaces(resource: Resource, sent: unknown, response: ReceivedResponse | undefined): IdPlace[] {
  const nouns = nounsOf(resource.name.split('/').at(-1) ?? '');
  const ranked = (body: unknown, deepest: number): string[] => {
    const found: { pointer: string; rank: number }[] = [];
    const visit = (node: unknown, pointer: string, depth: number): void => {
      if (!isObject(node)) return;
      for (const [name, value] of Object.entries(node).slice(0, 100)) {
        const here = `${pointer}/${escapeToken(name)}`;
        const rank = idRank(name, resource.idParameter, nouns);
        const isId = (typeof value === 'string' && value !== '') || Number.isInteger(value);
        if (rank !== undefined && isId) found.push({ pointer: here, rank: rank * 4 + depth });
        // A record of another kind has an id of its own.
        if (depth < deepest && wraps(name, nouns)) visit(value, here, depth + 1);
      }
    };
    visit(body, '', 0);
    return found.sort((a, b) => a.rank - b.rank).map(({ pointer }) => pointer);
  };
  return [
    ...(lastSegment(response) === undefined ? [] : [{ idFrom: 'location' as const, idPointer: '' }]),
    ...ranked(response?.json, 2).map((idPointer) => ({ idFrom: 'body' as const, idPointer })),
    ...ranked(sent, 1).map((idPointer) => ({ idFrom: 'request' as const, idPointer })),
  ].slice(0, MOST_PLACES);
}

function wraps(name: string, nouns: readonly string[]): boolean {
  return ['data', 'result', 'item', 'record', 'object', ...nouns].includes(plain(name));
}

function lastSegment(response: ReceivedResponse | undefined): string | undefined {
  const location = response?.headers.location;
  const segment = location?.split(/[?#]/, 1)[0]?.replace(/\/+$/, '').split('/').at(-1);
  if (segment === undefined || segment === '') return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
