/** What a target says of a request that it refused: the sentence, and the properties that it complains of. */
import { isObject } from '../../contract/resolve.ts';
import type { Exchange } from '../../model/index.ts';
import { show } from './outcome.ts';

export interface Explanation {
  /** The target's own words, in brackets with a space before them, or nothing. */
  said: string;
  /** The same words alone. */
  text?: string;
  /** Names of request properties and parameters, in the order in which they are named. */
  names: string[];
}

/** Where frameworks put the list of what is wrong: problem+json (RFC 9457), FastAPI, Spring, NestJS, JSON:API, Zod, LoopBack. */
const LISTS = ['errors', 'invalid-params', 'invalid_params', 'violations', 'detail', 'details', 'issues', 'message'];
/** Where an entry of such a list names the property. */
const NAMES = ['field', 'name', 'param', 'parameter', 'property', 'propertyPath', 'path', 'pointer', 'loc', 'target'];
/** Where a sentence stands. */
const WORDS = ['message', 'msg', 'detail', 'reason', 'defaultMessage', 'description', 'title', 'error'];
/** Parts of a place that name no property. */
const NO_NAME = new Set([
  'body',
  'query',
  'path',
  'header',
  'cookie',
  '#',
  'data',
  'attributes',
  'requestBody',
  '__root__',
]);

/**
 * @param exchange a request that was refused
 * @returns what its body says about it
 */
export function explanationOf(exchange: Exchange): Explanation {
  const { response } = exchange;
  const names: string[] = [];
  const words: string[] = [];
  visit(response?.json, names, words, 0);
  const text =
    words.find((one) => one.trim() !== '') ?? (response?.json === undefined ? plainText(response?.body) : undefined);
  return { said: text === undefined ? '' : ` (${show(text)})`, text, names: [...new Set(names)] };
}

function visit(node: unknown, names: string[], words: string[], depth: number): void {
  if (depth > 4) return;
  if (typeof node === 'string') {
    words.push(node);
    return;
  }
  if (Array.isArray(node)) {
    for (const item of node.slice(0, 50)) visitEntry(item, names, words, depth);
    return;
  }
  if (!isObject(node)) return;
  // A list tells more than the sentence above it, which is often no more than "Bad Request".
  for (const key of [...LISTS, ...Object.keys(node).filter((name) => /.(?:errors|violations)$/i.test(name))]) {
    const value = node[key];
    if (Array.isArray(value)) visit(value, names, words, depth + 1);
    else if (isObject(value)) visitMap(value, names, words, depth);
  }
  if (isObject(node.error)) visit(node.error, names, words, depth + 1);
  if (words.length === 0) for (const key of WORDS) if (typeof node[key] === 'string') words.push(node[key]);
  if (words.length === 0) visitMap(node, names, words, depth);
}

/** `{ "name": ["This field is required."] }`, as Django and Rails answer. */
function visitMap(node: Record<string, unknown>, names: string[], words: string[], depth: number): void {
  for (const [key, value] of Object.entries(node).slice(0, 50)) {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof text === 'string' && (Array.isArray(value) || depth > 0 || /\s/.test(text))) {
      if (key !== 'non_field_errors') names.push(key);
      words.push(`${key}: ${text}`);
    } else if (isObject(text) && depth < 3) {
      const before = words.length;
      visit(text, names, words, depth + 1);
      if (words.length > before) names.push(key);
    }
  }
}

function visitEntry(item: unknown, names: string[], words: string[], depth: number): void {
  if (typeof item === 'string') {
    words.push(item);
    // NestJS: "name must be a string"; Fastify: "body/name must be string".
    const first = /^(?:body[/.])?([A-Za-z_][\w.]*)\s/.exec(item)?.[1];
    if (first !== undefined) names.push(first.split('.')[0] ?? first);
    return;
  }
  if (!isObject(item)) return;
  const source = isObject(item.source) ? item.source : {};
  for (const holder of [item, source])
    for (const key of NAMES) {
      const name = nameIn(holder[key]);
      if (name !== undefined) names.push(name);
    }
  const word = WORDS.map((key) => item[key]).find((text) => typeof text === 'string');
  const name = NAMES.map((key) => nameIn(item[key])).find((one) => one !== undefined);
  if (typeof word === 'string') words.push(name === undefined ? word : `${name}: ${word}`);
  else visit(item, names, words, depth + 1);
}

/** The property that a place leads to: `["body", "name"]`, `/data/attributes/name`, `createPet.pet.name`. */
function nameIn(value: unknown): string | undefined {
  const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[/.[\]]+/) : [];
  return parts.filter((part): part is string => typeof part === 'string' && part !== '' && !NO_NAME.has(part))[0];
}

function plainText(body: string | undefined): string | undefined {
  const text = (body ?? '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : text;
}
