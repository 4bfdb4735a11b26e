/** Reads parameters (OpenAPI 3.1, Parameter Object). */
import { escapeToken, follow, isObject, propertiesOf, typesOf } from './resolve.ts';
import type { JsonObject, Parameter } from './types.ts';

/** Something that may be a reference, and where it stands. */
export interface Node {
  node: unknown;
  pointer: string;
}

/** @returns the items of a list with their places; none for anything else */
export function entries(list: unknown, pointer: string): Node[] {
  return Array.isArray(list)
    ? list.map((node: unknown, index) => ({ node, pointer: `${pointer}/${String(index)}` }))
    : [];
}

/** What goes out as a header by other means, so that a parameter of that name is ignored (OpenAPI 3.1, Parameter Object, `name`). */
const otherMeans = new Set(['accept', 'content-type', 'authorization']);

/**
 * Parameters of the operation win over those of the path (OpenAPI 3.1, Operation Object, `parameters`).
 *
 * @param document the bundled document
 * @param path the operation's path; each of its templates gets a parameter, declared or not
 * @param nodes those of the path first
 */
export function readParameters(document: JsonObject, path: string, nodes: readonly Node[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { node, pointer } of nodes) {
    const { value, pointer: place } = follow(document, node, pointer);
    const name = String(value.name);
    const where = value.in as Parameter['in'];
    if (where === 'header' && otherMeans.has(name.toLowerCase())) continue;
    for (const parameter of inParts(document, readParameter(document, value, place, name, where)))
      found.set(`${where} ${parameter.name}`, parameter);
  }
  for (const name of templatesOf(path))
    if (!found.has(`path ${name}`)) found.set(`path ${name}`, undeclared(name, nodes[0]?.pointer ?? ''));
  return [...found.values()];
}

/** @returns the names in the braces of a path, in its order */
export function templatesOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].flatMap(([, name]) => name ?? []);
}

function readParameter(
  document: JsonObject,
  value: JsonObject,
  place: string,
  name: string,
  where: Parameter['in'],
): Parameter {
  const [mediaType, media] = isObject(value.content) ? (Object.entries(value.content)[0] ?? []) : [];
  const holder = isObject(media) ? media : value;
  const at = isObject(media) ? `${place}/content/${escapeToken(mediaType ?? '')}` : place;
  const schema = follow(document, holder.schema ?? {}, `${at}/schema`).value;
  const style =
    typeof value.style === 'string' ? value.style : where === 'query' || where === 'cookie' ? 'form' : 'simple';
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : '';
  return {
    name,
    in: where,
    required: value.required === true || where === 'path',
    schema: { ...schema, ...('example' in value ? { example: value.example } : {}) },
    style,
    explode: typeof value.explode === 'boolean' ? value.explode : style === 'form',
    // `projects/[^/]+` of grpc-gateway: one parameter for several segments.
    reserved: value.allowReserved === true || (where === 'path' && pattern.replaceAll(/\[[^\]]*\]/g, '').includes('/')),
    mediaType,
    ...(typeof value.description === 'string' ? { description: value.description } : {}),
    examples: examplesOf(document, [value, holder, schema], at),
    filtersBy: typeof value['x-ringtrue-filters-by'] === 'string' ? value['x-ringtrue-filters-by'] : undefined,
    pointer: place,
  };
}

/**
 * An object that says which page is wanted is written as parameters of their own, and read as such: `pageable` of springdoc in style
 * `form` (`page=0&size=20`), `page` in style `deepObject` (`page[number]=1`).
 *
 * @see OpenAPI 3.1, Parameter Object, Style Examples
 */
function inParts(document: JsonObject, parameter: Parameter): Parameter[] {
  const { schema, style, explode, pointer, mediaType } = parameter;
  const isDeep = style === 'deepObject' && parameter.name === 'page';
  if (parameter.in !== 'query' || mediaType !== undefined || !(isDeep || (style === 'form' && explode)))
    return [parameter];
  const properties = propertiesOf(document, schema, `${pointer}/schema`);
  const isNumber = (name: string): boolean =>
    properties.some(
      (one) => one.name === name && typesOf(one.schema).some((type) => /^(?:integer|number)$/.test(type)),
    );
  const aboutPages = isDeep
    ? properties.some(({ name }) => /^(?:number|size|limit|offset|cursor|after)$/.test(name))
    : isNumber('page') && isNumber('size');
  if (!aboutPages) return [parameter];
  return properties.map((property) => ({
    ...parameter,
    name: isDeep ? `${parameter.name}[${property.name}]` : property.name,
    required: parameter.required && property.required,
    schema: property.schema,
    style: 'form',
    explode: true,
    examples: [],
    pointer: property.pointer,
  }));
}

function undeclared(name: string, pointer: string): Parameter {
  return {
    name,
    in: 'path',
    required: true,
    schema: {},
    style: 'simple',
    explode: false,
    reserved: false,
    examples: [],
    pointer,
  };
}

/** The values that some objects show: `example`, `examples` as a map of Example Objects, or as JSON Schema's list. */
function examplesOf(document: JsonObject, holders: readonly JsonObject[], pointer: string): unknown[] {
  const found: unknown[] = [];
  for (const holder of new Set(holders)) {
    if ('example' in holder) found.push(holder.example);
    if (Array.isArray(holder.examples)) found.push(...(holder.examples as unknown[]));
    else if (isObject(holder.examples))
      for (const [name, example] of Object.entries(holder.examples)) {
        const { value } = follow(document, example, `${pointer}/examples/${escapeToken(name)}`);
        if ('value' in value) found.push(value.value);
      }
  }
  return found;
}
