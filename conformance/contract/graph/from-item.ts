/** What stands at the path of one record that no POST makes. */
import { escapeToken, typesOf } from '../resolve.ts';
import type { Operation, Resource } from '../types.ts';
import { updatesOf, type Graph } from './graph.ts';
import { isItem, keyOf, lastFixed, withoutKeys, type Shape } from './paths.ts';
import { bodyRecord, findItems, schemaAt, schemaBelow, successOf } from './records.ts';
import { parameterOf, typeOfParameter } from './targets.ts';
import { idRank, nounsOf, wordsOf } from './words.ts';

/** Adds the resource of a path that ends in an id, unless its operations are some other resource's. */
export function placeItem(graph: Graph, group: readonly Operation[]): void {
  const [first] = group;
  if (!first || !isItem(graph.shape(first))) return;
  const shape = graph.shape(first);
  const free = group.filter((operation) => !graph.taken.has(operation));
  const read = free.find(({ method }) => method === 'GET');
  const updates = updatesOf(free);
  const remove = free.find(({ method }) => method === 'DELETE');
  const item = read ?? updates[0] ?? remove;
  if (!item) return;
  const { above } = withoutKeys(shape.segments);
  const nouns = nounsOf(lastFixed(shape.segments));
  const parameter = parameterOf(graph, item) ?? '';
  if (read && isAlias(graph, read, free, parameter, nouns)) return;
  const put = updates.find(({ method }) => method === 'PUT');
  const keyed = put !== undefined && makes(put);
  const list = graph.freeGet(keyOf(above));
  if (keyed) graph.inferred.push(`${put.id}: PUT at a key of the client's choice is taken to create the record.`);
  const resource = graph.add(
    {
      kind: keyed ? 'keyed' : 'given',
      nouns,
      create: keyed ? put : undefined,
      read,
      list: list && findItems(graph.document, successOf(list), above.at(-1)?.text ?? '') ? list : undefined,
      updates,
      delete: remove,
      relatedReads: [],
      idParameter: parameter,
      idFrom: keyed ? 'request' : 'nowhere',
      idTail: false,
    },
    { items: new Set([shape.key]), shape, idType: typeOfParameter(item, parameter) },
  );
  resource.keys = keysOf(graph, resource, shape);
}

/** PUT makes what is not there when it documents 201, or says so (RFC 9110 section 9.3.4). */
function makes(put: Operation): boolean {
  if (put.responses.some(({ status }) => status === '201')) return true;
  return /^(?:create|upsert|put|set|add|register|store)$/.test(wordsOf(put.id)[0] ?? '');
}

/** A further address of records that are known: `GET /projects/{id}/tasks/{task}`, `GET /users/by-name/{name}`. */
function isAlias(
  graph: Graph,
  read: Operation,
  group: readonly Operation[],
  parameter: string,
  nouns: readonly string[],
): boolean {
  const { document } = graph;
  const own = bodyRecord(document, successOf(read), nouns, parameter);
  if (!own) return false;
  const same = graph.placed.filter(
    ({ resource, nouns: names }) =>
      resource.read !== undefined &&
      bodyRecord(document, successOf(resource.read), names, resource.idParameter)?.schema.pointer ===
        own.schema.pointer,
  );
  const [one, ...others] = same;
  if (!one || others.length > 0) return false;
  for (const operation of group) {
    graph.taken.add(operation);
    operation.role = 'related';
    graph.aliases.push({ operation, parameter, resource: one.resource, at: `/${escapeToken(own.id)}` });
  }
  graph.inferred.push(
    `${read.id} answers the record of ${one.resource.read?.id ?? ''}: taken as a further address of it, by its ${own.id}.`,
  );
  return true;
}

/**
 * @param shape of the path of one record
 * @returns where the record tells each of several keys: `{owner}/{repo}` by `/owner/login` and `/name`; none for a record with one
 */
export function keysOf(graph: Graph, resource: Resource, shape: Shape): Resource['keys'] {
  const { document } = graph;
  const { keys: parameters } = withoutKeys(shape.segments);
  // With a path for the record above, the parameter before is that one's.
  if (parameters.length < 2 || graph.groups.has(keyOf(shape.segments.slice(0, -1)))) return [];
  const record = resource.read && schemaAt(document, successOf(resource.read), resource.recordAt.read);
  if (!record) return [];
  return parameters.flatMap((parameter) => {
    if (parameter === resource.idParameter)
      return resource.idField === '' ? [] : [{ parameter, at: `/${escapeToken(resource.idField)}` }];
    const object = resource.recordFields.find(({ name }) => name === parameter);
    if (!object) return [];
    if (!typesOf(object.schema).includes('object') && object.schema.properties === undefined)
      return [{ parameter, at: `/${escapeToken(object.name)}` }];
    const below = schemaBelow(document, record, `/${escapeToken(object.name)}`);
    const inner = below && bestKey(Object.keys(below.value.properties ?? {}), parameter);
    return inner === undefined ? [] : [{ parameter, at: `/${escapeToken(object.name)}/${escapeToken(inner)}` }];
  });
}

/** In a path people write names, not numbers. */
function bestKey(names: readonly string[], parameter: string): string | undefined {
  for (const name of ['login', 'slug', 'username', 'name', 'key']) if (names.includes(name)) return name;
  return [...names].sort(
    (a, b) => (idRank(a, parameter, [parameter]) ?? 99) - (idRank(b, parameter, [parameter]) ?? 99),
  )[0];
}
