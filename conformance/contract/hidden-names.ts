/**
 * The upgrader takes a property that is called `example` for an example, and moves it. Such names are hidden from it, and shown again
 * afterwards.
 */
import { isObject } from './resolve.ts';

const HIDDEN = '\u0000';
/** What the upgrader looks for by name alone. */
const LOOKED_FOR = new Set([
  'example',
  'examples',
  'nullable',
  'type',
  'format',
  'exclusiveMinimum',
  'exclusiveMaximum',
]);

/** Changes the names of properties in place. */
export function hideNames(document: unknown): void {
  rename(document, (name) => (LOOKED_FOR.has(name) ? name + HIDDEN : name));
}

/** Gives them back their names. */
export function showNames(document: unknown): void {
  rename(document, (name) => (name.endsWith(HIDDEN) ? name.slice(0, -1) : name));
}

function rename(document: unknown, as: (name: string) => string): void {
  const stack: unknown[] = [document];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, child] of Object.entries(node as Record<string, unknown>)) {
      stack.push(child);
      if (key !== 'properties' || !isObject(child)) continue;
      const entries = Object.entries(child);
      if (entries.every(([name]) => as(name) === name)) continue;
      for (const [name] of entries) delete child[name];
      for (const [name, value] of entries) child[as(name)] = value;
    }
  }
}
