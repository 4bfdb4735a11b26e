/** Every branch of the unions in a property of a request, so that each is sent once. */
import { referenced } from '../../contract/graph/records.ts';
import { follow, isObject } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import { partsOf, propertiesOfParts, unionOf } from './parts.ts';

export interface FieldBranch {
  /** Tells it from the others of the property: `method-Card`. */
  id: string;
  /** `the branch Card of method`. */
  title: string;
  /** Which branch each union takes, by its place. */
  take: ReadonlyMap<string, number>;
}

/** As deep as unions are looked for, and as many as are told of one property. */
const DEEPEST = 4;
const MOST = 24;

/**
 * @param contract the contract
 * @param field a property of a request body
 * @returns a way for each branch of each union in it, in the order of the document; none where nothing is left to choose
 * @see JSON Schema 2020-12, Core, section 10.2.1; OpenAPI 3.1, Discriminator Object
 */
export function fieldBranches(contract: Contract, field: RequestField): FieldBranch[] {
  const found: FieldBranch[] = [];
  const seen = new Set<string>();
  const visit = (
    schema: Schema,
    pointer: string,
    path: string,
    taken: ReadonlyMap<string, number>,
    depth: number,
  ): void => {
    if (depth > DEEPEST || found.length >= MOST || seen.has(`${pointer} ${path}`)) return;
    seen.add(`${pointer} ${path}`);
    const union = unionOf(contract, schema, pointer);
    const many = union !== undefined && union.branches.length > 1;
    union?.branches.forEach(({ name, value, pointer: target }, index) => {
      const take = new Map([...taken, [pointer, index]]);
      if (many)
        found.push({
          id: [path, name].filter((part) => part !== '').join('-'),
          title: titleOf(field.name, path, name),
          take,
        });
      if (!isObject(value.properties) && !Array.isArray(value.allOf)) visit(value, target, path, take, depth + 1);
    });
    if (isObject(schema.items)) {
      const items = follow(contract.document, schema.items, `${pointer}/items`);
      visit(items.value, items.pointer, path, taken, depth + 1);
    }
    const { parts } = partsOf(contract, { value: schema, pointer }, () => 0);
    for (const property of propertiesOfParts(contract, parts))
      if (property.schema.readOnly !== true)
        visit(
          property.schema,
          property.target,
          path === '' ? property.name : `${path}-${property.name}`,
          taken,
          depth + 1,
        );
  };
  visit(field.schema, referenced(contract.document, field.pointer), '', new Map(), 0);
  return found.slice(0, MOST);
}

function titleOf(field: string, path: string, name: string): string {
  return `the branch ${name}${path === '' ? '' : ` of ${field}.${path.replaceAll('-', '.')}`}`;
}
