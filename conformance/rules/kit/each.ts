/** The parts of a contract that a rule makes cases for. */
import { isJsonBody } from '../../contract/bodies.ts';
import type { Contract, Operation, RequestField, Resource } from '../../contract/types.ts';
import { fieldsOf, operationOf, type Writer } from './steps.ts';

export interface WriterOf {
  resource: Resource;
  writer: Writer;
  operation: Operation;
  fields: RequestField[];
}

/** The resources whose records are made by a request that can be written, so that the steps can make one. */
export function makeable(contract: Contract): Resource[] {
  return contract.resources.filter(({ kind, create }) => kind === 'collection' && create?.requestBody !== undefined);
}

/** Every create and update of the contract that the steps can send. */
export function writers(contract: Contract): WriterOf[] {
  return makeable(contract).flatMap((resource) => [
    ...writerOf(resource, 'create'),
    ...[resource, ...furtherUpdates(resource)].flatMap((one) => writerOf(one, 'update')),
  ]);
}

function writerOf(resource: Resource, writer: Writer): WriterOf[] {
  const operation = operationOf(resource, writer);
  return operation?.requestBody ? [{ resource, writer, operation, fields: fieldsOf(resource, writer) }] : [];
}

const further = new WeakMap<Resource, Resource[]>();

/**
 * A record that several operations change (PUT and PATCH) is, for each of them, a resource with that update: what is asked of an
 * update is asked of all.
 */
function furtherUpdates(resource: Resource): Resource[] {
  const known = further.get(resource);
  if (known) return known;
  const others = resource.updates
    .filter(({ operation }) => operation !== resource.update && operation !== resource.create)
    .map((updater): Resource => ({
      ...resource,
      update: updater.operation,
      updateFields: updater.fields,
      recordAt: { ...resource.recordAt, update: updater.recordAt ?? '' },
    }));
  further.set(resource, others);
  return others;
}

/** Those whose body is JSON: what is odd or broken in JSON is asked of them alone. */
export function jsonWriters(contract: Contract): WriterOf[] {
  return writers(contract).filter(({ operation }) => operation.requestBody && isJsonBody(operation.requestBody));
}

/** Every operation with the resource that it reaches, if it reaches one. */
export function operationsOf(contract: Contract): { operation: Operation; resource?: Resource; role: Reach }[] {
  return contract.operations.map((operation) => {
    for (const resource of makeable(contract)) {
      if (resource.create === operation) return { operation, resource, role: 'create' };
      if (resource.read === operation || resource.relatedReads.includes(operation))
        return { operation, resource, role: 'read' };
      const updated = [resource, ...furtherUpdates(resource)].find(({ update }) => update === operation);
      if (updated) return { operation, resource: updated, role: 'update' };
      if (resource.list === operation) return { operation, resource, role: 'list' };
    }
    return { operation, role: 'other' };
  });
}

/** What an operation does with its resource. */
export type Reach = 'create' | 'read' | 'update' | 'list' | 'other';
