/** Finds the kinds of record in a contract: which operations create, read, list, change and remove them, and how they hang together. */
import { placeItem } from './graph/from-item.ts';
import { placeFixedPath, placeRest } from './graph/from-path.ts';
import { placePost } from './graph/from-post.ts';
import { Graph } from './graph/graph.ts';
import { linkSources } from './graph/link-sources.ts';
import { nameResources } from './graph/names.ts';
import { findPaging } from './graph/paging.ts';
import { findSources } from './graph/sources.ts';
import type { JsonObject, Operation, Resource } from './types.ts';

export { successOf } from './graph/records.ts';

/**
 * @param document the bundled document
 * @param operations its operations; each is told its role, its resource, and where its values come from
 * @param inferred takes a sentence for everything that no keyword or link says
 * @returns the resources: first those that a POST makes, in the document's order, then the others
 */
export function readResources(document: JsonObject, operations: readonly Operation[], inferred: string[]): Resource[] {
  const graph = new Graph(document, operations, inferred);
  for (const operation of graph.operations) placePost(graph, operation);
  for (const group of graph.groups.values()) placeItem(graph, group);
  for (const group of graph.groups.values()) placeFixedPath(graph, group);
  for (const operation of graph.operations) placeRest(graph, operation);
  nameResources(graph);
  linkSources(graph);
  findSources(graph);
  const resources = graph.placed.map(({ resource }) => resource);
  findPaging(document, resources, inferred);
  return resources;
}
