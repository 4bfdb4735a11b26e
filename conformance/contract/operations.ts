/** Reads the operations of a document (OpenAPI 3.1, Paths Object and Operation Object). */
import type { Level } from '../model/index.ts';
import { escapeToken, follow, isObject } from './resolve.ts';
import type { JsonObject, Operation, Parameter, ResponseSpec, SecurityScheme } from './types.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/**
 * @param document a bundled OpenAPI 3.1 document
 * @returns its operations in the document's order
 */
export function readOperations(document: JsonObject): Operation[] {
  const operations: Operation[] = [];
  const paths = isObject(document.paths) ? document.paths : {};
  for (const [path, node] of Object.entries(paths)) {
    const place = `/paths/${escapeToken(path)}`;
    const { value: item } = follow(document, node, place);
    for (const method of methods) {
      if (!isObject(item[method])) continue;
      operations.push(readOperation(document, path, method, item, item[method], `${place}/${method}`));
    }
  }
  return operations;
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  node: JsonObject,
  pointer: string,
): Operation {
  const parameters = readParameters(document, [
    ...entries(item.parameters, `/paths/${escapeToken(path)}/parameters`),
    ...entries(node.parameters, `${pointer}/parameters`),
  ]);
  const query = (name: unknown): Parameter | undefined =>
    parameters.find((parameter) => parameter.in === 'query' && parameter.name === name);
  const pagination = keyword(node, 'x-ringtrue-pagination');
  const page = query(pagination?.page);
  const size = query(pagination?.size);
  const sort = keyword(node, 'x-ringtrue-sort');
  const filter = keyword(node, 'x-ringtrue-filter');
  const idempotency = keyword(node, 'x-ringtrue-idempotency');
  return {
    id: typeof node.operationId === 'string' ? node.operationId : `${method}${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    method: method.toUpperCase(),
    path,
    pointer,
    summary: typeof node.summary === 'string' ? node.summary : undefined,
    tags: Array.isArray(node.tags) ? node.tags.map(String) : [],
    parameters,
    requestBody: readRequestBody(document, node.requestBody, `${pointer}/requestBody`),
    responses: readResponses(document, node.responses, `${pointer}/responses`),
    security: readSecurity(document, node.security ?? document.security),
    idempotency: idempotency && {
      header: String(idempotency.header),
      status: Number(idempotency.status),
      reference: String(idempotency.reference),
    },
    pagination: page && size ? { page, size } : undefined,
    sort: sort && {
      parameter: String(sort.parameter),
      example: String(sort.example),
      default: typeof sort.default === 'string' ? sort.default : undefined,
      level: (sort.level as Level | undefined) ?? 'SHOULD',
    },
    filter: filter && {
      parameter: String(filter.parameter),
      fields: (filter.fields as string[] | undefined) ?? [],
      ranges: (filter.ranges as string[] | undefined) ?? [],
      level: (filter.level as Level | undefined) ?? 'SHOULD',
    },
    undocumentedSuccess: (node['x-ringtrue-undocumented-success'] as Level | undefined) ?? 'MUST',
  };
}

function keyword(node: JsonObject, name: string): JsonObject | undefined {
  const value = node[name];
  return isObject(value) ? value : undefined;
}

function entries(list: unknown, pointer: string): { node: unknown; pointer: string }[] {
  return Array.isArray(list)
    ? list.map((node: unknown, index) => ({ node, pointer: `${pointer}/${String(index)}` }))
    : [];
}

/** Parameters of the operation win over those of the path (OpenAPI 3.1, Operation Object, `parameters`). */
function readParameters(document: JsonObject, nodes: { node: unknown; pointer: string }[]): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { node, pointer } of nodes) {
    const { value, pointer: place } = follow(document, node, pointer);
    const schema = follow(document, value.schema ?? {}, `${place}/schema`).value;
    found.set(`${String(value.in)} ${String(value.name)}`, {
      name: String(value.name),
      in: value.in as Parameter['in'],
      required: value.required === true,
      schema: { ...schema, ...('example' in value ? { example: value.example } : {}) },
      filtersBy: typeof value['x-ringtrue-filters-by'] === 'string' ? value['x-ringtrue-filters-by'] : undefined,
      pointer: place,
    });
  }
  return [...found.values()];
}

function jsonMediaType(content: unknown): [string, JsonObject] | undefined {
  if (!isObject(content)) return undefined;
  const found = Object.entries(content).find(([name]) => /[/+]json\b/i.test(name));
  return found && isObject(found[1]) ? [found[0], found[1]] : undefined;
}

function readRequestBody(document: JsonObject, node: unknown, pointer: string): Operation['requestBody'] {
  if (!isObject(node)) return undefined;
  const { value, pointer: place } = follow(document, node, pointer);
  const json = jsonMediaType(value.content);
  if (!json) return undefined;
  const [mediaType, media] = json;
  const own = `${place}/content/${escapeToken(mediaType)}`;
  const schema = follow(document, media.schema ?? {}, `${own}/schema`);
  const examples: { name: string; value: unknown }[] = [];
  if (isObject(media.examples)) {
    for (const [name, example] of Object.entries(media.examples)) {
      const resolved = follow(document, example, `${own}/examples/${escapeToken(name)}`).value;
      if ('value' in resolved) examples.push({ name, value: resolved.value });
    }
  }
  if ('example' in media) examples.push({ name: 'example', value: media.example });
  if (examples.length === 0 && 'example' in schema.value)
    examples.push({ name: 'example', value: schema.value.example });
  if (examples.length === 0 && Array.isArray(schema.value.examples))
    examples.push({ name: 'example', value: schema.value.examples[0] });
  return {
    required: value.required === true,
    mediaType,
    schema: schema.value,
    schemaPointer: schema.pointer,
    pointer: place,
    examples,
  };
}

function readResponses(document: JsonObject, node: unknown, pointer: string): ResponseSpec[] {
  if (!isObject(node)) return [];
  return Object.entries(node)
    .filter(([status]) => !status.startsWith('x-'))
    .map(([status, response]) => readResponse(document, status, response, `${pointer}/${status}`));
}

function readResponse(document: JsonObject, status: string, node: unknown, pointer: string): ResponseSpec {
  const { value, pointer: place } = follow(document, node, pointer);
  const json = jsonMediaType(value.content);
  const schema =
    json && json[1].schema !== undefined
      ? follow(document, json[1].schema, `${place}/content/${escapeToken(json[0])}/schema`)
      : undefined;
  const headers = isObject(value.headers) ? Object.entries(value.headers) : [];
  const links = isObject(value.links) ? Object.entries(value.links) : [];
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
    links: links.flatMap(([name, link]) => {
      const resolved = follow(document, link, `${place}/links/${escapeToken(name)}`).value;
      if (typeof resolved.operationId !== 'string') return [];
      const parameters = isObject(resolved.parameters) ? resolved.parameters : {};
      return [
        {
          operationId: resolved.operationId,
          parameters: Object.fromEntries(
            Object.entries(parameters).map(([key, expression]) => [key, String(expression)]),
          ),
        },
      ];
    }),
  };
}

/** Any one of the returned alternatives is enough (OpenAPI 3.1, Security Requirement Object). */
function readSecurity(document: JsonObject, node: unknown): Operation['security'] {
  if (!Array.isArray(node)) return [];
  if (node.some((alternative) => isObject(alternative) && Object.keys(alternative).length === 0)) return [];
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  return node.flatMap((alternative: unknown) =>
    isObject(alternative)
      ? Object.entries(alternative).map(([name, roles]) => ({
          scheme: readScheme(document, name, schemes[name]),
          roles: Array.isArray(roles) ? roles.map(String) : [],
        }))
      : [],
  );
}

function readScheme(document: JsonObject, name: string, node: unknown): SecurityScheme {
  const { value } = follow(document, node, `/components/securitySchemes/${escapeToken(name)}`);
  if (value.type === 'apiKey')
    return { name, kind: 'apiKey', in: value.in as SecurityScheme['in'], parameter: String(value.name) };
  const scheme = String(value.scheme).toLowerCase();
  if (value.type === 'http' && scheme === 'basic') return { name, kind: 'basic' };
  if ((value.type === 'http' && scheme === 'bearer') || value.type === 'oauth2' || value.type === 'openIdConnect')
    return { name, kind: 'bearer' };
  return { name, kind: 'other' };
}
