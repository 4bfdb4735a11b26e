import { parse } from 'yaml';

/** JSON Schema words and words of HTTP that contracts use as property names too, and that the engine may well say. */
const everydayWord = /^[a-z]+$/;

/**
 * The names that mark code as written for one API: properties, query parameters and operations of a contract. Words like
 * `status`, `page` or `links` are left out, since the engine says them in their own right.
 */
export function fieldNames(yaml: string): Set<string> {
  const names = new Set<string>();
  collect(parse(yaml) as unknown, names);
  return new Set([...names].filter((name) => !everydayWord.test(name)));
}

function collect(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, names);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node as Record<string, unknown>)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) names.add(name);
    }
    if (key === 'operationId' && typeof value === 'string') names.add(value);
    if (key === 'name' && typeof value === 'string' && 'in' in node && node.in === 'query') names.add(value);
    collect(value, names);
  }
}
