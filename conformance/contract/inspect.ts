/** Looks over a parsed document once: that it is a finite tree of bearable size, and which references and patterns it holds. */
import { escapeToken } from './resolve.ts';

/** Three times what a contract of 10 MB holds. */
const MAX_NODES = 3_000_000;

/** Deeper than any schema, and well within the stack of whoever recurses over it. */
const MAX_DEPTH = 500;

export interface Reference {
  /** The text of `$ref`. */
  target: string;
  /** JSON Pointer of the object that holds it. */
  pointer: string;
}

/** A regular expression of a schema (JSON Schema 2020-12 sections 6.3.3 and 10.3.2.2). */
export interface Pattern {
  pattern: string;
  /** JSON Pointer of the keyword. */
  pointer: string;
}

/** A bound that makes every value that keeps it too big to be made. */
export interface Excess {
  keyword: string;
  value: number;
  most: number;
  /** JSON Pointer of the keyword. */
  pointer: string;
}

export interface Inspection {
  references: Reference[];
  patterns: Pattern[];
  excesses: Excess[];
  /** Why it cannot be used: a clause. */
  problem?: string;
}

interface Frame {
  value: object;
  keys: readonly string[];
  next: number;
  pointer: string;
  /** Below it stands data, not schemas: a `$ref` there is a value like any other. */
  data: boolean;
  /** Its keys are names that the author chose. */
  names: boolean;
}

/** How big the smallest value of a schema may be. */
const MOST: Readonly<Record<string, number | undefined>> = {
  minLength: 1_000_000,
  minItems: 10_000,
  minProperties: 10_000,
};

/** Keywords whose values are data (OpenAPI 3.1 Example and Media Type Objects; JSON Schema sections 6.1 and 9). */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'x-ringtrue']);
/** Keywords whose keys are names, so that one called `default` is no keyword. */
const NAMES =
  /^(?:properties|patternProperties|dependentSchemas|\$defs|definitions|schemas|responses|parameters|examples|requestBodies|headers|securitySchemes|links|callbacks|pathItems|paths|webhooks|content|encoding|mapping|variables)$/;

/**
 * Aliases make a small YAML text a huge tree, or one that leads back into itself: each is counted as often as it is reached.
 *
 * @param document a parsed value
 */
export function inspect(document: unknown): Inspection {
  const references: Reference[] = [];
  const patterns: Pattern[] = [];
  const excesses: Excess[] = [];
  let nodes = 0;
  const stack: Frame[] = [];
  const push = (value: object, pointer: string, data: boolean, names: boolean): void => {
    stack.push({ value, keys: Object.keys(value), next: 0, pointer, data, names });
  };
  if (typeof document === 'object' && document !== null) push(document, '', false, false);
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const key = frame.keys[frame.next];
    if (key === undefined) {
      stack.pop();
      continue;
    }
    frame.next += 1;
    nodes += 1;
    if (nodes > MAX_NODES)
      return { references, patterns, excesses, problem: `its aliases make a tree of more than three million parts` };
    const child = (frame.value as Record<string, unknown>)[key];
    if (typeof child === 'object' && child !== null) {
      if (stack.length >= MAX_DEPTH) {
        return {
          references,
          patterns,
          excesses,
          problem: `it is nested more than ${MAX_DEPTH} levels deep, or an alias leads back into itself`,
        };
      }
      // Examples may be references (OpenAPI 3.1 Components Object), what they hold is data.
      // What an extension holds is its own affair, but for ours.
      const extension = key.startsWith('x-') && !key.startsWith('x-ringtrue');
      const own = DATA.has(key) && !(key === 'examples' && !Array.isArray(child));
      const data = frame.data || (!frame.names && (own || extension));
      if (key === 'patternProperties' && !frame.data && !frame.names) {
        for (const pattern of Object.keys(child)) {
          patterns.push({ pattern, pointer: `${frame.pointer}/patternProperties/${escapeToken(pattern)}` });
        }
      }
      const names = !frame.names && !data && !Array.isArray(frame.value) && NAMES.test(key);
      push(child, `${frame.pointer}/${escapeToken(key)}`, data, names);
    } else if (key === '$ref' && typeof child === 'string' && !frame.data) {
      references.push({ target: child, pointer: frame.pointer });
    } else if (key === 'pattern' && typeof child === 'string' && !frame.data && !frame.names) {
      patterns.push({ pattern: child, pointer: `${frame.pointer}/pattern` });
    } else if (typeof child === 'number' && child > (MOST[key] ?? Infinity) && !frame.data && !frame.names) {
      excesses.push({ keyword: key, value: child, most: MOST[key] ?? 0, pointer: `${frame.pointer}/${key}` });
    }
  }
  return { references, patterns, excesses };
}
