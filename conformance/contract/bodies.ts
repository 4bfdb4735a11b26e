/** Reads request bodies and responses (OpenAPI 3.1, Request Body Object, Media Type Object, Response Object). */
import { escapeToken, follow, isObject, propertiesOf, typesOf } from './resolve.ts';
import type { FieldEncoding, JsonObject, RequestBody, ResponseSpec } from './types.ts';

/** Whether a media type, or a range of them, can be JSON. */
function isJson(name: string): boolean {
  return /[/+]json\b/i.test(name);
}

function jsonOf(content: unknown): [string, JsonObject] | undefined {
  if (!isObject(content)) return undefined;
  const names = Object.keys(content);
  // Generators that know nothing of the media type write `*/*` (springdoc); RFC 9110 section 12.5.1 lets JSON be that.
  const name = names.find(isJson) ?? names.find((one) => /^(?:\*|application)\/\*/.test(one));
  const media = name === undefined ? undefined : content[name];
  return name !== undefined && isObject(media) ? [name, media] : undefined;
}

/** After JSON: what carries named fields, then what carries one value, then the rest. */
const preferred = [/[/+]json\b/i, /^application\/x-www-form-urlencoded/i, /^multipart\/form-data/i, /^text\//i, /./];

/** How a body is written: JSON, one of the two forms, or a single value as it is. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'plain';

/** @returns how bodies of a media type are written */
export function kindOfBody(mediaType: string): BodyKind {
  if (isJson(mediaType)) return 'json';
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) return 'form';
  return /^multipart\/form-data/i.test(mediaType) ? 'multipart' : 'plain';
}

/** @returns whether values of the body's schema can be written in its media type: an object in XML, for one, cannot */
export function isWritable(document: JsonObject, { mediaType, schema, schemaPointer }: RequestBody): boolean {
  if (kindOfBody(mediaType) !== 'plain') return true;
  if (/^multipart\/|xml\b/i.test(mediaType)) return false;
  const types = typesOf(schema);
  return (
    propertiesOf(document, schema, schemaPointer).length === 0 && !types.includes('object') && !types.includes('array')
  );
}

/**
 * @param document the bundled document
 * @param node the `requestBody` of an operation
 * @param pointer where it stands
 * @returns the body in each of its media types, the one to be sent first: JSON, else a form, else the rest; none where there is no body
 */
export function readBodies(document: JsonObject, node: unknown, pointer: string): RequestBody[] {
  if (!isObject(node)) return [];
  const { value, pointer: place } = follow(document, node, pointer);
  if (!isObject(value.content)) return [];
  const json = jsonOf(value.content)?.[0];
  const rank = (name: string): number => (name === json ? 0 : 1 + preferred.findIndex((one) => one.test(name)));
  const names = Object.keys(value.content).sort((a, b) => rank(a) - rank(b));
  return names.flatMap((name) => {
    const media = isObject(value.content) ? value.content[name] : undefined;
    if (!isObject(media)) return [];
    return [readBody(document, media, name, value.required === true, place)];
  });
}

function readBody(
  document: JsonObject,
  media: JsonObject,
  name: string,
  required: boolean,
  place: string,
): RequestBody {
  const own = `${place}/content/${escapeToken(name)}`;
  const schema = follow(document, media.schema ?? {}, `${own}/schema`);
  const examples: RequestBody['examples'] = [];
  if (isObject(media.examples)) {
    for (const [key, example] of Object.entries(media.examples)) {
      const resolved = follow(document, example, `${own}/examples/${escapeToken(key)}`).value;
      if ('value' in resolved) examples.push({ name: key, value: resolved.value });
    }
  }
  if ('example' in media) examples.push({ name: 'example', value: media.example });
  if (examples.length === 0 && 'example' in schema.value)
    examples.push({ name: 'example', value: schema.value.example });
  if (examples.length === 0 && Array.isArray(schema.value.examples))
    examples.push({ name: 'example', value: schema.value.examples[0] });
  return {
    required,
    // A range is no media type to send.
    mediaType: name.includes('*') && /^(?:\*|application)\//.test(name) ? 'application/json' : name,
    schema: schema.value,
    schemaPointer: schema.pointer,
    pointer: place,
    examples,
    encoding: readEncoding(media.encoding),
  };
}

/** @see OpenAPI 3.1.1, Encoding Object */
function readEncoding(node: unknown): RequestBody['encoding'] {
  if (!isObject(node)) return undefined;
  const fields = Object.entries(node).flatMap(([name, one]): [string, FieldEncoding][] => {
    if (!isObject(one)) return [];
    const said = ['style', 'explode', 'allowReserved'].some((keyword) => keyword in one);
    const style = typeof one.style === 'string' ? one.style : 'form';
    return [
      [
        name,
        {
          ...(said ? { style } : {}),
          explode: typeof one.explode === 'boolean' ? one.explode : style === 'form',
          reserved: one.allowReserved === true,
          ...(typeof one.contentType === 'string' ? { contentType: one.contentType } : {}),
        },
      ],
    ];
  });
  return Object.fromEntries(fields);
}

/** @returns whether the body is sent as JSON */
export function isJsonBody(body: RequestBody): boolean {
  return isJson(body.mediaType);
}

/**
 * @param document the bundled document
 * @param node the `responses` of an operation
 * @param pointer where they stand
 * @returns one for each status, in the document's order
 */
export function readResponses(document: JsonObject, node: unknown, pointer: string): ResponseSpec[] {
  if (!isObject(node)) return [];
  return Object.entries(node)
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, response]) => readResponse(document, status, response, `${pointer}/${status}`));
}

function readResponse(document: JsonObject, status: string, node: unknown, pointer: string): ResponseSpec {
  const { value, pointer: place } = follow(document, node, pointer);
  const json = jsonOf(value.content);
  const schema =
    json && json[1].schema !== undefined
      ? follow(document, json[1].schema, `${place}/content/${escapeToken(json[0])}/schema`)
      : undefined;
  const headers = isObject(value.headers) ? Object.entries(value.headers) : [];
  return {
    status,
    pointer: place,
    mediaTypes: isObject(value.content) ? Object.keys(value.content) : [],
    schema: schema?.value,
    schemaPointer: schema?.pointer,
    headers: headers.map(([name, header]) => {
      const resolved = follow(document, header, `${place}/headers/${escapeToken(name)}`);
      return {
        name,
        required: resolved.value.required === true,
        schemaPointer: isObject(resolved.value.schema) ? `${resolved.pointer}/schema` : undefined,
      };
    }),
    links: readLinks(document, value.links, place),
  };
}

/** Links by `operationId`, and by an `operationRef` into the same document (OpenAPI 3.1, Link Object). */
function readLinks(document: JsonObject, node: unknown, place: string): ResponseSpec['links'] {
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, link]) => {
    const { value } = follow(document, link, `${place}/links/${escapeToken(name)}`);
    const operationId = typeof value.operationId === 'string' ? value.operationId : undefined;
    const operationPointer =
      typeof value.operationRef === 'string' ? /#(.*)$/.exec(value.operationRef)?.[1] : undefined;
    if (operationId === undefined && operationPointer === undefined) return [];
    const parameters = isObject(value.parameters) ? value.parameters : {};
    return [
      {
        operationId: operationId ?? '',
        ...(operationPointer === undefined ? {} : { operationPointer }),
        parameters: Object.fromEntries(
          Object.entries(parameters).map(([key, expression]) => [key, String(expression)]),
        ),
      },
    ];
  });
}
