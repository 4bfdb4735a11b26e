/** How often a schema leads to its own parts: schemas that name each other over and over describe little and take for ever. */
import { at, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** Ten thousand times what public documents have; a validator is through with it in milliseconds. */
export const MOST_WAYS = 100_000;

/** Keywords that hold the very same value to further schemas (JSON Schema 2020-12 section 10.2). */
const MANY = ['allOf', 'anyOf', 'oneOf'];
const ONE = ['if', 'then', 'else', 'not'];

/**
 * Counts the ways through references and `allOf`, `anyOf`, `oneOf` from a schema to schemas that hold for the same value, which is what
 * a validator walks. Two references to one schema are two ways, and twenty such levels a million.
 */
export class Ways {
  readonly #document: JsonObject;
  readonly #known = new Map<unknown, number>();
  readonly #walked = new Set<unknown>();

  /** @param document the bundled document */
  constructor(document: JsonObject) {
    this.#document = document;
  }

  /**
   * @param pointer of a schema
   * @returns whether it, or one that it names for a part of the value, has {@link MOST_WAYS}
   */
  tooMany(pointer: string): boolean {
    const left: unknown[] = [at(this.#document, pointer)];
    while (left.length > 0) {
      const node = left.pop();
      if (typeof node !== 'object' || node === null || this.#walked.has(node)) continue;
      if (this.#count(node) >= MOST_WAYS) return true;
      this.#walked.add(node);
      for (const inner of Object.values(node) as unknown[]) left.push(inner);
      if ('$ref' in node && typeof node.$ref === 'string') left.push(target(this.#document, node.$ref));
    }
    return false;
  }

  #count(node: unknown): number {
    if (!isObject(node)) return 1;
    const before = this.#known.get(node);
    if (before !== undefined) return before;
    // Whoever leads back here is a circle, which is told elsewhere.
    this.#known.set(node, 1);
    let ways = 1;
    const add = (inner: unknown): void => {
      if (isObject(inner)) ways = Math.min(MOST_WAYS, ways + this.#count(inner));
    };
    if (typeof node.$ref === 'string') add(target(this.#document, node.$ref));
    for (const key of MANY) if (Array.isArray(node[key])) for (const part of node[key] as unknown[]) add(part);
    for (const key of ONE) add(node[key]);
    this.#known.set(node, ways);
    return ways;
  }
}

function target(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  try {
    return at(document, reference);
  } catch {
    return undefined;
  }
}
