/** Checks a contract's requirement rows against what they name: rules, operations and fields. */
import { closest } from 'fastest-levenshtein';
import { mapPlaces } from './places.ts';
import { isObject } from './resolve.ts';
import type { Requirement } from './types.ts';

/**
 * @param requirements the rows
 * @param document the contract that they belong to
 * @param ruleIds the ids of all rules
 * @returns one sentence per row that names what does not exist
 */
export function checkRequirements(
  requirements: readonly Requirement[],
  document: unknown,
  ruleIds: readonly string[],
): string[] {
  const problems: string[] = [];
  const operations = isObject(document) ? mapPlaces(document).operations : [];
  const operationIds = operations.map(({ id }) => id);
  const fields = fieldNames(document);
  const unknown = (row: Requirement, kind: string, names: readonly string[], known: readonly string[]): void => {
    for (const name of names.filter((own) => !known.includes(own))) {
      const hint = known.length > 0 ? ` Did you mean ${closest(name, [...known])}?` : '';
      problems.push(`${row.id} names the ${kind} ${name}, which does not exist.${hint}`);
    }
  };
  for (const row of requirements) {
    unknown(row, 'rule', row.rules, ruleIds);
    unknown(row, 'operation', row.operations ?? [], operationIds);
    unknown(row, 'field', row.fields ?? [], fields);
  }
  return problems;
}

/** Every property name of the document's request bodies and answers. */
function fieldNames(document: unknown): string[] {
  if (!isObject(document)) return [];
  const { places, operations } = mapPlaces(document);
  const names = new Set(operations.flatMap(({ requestProperties }) => requestProperties));
  for (const uses of places.values()) for (const { name } of uses) if (name !== undefined) names.add(name);
  return [...names];
}
