/** Why a fault stays unseen, and what to change in the document so that it is seen. */
import type { Contract, Operation, RequestField, Resource } from '../../contract/types.ts';
import type { FaultKind, GenericFault } from '../../derived/fault.ts';
import type { CaseResult } from '../../model/index.ts';

/** A clause, and what to do about it. */
export interface Reason {
  reason: string;
  advice?: string;
}

/** The rules that look for a kind of fault. */
export const lookedForBy: Readonly<Partial<Record<FaultKind, readonly string[]>>> = {
  'not-stored': ['round-trip', 'presence'],
  'not-updated': ['round-trip', 'presence'],
  altered: ['round-trip'],
  'required-not-enforced': ['required-missing'],
  'enum-not-enforced': ['enum-refused'],
  'type-not-enforced': ['wrong-type', 'required-null'],
  'bounds-not-enforced': ['bounds-refused', 'empty-value'],
  'pattern-not-enforced': ['pattern-refused', 'empty-value'],
  'format-not-enforced': ['format-refused'],
  'update-clears': ['patch-keeps'],
  'list-repeats': ['list-pages'],
  'list-misses': ['list-contains'],
  'list-mixes-parents': ['child-of'],
  'pagination-ignored': ['list-page-size', 'list-pages', 'list-bounds'],
  'filter-ignored': ['list-filter', 'list-filters-by'],
  'delete-keeps': ['delete-removes'],
  'auth-not-checked': ['auth-missing', 'auth-invalid'],
  'unknown-id-found': ['unknown-id', 'delete-removes'],
};

/**
 * @param contract the user's
 * @param fault that nothing was held against
 * @param cases what the suite asked, and what came of it
 */
export function reasonFor(contract: Contract, fault: GenericFault, cases: readonly CaseResult[]): Reason {
  const operation = contract.operations.find(({ id }) => id === fault.operation);
  const resource = contract.resources.find(({ name }) => name === operation?.resource);
  const said = operation && resource ? ofDocument(fault, operation, resource) : ofOperation(fault);
  return (
    said ??
    ofCases(fault, cases) ?? { reason: `no sentence of the document and of HTTP forbids it at ${fault.operation}` }
  );
}

/** @returns whether the document says nothing that would allow the fault */
export function forbids(contract: Contract, fault: GenericFault): boolean {
  const operation = contract.operations.find(({ id }) => id === fault.operation);
  const resource = contract.resources.find(({ name }) => name === operation?.resource);
  return !operation || !resource || ofDocument(fault, operation, resource) === undefined;
}

function ofDocument(fault: GenericFault, operation: Operation, resource: Resource): Reason | undefined {
  const { kind, field } = fault;
  const reader = resource.read ?? resource.list;
  switch (kind) {
    case 'not-stored':
    case 'not-updated':
    case 'altered':
      return ofWriting(field ?? '', operation, resource, reader);
    case 'not-returned':
      return {
        reason: `the response of ${operation.id} does not require it, so it may be left out`,
        advice: 'Add it to `required` there if it is always returned.',
      };
    case 'list-repeats':
    case 'list-misses':
    case 'list-mixes-parents':
      if (!resource.create)
        return {
          reason: `nothing in the document creates ${resource.name}, so which records belong in the list is not known`,
          advice: `Document how ${resource.name} are created.`,
        };
      return undefined;
    case 'pagination-ignored':
      if (operation.pagination) return undefined;
      return {
        reason: `that ${field ?? 'it'} pages the list is said by its name alone`,
        advice: 'Say it with `x-ringtrue-pagination: { page: …, size: … }` at the operation.',
      };
    case 'filter-ignored':
      if (
        operation.filter ||
        operation.parameters.some(({ name, filtersBy }) => name === field && filtersBy !== undefined)
      )
        return undefined;
      return {
        reason: `that ${field ?? 'it'} filters the list is said by its name alone`,
        advice: `Say it with \`x-ringtrue-filters-by: ${field ?? ''}\` at the parameter.`,
      };
    case 'delete-keeps':
      if (reader) return undefined;
      return {
        reason: `nothing reads ${resource.name}: whether one is gone cannot be seen`,
        advice: 'Document a GET.',
      };
    default:
      return ofOperation(fault);
  }
}

function ofWriting(
  name: string,
  operation: Operation,
  resource: Resource,
  reader: Operation | undefined,
): Reason | undefined {
  const field = fieldsOf(operation, resource).find((one) => one.name === name);
  if (!reader)
    return {
      reason: `nothing reads what ${operation.id} writes`,
      advice: 'Document a GET for it, or a list, or the record in its response.',
    };
  if (field?.schema.writeOnly === true) return { reason: `${name} is writeOnly: no response may show it` };
  if (field && !field.roundTrip)
    return {
      reason: `${name} is not in the response schema of ${reader.id}: its loss cannot be seen`,
      advice: `Add ${name} to that schema, or say where it comes back with \`x-ringtrue-read-back\`.`,
    };
  return undefined;
}

function fieldsOf(operation: Operation, resource: Resource): readonly RequestField[] {
  return operation === resource.create
    ? resource.createFields
    : (resource.updates.find((one) => one.operation === operation)?.fields ?? []);
}

function ofOperation({ kind, field, operation }: GenericFault): Reason | undefined {
  switch (kind) {
    case 'empty-answer':
      return {
        reason: `the response schema of ${operation} requires nothing, so {} keeps it`,
        advice: 'Add `required` to it.',
      };
    case 'wrong-type-returned':
      return {
        reason: `the response schema of ${operation} lets ${field ?? 'it'} be an object`,
        advice: 'Give it a `type`.',
      };
    default:
      return undefined;
  }
}

/** What the cases say that looked for it and could not tell. */
function ofCases({ kind, operation, field }: GenericFault, cases: readonly CaseResult[]): Reason | undefined {
  const rules = lookedForBy[kind] ?? [];
  const close = cases.filter(
    (one) =>
      rules.includes(one.rule) &&
      one.operation === operation &&
      (field === undefined || one.field === undefined || one.field === field),
  );
  const idle = close.find(
    ({ status, message }) => (status === 'not-tested' || status === 'not-applicable') && message !== undefined,
  );
  if (idle?.message !== undefined)
    return { reason: `the case ${idle.id} could not tell: ${idle.message.replace(/\.$/, '')}` };
  if (close.length === 0 && rules.length > 0) {
    const asked = cases.some(
      (one) => one.operation === operation && one.status !== 'not-tested' && one.status !== 'not-applicable',
    );
    if (!asked)
      return {
        reason: `${operation} is not asked: no request for it can be made from the document alone`,
        advice: 'Give what it needs with --fixture, or an example in the document.',
      };
    return { reason: `no case of ${rules.join(' or ')} can be made for ${field ?? operation} from the document alone` };
  }
  return undefined;
}
