/** Changes at a JSON Pointer, on a copy. */
import { isObject } from '../../contract/resolve.ts';

/**
 * @param body a JSON value
 * @param pointer where to change it (RFC 6901)
 * @param value the new value; `undefined` removes the property
 * @returns a changed copy
 */
export function withValue(body: unknown, pointer: string, value: unknown): unknown {
  const tokens = pointer.split('/').slice(1);
  const change = (node: unknown, depth: number): unknown => {
    const token = tokens[depth];
    if (token === undefined) return value;
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(node))
      return node.map((item: unknown, index) => (String(index) === key ? change(item, depth + 1) : item));
    const { [key]: old, ...rest } = isObject(node) ? node : {};
    const next = change(old, depth + 1);
    return next === undefined ? rest : { ...(isObject(node) ? node : {}), [key]: next };
  };
  return change(body, 0);
}
