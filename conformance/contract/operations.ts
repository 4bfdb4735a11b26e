/** Reads the operations of a document (OpenAPI 3.1, Paths Object and Operation Object). */
import type { Level } from '../model/index.ts';
import { isWritable, readBodies, readResponses } from './bodies.ts';
import { requestFields } from './fields.ts';
import { entries, readParameters } from './parameters.ts';
import { escapeToken, follow, isObject } from './resolve.ts';
import { readSecurity } from './security.ts';
import type { JsonObject, Operation, Parameter } from './types.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/**
 * @param document a bundled OpenAPI 3.1 document whose references all lead somewhere
 * @param notes takes a sentence for each id that had to be made up
 * @returns its operations in the document's order, each with an id of its own
 */
export function readOperations(document: JsonObject, notes: string[] = []): Operation[] {
  const operations: Operation[] = [];
  const paths = isObject(document.paths) ? document.paths : {};
  for (const [path, node] of Object.entries(paths)) {
    if (!path.startsWith('/')) continue;
    const place = `/paths/${escapeToken(path)}`;
    const { value: item } = follow(document, node, place);
    for (const method of methods) {
      if (!isObject(item[method])) continue;
      operations.push(readOperation(document, path, method, item, item[method], `${place}/${method}`));
    }
  }
  nameApart(operations, notes);
  return operations;
}

/** An id that several operations have is kept by the first; the others get one of method and path, as those without any. */
function nameApart(operations: readonly Operation[], notes: string[]): void {
  const taken = new Set<string>();
  for (const operation of operations) {
    const own = operation.id;
    if (taken.has(own)) {
      operation.id = generatedId(operation.method, operation.path);
      for (let count = 2; taken.has(operation.id); count += 1)
        operation.id = `${generatedId(operation.method, operation.path)}-${String(count)}`;
      notes.push(
        `The operationId ${own} stands twice: ${operation.method} ${operation.path} is called ${operation.id}.`,
      );
    }
    taken.add(operation.id);
  }
}

function generatedId(method: string, path: string): string {
  return `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;
}

function readOperation(
  document: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  node: JsonObject,
  pointer: string,
): Operation {
  const parameters = readParameters(document, path, [
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
  const bodies = readBodies(document, node.requestBody, `${pointer}/requestBody`);
  const [body] = bodies;
  const { access, unusable } = readSecurity(document, node.security ?? document.security);
  return {
    id:
      typeof node.operationId === 'string' && node.operationId.trim() !== ''
        ? node.operationId
        : generatedId(method, path),
    method: method.toUpperCase(),
    path,
    pointer,
    summary: typeof node.summary === 'string' ? node.summary : undefined,
    tags: Array.isArray(node.tags) ? node.tags.map(String) : [],
    parameters,
    requestBody: body && isWritable(document, body) ? body : undefined,
    bodies,
    fields: body ? requestFields(document, { value: body.schema, pointer: body.schemaPointer }) : [],
    responses: readResponses(document, node.responses, `${pointer}/responses`),
    security: access.flat(),
    access,
    role: 'other',
    unusable,
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
