/** Defects that a server of any document may have: which of them this document makes possible, and what each one changes. */
import type { Contract, Resource } from '../contract/types.ts';
import { makes, type GenericFault } from './fault.ts';
import { listFaults, operationFaults, recordFaults } from './fault-reads.ts';
import { checkFaults, clears, writeFaults } from './fault-requests.ts';

/**
 * @param contract whose server is to be made faulty
 * @returns each generic fault that the document makes possible, in the order of its resources and operations
 */
export function genericFaults(contract: Contract): GenericFault[] {
  const faults = [
    ...contract.resources.flatMap((resource) => resourceFaults(resource)),
    ...contract.operations.flatMap(operationFaults),
  ];
  return [...new Map(faults.map((fault) => [fault.id, fault])).values()];
}

function resourceFaults(resource: Resource): GenericFault[] {
  const { create, createFields, updates, list } = resource;
  return [
    ...(create && resource.kind !== 'singleton'
      ? createFields.flatMap((field) => writeFaults(resource, create, field, 'not-stored'))
      : []),
    ...(create ? createFields.flatMap((field) => checkFaults(create, field)) : []),
    ...updates.flatMap(({ operation, fields, replaces }) =>
      operation === create
        ? []
        : [
            ...fields.flatMap((field) => writeFaults(resource, operation, field, 'not-updated')),
            ...fields.flatMap((field) => checkFaults(operation, field)),
            ...(replaces ? [] : clears(resource, operation)),
          ],
    ),
    ...recordFaults(resource),
    ...(list ? listFaults(resource, list) : []),
    ...(resource.delete
      ? [
          makes(
            'delete-keeps',
            `${resource.delete.id} answers success and removes nothing`,
            resource.delete,
            resource.delete.pointer,
            () => ({
              keeps: ({ id }) => id === resource.delete?.id,
            }),
          ),
        ]
      : []),
  ];
}
