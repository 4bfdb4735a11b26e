/** Schemas that allow one of several: `anyOf` and `oneOf` (JSON Schema 2020-12, section 10.2.1). */
import { follow, isObject, propertiesOf, typesOf, type Resolved } from '../../contract/resolve.ts';
import type { Contract, Schema } from '../../contract/types.ts';

/** @returns whether a schema leaves the choice among branches, of which at least one allows more than null */
export function isBranched(schema: Schema): boolean {
  return keywordOf(schema) !== undefined;
}

/**
 * @param pointer the schema's place in the document
 * @returns the first branch that allows more than null, with its place
 */
export function branchOf(contract: Contract, schema: Schema, pointer: string): Resolved | undefined {
  const keyword = keywordOf(schema);
  if (keyword === undefined) return undefined;
  const branches = schema[keyword] as unknown[];
  return branches
    .map((branch, index) => follow(contract.document, branch, `${pointer}/${keyword}/${String(index)}`))
    .find(({ value }) => !isNull(value));
}

/**
 * @param pointer the schema's place in the document
 * @returns what the parts of `allOf` say together, at the place of the first; undefined where there are none
 */
export function joinedOf(contract: Contract, schema: Schema, pointer: string): Resolved | undefined {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return undefined;
  const parts = allOf.map((part, index) => follow(contract.document, part, `${pointer}/allOf/${String(index)}`));
  const [first] = parts;
  if (!first) return undefined;
  const properties = propertiesOf(contract.document, schema, pointer);
  // Properties are gathered from all parts by whoever reads an object.
  if (properties.length > 0) return { value: { ...schema, type: 'object', properties: {} }, pointer };
  return { value: Object.assign({}, ...parts.map(({ value }) => value), own) as Schema, pointer: first.pointer };
}

function keywordOf(schema: Schema): 'anyOf' | 'oneOf' | undefined {
  return (['anyOf', 'oneOf'] as const).find((name) => {
    const branches = schema[name];
    return Array.isArray(branches) && branches.some((branch) => isObject(branch) && !isNull(branch));
  });
}

function isNull(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.length === 1 && types[0] === 'null';
}
