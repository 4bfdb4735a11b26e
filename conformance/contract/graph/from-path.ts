/** What stands at a path without an id at its end: lists of records that nothing makes, single records, actions, searches. */
import { propertiesOf } from '../resolve.ts';
import type { Operation } from '../types.ts';
import type { Graph, Placed } from './graph.ts';
import { isItem, keyOf } from './paths.ts';
import { bodyOf, bodyRecord, findItems, successOf } from './records.ts';
import { nounsOf, retrieves, sameNoun, wordsOf } from './words.ts';

/** Adds the list or the single record of a path, unless its GET is some other resource's. */
export function placeFixedPath(graph: Graph, group: readonly Operation[]): void {
  const [first] = group;
  if (!first || isItem(graph.shape(first))) return;
  const shape = graph.shape(first);
  // A verb is no record: `GET /users/{id}:getStats`.
  if (shape.verb !== undefined) return;
  const read = group.find((operation) => operation.method === 'GET' && !graph.taken.has(operation));
  const updates = group.filter((operation) => changes(operation) && !graph.taken.has(operation));
  const segment = shape.segments.at(-1)?.text ?? '';
  if (!read && updates.length === 0) return;
  const { document } = graph;
  const items = read && findItems(document, successOf(read), segment);
  if (read && items && updates.length === 0) {
    if (isFurtherList(graph, read, segment, items.items.pointer)) return;
    graph.add(
      {
        kind: 'given',
        nouns: nounsOf(segment),
        list: read,
        updates: [],
        relatedReads: [],
        idParameter: '',
        idFrom: 'nowhere',
        idTail: false,
      },
      { items: new Set(), shape },
    );
    return;
  }
  const body = bodyOf(read && successOf(read));
  // Without properties there is nothing to follow: a file, a text, a number.
  if (updates.length === 0 && (!body || propertiesOf(document, body.value, body.pointer).length === 0)) return;
  graph.add(
    {
      kind: 'singleton',
      nouns: nounsOf(segment),
      read,
      updates,
      delete: group.find(({ method }) => method === 'DELETE'),
      relatedReads: [],
      idParameter: '',
      idFrom: 'nowhere',
      idTail: false,
    },
    { items: new Set(), shape },
  );
}

/** PUT and PATCH; a POST only where its id says so. */
function changes({ method, id }: Operation): boolean {
  if (method === 'PUT' || method === 'PATCH') return true;
  return method === 'POST' && /^(?:update|set|modify|edit)$/.test(wordsOf(id)[0] ?? '');
}

/** `GET /projects/{id}/tasks` beside `GET /tasks`: the same records, seen from one parent. */
function isFurtherList(graph: Graph, list: Operation, segment: string, pointer: string): boolean {
  const same = graph.placed.filter(({ resource, nouns }) => {
    if (!nouns.some((noun) => sameNoun(noun, segment))) return false;
    const record = bodyRecord(
      graph.document,
      successOf(resource.read ?? resource.create ?? list),
      nouns,
      resource.idParameter,
    );
    return (resource.read ?? resource.create) !== undefined && record?.schema.pointer === pointer;
  });
  const [one, ...others] = same;
  if (!one || others.length > 0) return false;
  one.resource.otherLists.push(list);
  graph.taken.add(list);
  return true;
}

/** What is left: actions on a record or on all of them, and POST that retrieves. */
export function placeRest(graph: Graph, operation: Operation): void {
  if (graph.taken.has(operation) || operation.role !== 'other') return;
  const { segments, verb } = graph.shape(operation);
  if (operation.method !== 'POST') {
    if (operation.method === 'DELETE') operation.role = 'action';
    return;
  }
  const segment = verb ?? segments.at(-1)?.text ?? '';
  const searches = retrieves(segment, operation.id);
  operation.role = searches ? 'search' : 'action';
  const owner = ownerOf(graph, verb === undefined ? segments.slice(0, -1) : segments);
  if (!owner) return;
  graph.taken.add(operation);
  (searches ? owner.resource.searches : owner.resource.actions).push(operation);
}

/** The resource whose record or whose list a path stands below. */
function ownerOf(graph: Graph, segments: Placed['shape']['segments']): Placed | undefined {
  const key = keyOf(segments);
  return (
    graph.placed.find(({ items }) => items.has(key)) ??
    graph.placed.find(({ resource, shape }) => shape.key === key && resource.kind !== 'singleton')
  );
}
