/** Every single value of a request, with its place: in JSON, in forms and parts, in the query and the path, in text that is none of these. */
import { isObject } from '../contract/resolve.ts';
import { nowhere, type SchemaNode } from './schema-node.ts';

/** One value of a request, and where it stands. */
export interface Leaf {
  /** For the reader: `to.0.number in the body`, `the query parameter from`. */
  place: string;
  /** Property names from the outermost to the value's own; items of a list bear the list's name. */
  names: readonly string[];
  node: SchemaNode;
  value: unknown;
}

/** Texts within texts within texts are looked into so deep. */
const DEEPEST = 4;

/**
 * @param value any JSON value
 * @param names the names that lead to it
 * @param node its schemas
 * @param pointer where it stands in the body, names and indices joined by dots
 */
export function* valueLeaves(
  value: unknown,
  names: readonly string[],
  node: SchemaNode,
  pointer = '',
  depth = 0,
): Generator<Leaf> {
  const inner = (name: string): string => (pointer === '' ? name : `${pointer}.${name}`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* valueLeaves(item, names, node.item(index), inner(String(index)), depth);
  } else if (isObject(value)) {
    const declared = node.names;
    for (const [name, part] of Object.entries(value)) {
      // A map may be keyed by numbers.
      if (!declared.includes(name) && /^[+(\d]|:/.test(name))
        yield { place: `the name ${inner(name)} in the body`, names, node: nowhere, value: name };
      yield* valueLeaves(part, [...names, name], node.property(name), inner(name), depth);
    }
  } else if (value !== null && value !== undefined) {
    yield { place: pointer === '' ? 'the body' : `${pointer} in the body`, names, node, value };
    if (typeof value === 'string') yield* jsonTextLeaves(value, names, node, pointer, depth + 1);
  }
}

const members = /"((?:[^"\\]|\\.){1,80})"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d[\d.eE+-]*))/g;

/**
 * JSON that stands in a text. It may be cut short, or hold a name twice, of which a parser keeps one: so each member is looked at by
 * itself as well.
 */
export function* jsonTextLeaves(
  text: string,
  names: readonly string[],
  node: SchemaNode,
  pointer = '',
  depth = 0,
): Generator<Leaf> {
  if (depth > DEEPEST || !/^\s*["[{]/.test(text)) return;
  const parsed = parse(text);
  if (parsed !== undefined && parsed !== text) yield* valueLeaves(parsed, names, node, pointer, depth + 1);
  for (const [, rawName, string, number] of text.matchAll(members)) {
    const name = unquoted(rawName ?? '');
    const value = string === undefined ? Number(number) : unquoted(string);
    yield { place: `${name} in the body`, names: [...names, name], node: nowhere, value };
  }
}

/** `a=1&b=2` and parts of a form (RFC 7578), by their names. */
export function* formLeaves(text: string, mediaType: string, root: SchemaNode): Generator<Leaf> {
  if (/urlencoded/i.test(mediaType) || /^[^\s={[<"]{1,80}=[^\s]*$/.test(text)) {
    for (const [name, value] of new URLSearchParams(text)) yield* namedLeaves(name, value, root, 'in the body');
  }
  const boundary = /boundary="?([^";]+)/i.exec(mediaType)?.[1];
  if (boundary === undefined) return;
  for (const part of text.split(`--${boundary}`)) {
    const [, head = '', content = ''] = /^\r?\n(.*?)\r?\n\r?\n(.*?)\r?\n?$/s.exec(part) ?? [];
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    if (name !== undefined) yield* namedLeaves(name, content, root, 'in the body');
  }
}

/** Query parameters as they are sent. */
export function* queryLeaves(
  query: Iterable<readonly [string, string, string?]>,
  nodeOf: (name: string) => SchemaNode,
): Generator<Leaf> {
  for (const [name, value] of query) {
    const own = nodeOf(name);
    if (own !== nowhere) {
      yield { place: `the query parameter ${name}`, names: bracketed(name), node: own, value };
      yield* jsonTextLeaves(value, [name], own, name);
    } else {
      const [first = name, ...rest] = bracketed(name);
      const node = rest.reduce((here, part) => here.property(part), nodeOf(first));
      yield { place: `the query parameter ${name}`, names: [first, ...rest], node, value };
    }
  }
}

/** What stands in a path beside its parameters, and the query that a followed link brings along. */
export function* pathLeaves(path: string, nodeOf: (name: string) => SchemaNode): Generator<Leaf> {
  const [before = '', ...after] = path.split('?');
  const segments = before.split('/').filter((segment) => segment !== '' && !/^\{.*\}$/.test(segment));
  for (const [index, segment] of segments.entries()) {
    const previous = segments[index - 1];
    const names = previous === undefined ? [] : [decoded(previous)];
    // A template names the kinds of things, and only what looks like a value is one.
    if (/[+:@%\d]/.test(segment)) yield { place: 'the path', names, node: nowhere, value: decoded(segment) };
  }
  if (after.length > 0) yield* queryLeaves(new URLSearchParams(after.join('?')), nodeOf);
}

function* namedLeaves(name: string, value: string, root: SchemaNode, where: string): Generator<Leaf> {
  const names = bracketed(name);
  const node = names.reduce((here, part) => (/^\d+$/.test(part) ? here.item(Number(part)) : here.property(part)), root);
  const plain = names.filter((part) => !/^\d*$/.test(part));
  yield { place: `${name} ${where}`, names: plain, node: node.schemas.length > 0 ? node : nowhere, value };
  // Items of a list are often sent under the list's own name.
  if (node.holds.items) yield { place: `${name} ${where}`, names: plain, node: node.item(0), value };
  yield* jsonTextLeaves(value, plain, node, name);
}

const operators = new Set([
  'gt',
  'gte',
  'lt',
  'lte',
  'eq',
  'ne',
  'neq',
  'in',
  'nin',
  'like',
  'ilike',
  'contains',
  'not',
  'starts_with',
]);

/** `filter[to][eq]` and `a.b` as names. */
function bracketed(name: string): string[] {
  const names = name.split(/[[\].]+/).filter((part) => part !== '');
  while (names.length > 1 && operators.has(names.at(-1) ?? '')) names.pop();
  return names.length === 0 ? [name] : names;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unquoted(text: string): string {
  const value = parse(`"${text}"`);
  return typeof value === 'string' ? value : text;
}
