/** Writes values in the styles of OpenAPI (3.1.1, Parameter Object, Style Values and Style Examples; RFC 6570). */
import { isObject } from '../../contract/resolve.ts';

/** How a value is written: of a parameter, or of a field of a form (Encoding Object). */
export interface Style {
  name: string;
  style: string;
  explode: boolean;
  /** Whether reserved characters go out as they are. */
  reserved: boolean;
}

/** A name with its value, decoded and as they are written. */
export interface Pair {
  name: string;
  value: string;
  written: string;
}

/** Percent-encodes a text. */
export type Encode = (text: string) => string;

/**
 * Percent-encodes what is not unreserved (RFC 3986 sections 2.2 and 2.3).
 *
 * @param text of any characters; half of one, which no address can hold, becomes the replacement character
 */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

/** The same, with what RFC 3986 section 2.2 reserves left as it is, but for what would end a query or part it. */
export function keepingReserved(text: string): string {
  return percentEncoded(text).replaceAll(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, decodeURIComponent);
}

/** A single value as text: JSON for what is none. */
export function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * @param style `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`
 * @param value the value; null and what is undefined are left out, and so are empty lists and objects (RFC 6570 section 2.3)
 * @param encode by default as in a URL
 * @returns the pairs of a query, a cookie or a form
 */
export function pairsOf(style: Style, value: unknown, encode?: Encode): Pair[] {
  const write = encode ?? (style.reserved ? keepingReserved : percentEncoded);
  const pair = (name: string, one: unknown): Pair => {
    const text = textOfValue(one);
    return { name, value: text, written: `${(encode ?? percentEncoded)(name)}=${write(text)}` };
  };
  if (isNothing(value)) return [];
  const isList = Array.isArray(value);
  if (!isList && !isObject(value)) return [pair(style.name, value)];
  if (style.style === 'deepObject') return nested(style.name, value).map(([name, one]) => pair(name, one));
  if (style.style === 'form' && style.explode)
    return isList
      ? present(value).map((item) => pair(style.name, item))
      : members(value).map(([name, one]) => pair(name, one));
  if (style.explode && isList) return present(value).map((item) => pair(style.name, item));
  const delimiter = delimiters[style.style] ?? [',', ','];
  const parts = listed(value);
  if (parts.length === 0) return [];
  return [
    {
      name: style.name,
      value: parts.map(textOfValue).join(delimiter[0]),
      written: `${(encode ?? percentEncoded)(style.name)}=${parts.map((part) => write(textOfValue(part))).join(delimiter[1])}`,
    },
  ];
}

/** What stands between values, and how it is written. */
const delimiters: Record<string, readonly [string, string] | undefined> = {
  spaceDelimited: [' ', '%20'],
  pipeDelimited: ['|', '%7C'],
};

/** `a[b][c]`; items of lists by their number, as the servers that take nested forms read them. */
function nested(name: string, value: unknown): [string, unknown][] {
  if (isNothing(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => nested(`${name}[${String(index)}]`, item));
  if (isObject(value)) return Object.entries(value).flatMap(([key, one]) => nested(`${name}[${key}]`, one));
  return [[name, value]];
}

/**
 * @param style `simple`, `label` or `matrix`
 * @param value the value
 * @returns what stands in a path in place of the template
 */
export function pathText(style: Style, value: unknown): string {
  // What would end the path is encoded all the same.
  const write = style.reserved
    ? (text: string): string => keepingReserved(text).replaceAll('?', '%3F')
    : percentEncoded;
  const one = (item: unknown): string => write(textOfValue(item));
  const isList = Array.isArray(value);
  const isMap = !isList && isObject(value);
  if (isNothing(value)) return '';
  const inPairs = isMap ? members(value).map(([name, item]) => `${write(name)}=${one(item)}`) : [];
  const flat = (isList || isMap ? listed(value) : [value]).map(one);
  switch (style.style) {
    case 'label':
      if (isMap && style.explode) return inPairs.map((item) => `.${item}`).join('');
      return `.${flat.join(style.explode ? '.' : ',')}`;
    case 'matrix':
      if (isMap && style.explode) return inPairs.map((item) => `;${item}`).join('');
      if (isList && style.explode) return flat.map((item) => matrixPair(style.name, item)).join('');
      return matrixPair(style.name, flat.join(','));
    default:
      return (isMap && style.explode ? inPairs : flat).join(',');
  }
}

/** An empty value has no equals sign (RFC 6570 section 3.2.7). */
function matrixPair(name: string, written: string): string {
  return `;${percentEncoded(name)}${written === '' ? '' : `=${written}`}`;
}

/**
 * @param style `simple`
 * @param value the value
 * @returns the text of a header; nothing in it is percent-encoded (OpenAPI 3.1.1, Parameter Object, `style`)
 */
export function headerText(style: Pick<Style, 'explode'>, value: unknown): string {
  if (Array.isArray(value)) return present(value).map(textOfValue).join(',');
  if (!isObject(value)) return isNothing(value) ? '' : textOfValue(value);
  if (style.explode)
    return members(value)
      .map(([name, one]) => `${name}=${textOfValue(one)}`)
      .join(',');
  return listed(value).map(textOfValue).join(',');
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function present(list: readonly unknown[]): unknown[] {
  return list.filter((item) => !isNothing(item));
}

function members(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, one]) => !isNothing(one));
}

/** Items, or names and values by turns. */
function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? present(value) : members(value as object).flat();
}
