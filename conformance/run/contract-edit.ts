/** Small changes to a contract's document, as a unified diff of its own text: comments, order and quoting stay as they are. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Document } from 'yaml';
import { escapeToken } from '../contract/resolve.ts';
import type { Contract } from '../contract/types.ts';

/** One change of a document: it says whether it could be made. */
export type Edit = (document: Document) => boolean;

/** A longer diff helps nobody: in JSON without line breaks every change is one of the whole document. */
const longestDiff = 8000;

/** How many members a response may have, all told, before a copy of it helps nobody. */
const longestCopy = 12;

/**
 * @param contract the contract
 * @param edits the changes
 * @returns a unified diff with two lines of context; `undefined` when the text is not at hand, a place was not found in it, or the
 *   diff would be longer than anybody reads
 */
export async function diffOf(contract: Contract, edits: readonly Edit[]): Promise<string | undefined> {
  const { text } = contract;
  if (text === undefined) return undefined;
  // The YAML library is loaded by runs that have something to change.
  const { edited } = await import('./edited-text.ts');
  const after = edited(text, edits);
  if (after === undefined || after === text) return undefined;
  const name = contract.file ?? contract.name;
  const diff = createTwoFilesPatch(`a/${name}`, `b/${name}`, text, after, undefined, undefined, {
    context: 2,
    headerOptions: FILE_HEADERS_ONLY,
  }).trimEnd();
  return diff.length > longestDiff ? undefined : diff;
}

/** Removes a property from an object schema's `required`; nothing to do where it is not in it. */
export function notRequired(schemaPointer: string, name: string): Edit {
  return (document) => {
    const path = pathOf(`${schemaPointer}/required`);
    const required = document.getIn(path);
    if (!isSequence(required)) return document.hasIn(pathOf(schemaPointer));
    const index = required.items.findIndex((item) => scalarOf(item) === name);
    if (index < 0) return true;
    // An empty list of required properties says nothing: the keyword goes.
    if (required.items.length === 1) document.deleteIn(path);
    else document.deleteIn([...path, index]);
    return true;
  };
}

/** Lowers the level at which a record's property is to be returned: `x-ringtrue-round-trip: { presence: … }`. */
export function presenceAs(pointer: string, level: 'SHOULD' | 'MAY'): Edit {
  return (document) => {
    const path = pathOf(pointer);
    if (!document.hasIn(path)) return false;
    const keyword = [...path, 'x-ringtrue-round-trip'];
    const declared = document.getIn(keyword);
    if (declared === false) return false;
    if (typeof declared === 'object' && declared !== null) document.setIn([...keyword, 'presence'], level);
    else document.setIn(keyword, document.createNode({ presence: level }));
    return true;
  };
}

/** Documents a success under another status. */
export function renameResponse(responses: string, from: string, to: string): Edit {
  return (document) => {
    const pair = pairOf(document, responses, from);
    if (!pair || document.hasIn([...pathOf(responses), to])) return false;
    pair.key = keyLike(document, pair.key, to);
    return true;
  };
}

/** Documents a further status in the words of one that is documented. */
export function copyResponse(responses: string, from: string, to: string): Edit {
  return (document) => {
    const map = document.getIn(pathOf(responses));
    const pair = pairOf(document, responses, from);
    if (!pair || !isMapping(map) || countOf(pair.value) > longestCopy) return false;
    const copy = document.createPair(keyLike(document, pair.key, to), cloned(pair.value));
    map.items.splice(map.items.indexOf(pair) + 1, 0, copy);
    return true;
  };
}

interface PairLike {
  key: unknown;
  value: unknown;
}

function pairOf(document: Document, pointer: string, name: string): PairLike | undefined {
  const map = document.getIn(pathOf(pointer));
  return isMapping(map) ? map.items.find(({ key }) => String(scalarOf(key)) === name) : undefined;
}

/** `'422'` where the author wrote `'400'`, and `"422"` where they wrote `"400"`. */
function keyLike(document: Document, like: unknown, name: string): unknown {
  const key = document.createNode(name);
  if (typeof like === 'object' && like !== null && 'type' in like) Object.assign(key, { type: like.type });
  return key;
}

function cloned(node: unknown): unknown {
  return typeof node === 'object' && node !== null && 'clone' in node && typeof node.clone === 'function'
    ? (node as { clone: () => unknown }).clone()
    : node;
}

function isSequence(node: unknown): node is { items: unknown[] } {
  return isCollection(node) && !isMapping(node);
}

function isMapping(node: unknown): node is { items: PairLike[] } {
  return (
    isCollection(node) &&
    'set' in node &&
    node.items.every((item) => typeof item === 'object' && item !== null && 'key' in item)
  );
}

function isCollection(node: unknown): node is { items: unknown[] } {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

function scalarOf(node: unknown): unknown {
  return typeof node === 'object' && node !== null && 'value' in node ? node.value : node;
}

/** Members at every depth. */
function countOf(node: unknown): number {
  if (!isCollection(node)) return 1;
  return node.items.reduce<number>(
    (sum, item) =>
      sum + countOf(typeof item === 'object' && item !== null && 'key' in item ? (item as PairLike).value : item),
    0,
  );
}

/** The tokens of a JSON Pointer (RFC 6901) as the library's path. */
function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((token) => (/^\d{1,2}$/.test(token) ? Number(token) : token));
}

/** Pointer of the object schema that a property's pointer leads into. */
export function schemaAround(pointer: string, name: string): string | undefined {
  const end = `/properties/${escapeToken(name)}`;
  return pointer.endsWith(end) ? pointer.slice(0, -end.length) : undefined;
}
