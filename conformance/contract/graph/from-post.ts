/** A POST on a path without an id at its end makes a record, if anything reaches, lists or answers what it makes. */
import type { Operation, Resource } from '../types.ts';
import { keysOf } from './from-item.ts';
import { updatesOf, type Graph } from './graph.ts';
import { isItem, keyOf, lastFixed, type Shape } from './paths.ts';
import { bodyRecord, findItems, successOf } from './records.ts';
import { targetsOf, typeOfParameter, type Targets } from './targets.ts';
import { isCreateVerb, isPlural, nounsOf, retrieves } from './words.ts';

/** Adds the resource that a POST makes, if it makes one. */
export function placePost(graph: Graph, create: Operation): void {
  if (create.method !== 'POST' || graph.taken.has(create)) return;
  const shape = graph.shape(create);
  if (isItem(shape) || shape.verb !== undefined) return;
  const found = targetsOf(create, graph);
  if (!found.said && retrieves(shape.segments.at(-1)?.text ?? '', create.id)) return;
  if (found.targets.length === 0) placeLonely(graph, create, shape);
  else placeReached(graph, create, shape, found);
}

function placeReached(graph: Graph, create: Operation, shape: Shape, { targets, said, idFrom, idTail }: Targets): void {
  const [first] = targets;
  if (!first) return;
  const reached = targets.map(({ operation }) => operation);
  const reads = reached.filter(({ method }) => method === 'GET');
  // The plain read is the one whose path ends in the id; others (`…/status`) tell part of the record.
  const read = reads.find((operation) => isItem(graph.shape(operation)));
  const item = read ?? first.operation;
  const known = graph.placed.find(({ resource }) =>
    [resource.read, resource.delete, ...resource.updates.map(({ operation }) => operation)].includes(item),
  );
  if (known) {
    known.resource.otherCreates.push(create);
    graph.taken.add(create);
    return;
  }
  if (!said) tellTargets(graph, create, reached, idFrom, first.pointer);
  const group = isItem(graph.shape(item)) ? graph.beside(item) : [];
  const linked = reached.filter(({ method }) => method === 'PUT' || method === 'PATCH');
  const updates = [...new Set([...linked, ...updatesOf(group)])];
  const base = isItem(graph.shape(item))
    ? graph.shape(item).segments
    : [...shape.segments, { text: '{}', parameter: first.parameter }];
  const resource = graph.add(
    {
      kind: 'collection',
      nouns: nounsOf(lastFixed(base)),
      create,
      read,
      list: listOf(graph, shape),
      updates,
      delete: [...reached, ...group].find(({ method }) => method === 'DELETE'),
      relatedReads: reads.filter((operation) => operation !== read),
      idParameter: first.parameter,
      idPointer: first.pointer,
      idFrom,
      idTail,
    },
    { items: new Set([keyOf(base)]), shape, idType: typeOfParameter(item, first.parameter) },
  );
  if (isItem(graph.shape(item))) resource.keys = keysOf(graph, resource, graph.shape(item));
}

function tellTargets(
  graph: Graph,
  create: Operation,
  reached: readonly Operation[],
  idFrom: Resource['idFrom'],
  pointer: string,
): void {
  const names = reached.filter(({ method }) => ['GET', 'PUT', 'PATCH'].includes(method)).map(({ id }) => id);
  const told = names.length > 0 ? names : reached.map(({ id }) => id);
  const by = {
    body: `by ${pointer === '' ? 'the whole body' : pointer} of the create response`,
    request: `by ${pointer} of the request`,
    location: 'by the Location header, for the create response documents no id',
    nowhere: 'although the create response documents no id',
  }[idFrom];
  graph.inferred.push(
    `${create.id}: no links, so ${told.join(' and ')} ${told.length > 1 ? 'are' : 'is'} taken to reach the record ${by}.`,
  );
}

/** The list at the path of a create, or beside it: `GET /users` of `POST /users/new`. */
function listOf(graph: Graph, shape: Shape): Operation | undefined {
  const own = graph.freeGet(shape.key);
  if (own || !isCreateVerb(shape.segments.at(-1)?.text ?? '')) return own;
  return graph.freeGet(keyOf(shape.segments.slice(0, -1)));
}

/** Nothing is at a path below: it makes a record that is only listed or only answered, or it makes none. */
function placeLonely(graph: Graph, create: Operation, shape: Shape): void {
  const segment = shape.segments.at(-1)?.text ?? '';
  const success = successOf(create);
  const list = graph.freeGet(shape.key);
  const items = list && findItems(graph.document, successOf(list), segment);
  const nouns = nounsOf(segment);
  const record = bodyRecord(graph.document, success, nouns);
  const above = operationsAbove(graph, shape);
  // An action answers the record that it was done to.
  if (above.length > 0 && !items && record && readsSame(graph, above, record.schema.pointer)) return;
  if (above.length > 0 && !items && !isPlural(segment)) return;
  if (!items && success?.status !== '201' && !(record && isPlural(segment) && above.length === 0)) return;
  const pointer = record && `${record.at}/${record.id}`;
  graph.add(
    {
      kind: 'collection',
      nouns,
      create,
      list: items && list,
      updates: [],
      relatedReads: [],
      idParameter: '',
      idPointer: pointer,
      idFrom: pointer === undefined ? 'nowhere' : 'body',
      idTail: false,
    },
    { items: new Set(), shape },
  );
}

/** The operations on the record that a path stands below. */
function operationsAbove(graph: Graph, shape: Shape): readonly Operation[] {
  const segments = shape.segments.slice(0, -1);
  return segments.at(-1)?.parameter === undefined ? [] : (graph.groups.get(keyOf(segments)) ?? []);
}

function readsSame(graph: Graph, group: readonly Operation[], pointer: string): boolean {
  return group.some((operation) => {
    const nouns = nounsOf(lastFixed(graph.shape(operation).segments));
    return bodyRecord(graph.document, successOf(operation), nouns)?.schema.pointer === pointer;
  });
}
