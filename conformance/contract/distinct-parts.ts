/** A document in which no `allOf` holds the same schema twice, however many ways lead to it. */
import { at, escapeToken, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** What sees the other parts of its own schema only, so that its parts have to stay where they are. */
const SEES_ITS_PARTS = ['unevaluatedProperties', 'unevaluatedItems', '$id', '$dynamicRef', '$recursiveRef'];

/**
 * A value keeps `allOf` when it keeps each part (JSON Schema 2020-12 section 10.2.1.1), so a part that many ways lead to needs
 * to be named once. Each schema that holds for the same value as another, through references and `allOf` alone, is named by
 * the outer one directly.
 *
 * @param document the bundled document, which stays as it is
 * @returns a copy that says the same with fewer ways
 */
export function withDistinctParts(document: JsonObject): JsonObject {
  const pointers = new Map<object, string>();
  const left: [node: unknown, pointer: string][] = [[document, '']];
  for (let next = left.pop(); next; next = left.pop()) {
    const [node, pointer] = next;
    if (typeof node !== 'object' || node === null || pointers.has(node)) continue;
    pointers.set(node, pointer);
    for (const [key, inner] of Object.entries(node)) left.push([inner, `${pointer}/${escapeToken(key)}`]);
  }
  const copies = new Map<object, unknown>();
  const shallow = (part: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, copy(inner)]));
  const copy = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const known = copies.get(node);
    if (known !== undefined) return known;
    const made: unknown = Array.isArray(node) ? node.map(copy) : {};
    copies.set(node, made);
    if (Array.isArray(node)) return made;
    const flat = isObject(node) && Array.isArray(node['allOf']) ? partsOf(document, node, pointers) : undefined;
    for (const [key, inner] of Object.entries(node))
      (made as JsonObject)[key] = key === 'allOf' && flat ? flat.map(shallow) : copy(inner);
    return made;
  };
  return copy(document) as JsonObject;
}

/** @returns the parts of a schema's `allOf` down to those that have none of their own; undefined where they have to stay */
function partsOf(
  document: JsonObject,
  schema: JsonObject,
  pointers: ReadonlyMap<object, string>,
): JsonObject[] | undefined {
  const seen = new Set<unknown>([schema]);
  const parts: JsonObject[] = [];
  const left: unknown[] = [...(schema['allOf'] as unknown[])];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (!isObject(part) || SEES_ITS_PARTS.some((key) => key in part)) return undefined;
    const { $ref: reference, allOf, ...own } = part;
    const all = allOf === undefined ? [] : allOf;
    if (!Array.isArray(all)) return undefined;
    if (typeof reference === 'string') {
      if (!reference.startsWith('#/')) return undefined;
      left.push(at(document, reference));
    }
    left.push(...(all as unknown[]));
    const pointer = pointers.get(part) ?? '';
    // A part that stands in an allOf has no place of its own any more once that is replaced.
    const named = reference === undefined && allOf === undefined && !pointer.includes('/allOf/');
    if (named) parts.push({ $ref: `#${encodeURI(pointer)}` });
    // Its words for people constrain nothing.
    else if (Object.keys(own).some((key) => !WORDS.has(key))) parts.push(own);
  }
  return parts.reverse();
}

const WORDS = new Set(['title', 'description', 'summary', 'examples', 'example', 'deprecated', 'default', '$comment']);
