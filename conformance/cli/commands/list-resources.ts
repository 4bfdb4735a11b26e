/** Shows the kinds of record behind a contract's operations: how they are reached, and how they hang together. */
import { pagingText } from '../../contract/graph/paging.ts';
import type { Contract, Operation, Paging, Resource } from '../../contract/types.ts';
import { visible } from '../../report/escape.ts';
import { plural } from '../../report/summary.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';

/** Prints one block for each resource, the operations that belong to none, and what was inferred. */
export function listResources(contract: Contract, json: boolean, io: Io): ExitCode {
  const { resources, operations } = contract;
  const rest = operations.filter(({ resource }) => resource === undefined);
  if (json) {
    const rows = resources.map((resource) => jsonOf(resource));
    io.out(
      `${JSON.stringify({ resources: rows, others: rest.map(({ id }) => id), inferred: contract.inferred }, undefined, 2)}\n`,
    );
    return EXIT.conforms;
  }
  for (const resource of resources) io.out(`${blockOf(contract, resource).map(visible).join('\n')}\n\n`);
  if (rest.length > 0)
    io.out(`operations of no resource\n${rest.map((one) => visible(`  ${lineOf(one, one.role)}`)).join('\n')}\n\n`);
  if (contract.inferred.length > 0)
    io.out(`inferred\n${contract.inferred.map((one) => visible(`  ${one}`)).join('\n')}\n`);
  io.err(`${plural(resources.length, 'resource')} of ${plural(operations.length, 'operation')} in ${contract.name}\n`);
  return EXIT.conforms;
}

/** Each operation with what it does, in the order in which a record lives. */
function rolesOf(resource: Resource): [string, Operation][] {
  const { create, otherCreates, read, list, otherLists, updates, actions, searches, relatedReads } = resource;
  const found: [string, Operation | undefined][] = [
    ['create', create],
    ...otherCreates.map((one): [string, Operation] => ['create', one]),
    ['read', read],
    ['list', list],
    ...otherLists.map((one): [string, Operation] => ['list', one]),
    ...updates.map(({ operation, replaces }): [string, Operation] => [replaces ? 'replace' : 'update', operation]),
    ['delete', resource.delete],
    ...actions.map((one): [string, Operation] => ['action', one]),
    ...searches.map((one): [string, Operation] => ['search', one]),
    ...relatedReads.map((one): [string, Operation] => ['related', one]),
  ];
  return found.flatMap(([role, operation]) => (operation ? [[role, operation] as [string, Operation]] : []));
}

const kindWords: Record<Resource['kind'], string> = {
  collection: 'made by POST, the server chooses the id',
  keyed: 'made by PUT, the client chooses the key',
  singleton: 'one record that is always there',
  given: 'nothing makes its records',
};

function blockOf(contract: Contract, resource: Resource): string[] {
  const { name, kind, parents, idField, idFrom, idParameter } = resource;
  const above = parents.map(({ resource: parent, parameter }) => `${parent ?? '?'} (${parameter})`).join(' / ');
  const id =
    idField === '' && idFrom !== 'location'
      ? ''
      : `; id ${idOf(resource)}${idParameter === '' ? '' : ` as {${idParameter}}`}`;
  const own = new Set(rolesOf(resource).map(([, operation]) => operation));
  const further = contract.operations.filter((one) => one.resource === name && !own.has(one));
  const { paging } = resource.list ?? {};
  return [
    `${name}: ${kindWords[kind]}${id}${above === '' ? '' : `; below ${above}`}`,
    ...rolesOf(resource).map(([role, operation]) => `  ${lineOf(operation, role)}`),
    ...further.map((operation) => `  ${lineOf(operation, 'also at')}`),
    ...(paging ? [`  ${pagingText(paging)}`] : []),
    ...keysOf(resource),
  ];
}

function idOf({ idField, idFrom, idPointer }: Resource): string {
  if (idFrom === 'location') return 'from Location';
  return idFrom === 'body' && idPointer !== '' ? idPointer : idField;
}

function lineOf({ id, method, path }: Operation, role: string): string {
  return `${role.padEnd(8)} ${method.padEnd(6)} ${path}  ${id}`;
}

/** Properties that name records of other resources. */
function keysOf({ createFields, updateFields }: Resource): string[] {
  const names = new Map([...updateFields, ...createFields].map((field) => [field.name, field.from]));
  return [...names].flatMap(([name, from]) => (from ? [`  ${name} names a record of ${from.resource}`] : []));
}

function pagingOf({ by, parameter, size, next }: Paging): Record<string, unknown> {
  return { by, parameter: parameter?.name, size: size?.parameter.name, next };
}

function jsonOf(resource: Resource): Record<string, unknown> {
  const { name, kind, parents, idField, idPointer, idFrom, idParameter, recordAt, itemsAt } = resource;
  return {
    name,
    kind,
    parents,
    id: { field: idField, pointer: idPointer, from: idFrom, parameter: idParameter },
    recordAt,
    itemsAt,
    ...(resource.list?.paging ? { paging: pagingOf(resource.list.paging) } : {}),
    operations: rolesOf(resource).map(([role, { id }]) => ({ role, id })),
  };
}
