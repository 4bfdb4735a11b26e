/** What standard links say of parameters wins over every inference (OpenAPI 3.1, Link Object). */
import type { Graph } from './graph.ts';
import { successOf } from './records.ts';

/** Sets `from` of the parameters that the links of a resource's responses fill. */
export function linkSources(graph: Graph): void {
  for (const { resource } of graph.placed) {
    const { create, read, list, update, recordAt, itemsAt, name } = resource;
    const places: [typeof create, string][] = [
      [create, recordAt.create],
      [read, recordAt.read],
      [update, recordAt.update],
      [list, `${itemsAt}/0`],
    ];
    for (const [operation, record] of places) {
      for (const { operationId, operationPointer, parameters } of operation
        ? (successOf(operation)?.links ?? [])
        : []) {
        const target = graph.operations.find(({ id, pointer }) => id === operationId || pointer === operationPointer);
        for (const [key, expression] of Object.entries(parameters)) {
          const pointer = /^\$response\.body#(.*)$/.exec(expression)?.[1];
          if (!target || pointer === undefined || !pointer.startsWith(record)) continue;
          const [, where, wanted] = /^(?:(path|query|header|cookie)\.)?(.*)$/.exec(key) ?? [];
          const parameter = target.parameters.find(
            (one) => one.name === wanted && (where === undefined || one.in === where),
          );
          if (parameter) parameter.from ??= { resource: name, at: pointer.slice(record.length), said: true };
        }
      }
    }
  }
  for (const { operation, parameter, resource, at } of graph.aliases) {
    const found = operation.parameters.find((one) => one.in === 'path' && one.name === parameter);
    if (found) found.from ??= { resource: resource.name, at, said: false };
  }
}
