/** Names that stand in a contract: whoever reads a report knows them, whatever somebody chose for a token. */
import type { Contract } from '../contract/types.ts';

const known = new WeakMap<Contract, ReadonlySet<string>>();

/** @returns names of operations, parameters and properties, paths and their fixed parts */
export function namesIn(contract: Contract): ReadonlySet<string> {
  const before = known.get(contract);
  if (before) return before;
  const names = new Set<string>();
  for (const { id, path, parameters, fields } of contract.operations) {
    for (const name of [id, path, ...path.split('/')]) names.add(name);
    for (const { name } of [...parameters, ...fields]) names.add(name);
  }
  for (const { createFields, updateFields, recordFields } of contract.resources)
    for (const { name } of [...createFields, ...updateFields, ...recordFields]) names.add(name);
  names.delete('');
  known.set(contract, names);
  return names;
}
