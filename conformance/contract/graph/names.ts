/** Names for resources: the last fixed part of their path, with as much before it as tells two apart. */
import type { Graph, Placed } from './graph.ts';
import { isCreateVerb } from './words.ts';

/** Names all resources, and tells their operations. */
export function nameResources(graph: Graph): void {
  const fixed = graph.placed.map(({ shape }) => fixedOf(shape));
  const taken = new Set<string>();
  graph.placed.forEach((placed, index) => {
    const own = fixed[index] ?? [];
    let length = 1;
    const nameOf = (parts: readonly string[]): string => parts.slice(-length).join('/');
    while (length < own.length && fixed.some((other, at) => at !== index && nameOf(other) === nameOf(own))) length += 1;
    let name = nameOf(own) || 'root';
    for (let count = 2; taken.has(name); count += 1) name = `${nameOf(own)}-${String(count)}`;
    taken.add(name);
    placed.resource.name = name;
    tell(placed);
  });
  for (const { operation, resource } of graph.aliases) operation.resource = resource.name;
}

function fixedOf(shape: Placed['shape']): string[] {
  const parts = shape.segments.flatMap(({ text, parameter }) => (parameter === undefined ? [text] : []));
  return parts.length > 1 && isCreateVerb(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
}

/** Each operation knows its role and its resource. */
function tell({ resource }: Placed): void {
  const { name, create, read, list, updates, otherCreates, otherLists, actions, searches, relatedReads } = resource;
  const say = (
    operation: Placed['resource']['create'],
    role: 'create' | 'read' | 'list' | 'update' | 'delete' | 'related' | 'action' | 'search',
  ): void => {
    if (!operation) return;
    operation.resource = name;
    operation.role = role;
  };
  for (const operation of relatedReads) say(operation, 'related');
  for (const { operation } of updates) say(operation, 'update');
  for (const operation of actions) say(operation, 'action');
  for (const operation of searches) say(operation, 'search');
  for (const operation of [list, ...otherLists]) say(operation, 'list');
  for (const operation of [create, ...otherCreates]) say(operation, 'create');
  say(read, 'read');
  say(resource.delete, 'delete');
}
