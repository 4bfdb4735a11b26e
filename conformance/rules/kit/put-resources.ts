/** Records that PUT makes at a key of the client's choice, and those that are always there. */
import type { Contract, Operation, RequestField, Resource } from '../../contract/types.ts';
import { dangerOf } from './danger.ts';

export interface PutResource {
  resource: Resource;
  /** Changes the record: PUT, or PATCH of what is always there. */
  put: Operation;
  fields: RequestField[];
}

/** @returns those that may be written: none that is the caller's own, and none whose name says that it does harm */
export function putResources(contract: Contract): PutResource[] {
  return contract.resources.flatMap((resource) => {
    const isKeyed = resource.kind === 'keyed';
    if (!resource.read || (!isKeyed && resource.kind !== 'singleton')) return [];
    const ways = isKeyed ? ['PUT'] : ['PUT', 'PATCH'];
    const updates = ways.flatMap((method) => resource.updates.filter((one) => one.operation.method === method));
    const [update] = updates;
    if (!update?.operation.requestBody || update.fields.length === 0) return [];
    const { operation: put, fields } = update;
    return dangerOf(put) === undefined && put.unusable === undefined ? [{ resource, put, fields }] : [];
  });
}

/** @returns the operations that the rule `put-stores` asks */
export function putOperations(contract: Contract): ReadonlySet<Operation> {
  const found = known.get(contract) ?? operationsOf(contract);
  known.set(contract, found);
  return found;
}

/** Every operation asks for it. */
const known = new WeakMap<Contract, ReadonlySet<Operation>>();

function operationsOf(contract: Contract): Set<Operation> {
  return new Set(
    putResources(contract).flatMap(({ resource, put }) =>
      [put, resource.read, resource.kind === 'keyed' ? resource.delete : undefined].filter((one) => one !== undefined),
    ),
  );
}
