/** From a create to the operations that reach the record it makes: by links, by the path below it, or elsewhere by the schema. */
import type { Operation, Resource, ResponseSpec } from '../types.ts';
import type { Graph } from './graph.ts';
import { isItem, keyOf, lastFixed, withoutKeys, type Shape } from './paths.ts';
import { bodyOf, findRecord, namesOf, successOf } from './records.ts';
import { isCreateVerb, nounsOf, plain, sameNoun } from './words.ts';

/** An operation, the path parameter that takes the record's id, and where the create tells it. */
export interface Target {
  operation: Operation;
  parameter: string;
  /** Pointer of the id in the create response, or in the request where the client chooses it. */
  pointer: string;
}

export interface Targets {
  targets: Target[];
  idFrom: Resource['idFrom'];
  idTail: boolean;
  /** Whether a link says so. */
  said: boolean;
}

/** What a response's links say: which operation takes which value of the body as which parameter. */
export function linkTargets(operations: readonly Operation[], response: ResponseSpec | undefined): Target[] {
  return (response?.links ?? []).flatMap((link) => {
    const operation = operations.find((op) => op.id === link.operationId || op.pointer === link.operationPointer);
    const [name, expression] =
      Object.entries(link.parameters).find(([, value]) => value.startsWith('$response.body#')) ?? [];
    const parameter = name?.replace(/^path\./, '');
    if (!operation || parameter === undefined || !expression) return [];
    if (!operation.path.includes(`{${parameter}}`)) return [];
    return [{ operation, parameter, pointer: expression.slice('$response.body#'.length) }];
  });
}

/**
 * @param create a POST that may make a record
 * @param known what inference looks at
 * @returns the operations that reach that record; none when nothing does
 */
export function targetsOf(create: Operation, graph: Graph): Targets {
  const success = successOf(create);
  const linked = linkTargets(graph.operations, success);
  if (linked.length > 0) return { targets: linked, idFrom: 'body', idTail: false, said: true };
  const items = itemsOf(create, graph);
  const [first] = items;
  const parameter = first && parameterOf(graph, first);
  if (!first || parameter === undefined) return { targets: [], idFrom: 'nowhere', idTail: false, said: false };
  const id = newId(create, success, first, parameter, graph);
  return {
    targets: items.map((operation) => ({
      operation,
      parameter: parameterOf(graph, operation) ?? parameter,
      pointer: id.pointer,
    })),
    idFrom: id.from,
    idTail: id.tail,
    said: false,
  };
}

/** @returns the last parameter of a path that ends in one */
export function parameterOf(graph: Graph, operation: Operation): string | undefined {
  return graph.shape(operation).segments.at(-1)?.parameter;
}

/** All operations at the path of one record of what a create makes. */
function itemsOf(create: Operation, graph: Graph): Operation[] {
  const shape = graph.shape(create);
  if (shape.verb !== undefined) return [];
  let { segments } = shape;
  const below = graph.groups.get(`${keyOf(segments)}/{}`);
  if (below) return below;
  if (isCreateVerb(segments.at(-1)?.text ?? '')) {
    segments = segments.slice(0, -1);
    const beside = graph.groups.get(`${keyOf(segments)}/{}`);
    if (beside) return beside;
  }
  return elsewhere(create, lastFixed(segments), graph);
}

/** `GET /tasks/{id}` of `POST /projects/{id}/tasks`: the same noun before the id, and the same record. */
function elsewhere(create: Operation, noun: string, graph: Graph): Operation[] {
  const candidates: { operations: Operation[]; length: number; score: number }[] = [];
  for (const operations of graph.groups.values()) {
    const [first] = operations;
    const shape = first && graph.shape(first);
    if (!first || !shape || !isItem(shape)) continue;
    const { above } = withoutKeys(shape.segments);
    if (!sameNoun(above.at(-1)?.text ?? '', noun)) continue;
    const read = operations.find(({ method }) => method === 'GET');
    const score = read ? likeness(create, read, shape, graph) : 0;
    if (score > 0) candidates.push({ operations, length: shape.segments.length, score });
  }
  candidates.sort((a, b) => b.score - a.score || a.length - b.length);
  const [best, next] = candidates;
  // Two that fit equally well are none: which of them it is would be a guess.
  if (!best || (next && next.score === best.score && next.length === best.length)) return [];
  return best.operations;
}

/** 2: create and read answer the same schema; 1: most properties of one are in the other; 0: they are not alike. */
function likeness(create: Operation, read: Operation, shape: Shape, graph: Graph): number {
  const nouns = nounsOf(lastFixed(shape.segments));
  const parameter = shape.segments.at(-1)?.parameter ?? '';
  const [made, told] = [create, read].map((operation) => {
    const start = bodyOf(successOf(operation));
    return start && (findRecord(graph.document, start, parameter, nouns)?.schema ?? start);
  });
  if (!told) return 0;
  if (!made) return successOf(create)?.schema ? 0 : 1;
  if (made.pointer === told.pointer) return 2;
  const names = new Set(namesOf(graph.document, told));
  const own = namesOf(graph.document, made);
  const shared = own.filter((name) => names.has(name)).length;
  return own.length > 0 && shared / Math.min(own.length, Math.max(1, names.size)) >= 0.6 ? 1 : 0;
}

/** How the id of a new record is learnt. */
function newId(
  create: Operation,
  success: ResponseSpec | undefined,
  item: Operation,
  parameter: string,
  graph: Graph,
): { pointer: string; from: Resource['idFrom']; tail: boolean } {
  const nouns = nounsOf(lastFixed(graph.shape(item).segments));
  const type = typeOfParameter(item, parameter);
  const body = bodyOf(success);
  const told = body && findRecord(graph.document, body, parameter, nouns, type);
  if (told) return { pointer: `${told.at}/${told.id}`, from: 'body', tail: told.tail };
  // The whole body is the id: `"e7a1…"`, `42`.
  if (body && typeof body.value.type === 'string' && ['string', 'integer'].includes(body.value.type))
    return { pointer: '', from: 'body', tail: false };
  const located = success?.headers.some(({ name }) => plain(name) === 'location') ?? false;
  const sent = create.fields.find(({ name }) => name === parameter || plain(name) === plain(parameter));
  if (!located && sent) return { pointer: `/${sent.name}`, from: 'request', tail: false };
  // RFC 9110 section 15.3.2: what was created is at Location.
  if (located || success?.status === '201') return { pointer: '', from: 'location', tail: false };
  return { pointer: '', from: 'nowhere', tail: false };
}

/** @returns the JSON type of a path parameter, where it has one alone */
export function typeOfParameter(operation: Operation, name: string): string | undefined {
  const schema = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.schema;
  return typeof schema?.type === 'string' ? schema.type : undefined;
}
