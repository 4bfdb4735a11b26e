/** Where invalid values stand inside of lists and objects, and what only a plain document is asked there. */
import { referenced } from '../../contract/graph/records.ts';
import { follow, isObject, propertiesOf, typesOf, type Resolved } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import { isPlain } from './law.ts';
import { partsOf, propertiesOfParts, unionOf } from './parts.ts';

type Add = (
  kind: 'unknown-property' | 'duplicate-items',
  keyword: string,
  value: unknown,
  level: Level,
  detail: string,
  what: string,
) => void;

/** The name of a property that no document has. */
export const UNKNOWN = 'ringtrueUnknown';

/**
 * @param contract the contract
 * @param schema of a property
 * @param place where it stands
 * @returns the schema that its values have to keep: of one that may be null, the other branch. Of several branches nothing is said
 *   (`open`), since what one refuses another may take
 */
export function settledSchema(
  contract: Contract,
  schema: Schema,
  place: string,
): { schema: Schema; place: string; open: boolean } {
  const union = isPlain(contract) ? unionOf(contract, schema, place) : undefined;
  if (!union || isObject(schema.discriminator)) return { schema, place, open: union !== undefined };
  const [branch, ...more] = union.branches;
  if (!branch || more.length > 0) return { schema, place, open: true };
  const { oneOf: _one, anyOf: _any, ...beside } = schema;
  return { schema: { ...beside, ...branch.value }, place: branch.pointer, open: false };
}

/** @returns the schema of the first item, where it may not be null */
export function itemsOf(contract: Contract, schema: Schema, place: string): Resolved | undefined {
  if (!isObject(schema.items)) return undefined;
  const items = follow(contract.document, schema.items, `${referenced(contract.document, place)}/items`);
  return typesOf(items.value).includes('null') ? undefined : items;
}

/**
 * @param contract the contract
 * @param schema of an object
 * @param place where it stands
 * @returns its properties; of a union those of the branch that is sent
 */
export function insideOf(
  contract: Contract,
  schema: Schema,
  place: string,
): { name: string; schema: Schema; pointer: string; required: boolean }[] {
  if (!isPlain(contract))
    return isObject(schema.properties) || Array.isArray(schema.allOf)
      ? propertiesOf(contract.document, schema, referenced(contract.document, place)).filter(
          (property) => property.schema.readOnly !== true,
        )
      : [];
  const pointer = referenced(contract.document, place);
  const { parts, tags } = partsOf(contract, { value: schema, pointer }, () => 0);
  return propertiesOfParts(contract, parts, tags).filter(
    (property) => property.schema.readOnly !== true && !tags.has(property.name),
  );
}

/**
 * What a closed object and a list of different items refuse (JSON Schema 2020-12: Core, sections 10.3.2.3 and 11.3; Validation, section
 * 6.4.3).
 */
export function addClosed(
  contract: Contract,
  { schema, place, name, pointer }: { schema: Schema; place: string; name: string; pointer: string },
  add: Add,
): void {
  if (!isPlain(contract)) return;
  const keyword = closedBy(contract, schema, place);
  if (keyword !== undefined)
    add(
      'unknown-property',
      keyword,
      (valid: unknown) => (isObject(valid) ? { ...valid, [UNKNOWN]: 'ringtrue' } : undefined),
      'SHOULD',
      pointer === '' ? 'body' : 'unknown',
      `${name} has a property that it may not have`,
    );
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Infinity;
  if (schema.uniqueItems === true && most > 1)
    add(
      'duplicate-items',
      'uniqueItems',
      (valid: unknown) => twice(valid, most),
      'MUST',
      'twice',
      `${name} has the same item twice`,
    );
}

function twice(valid: unknown, most: number): unknown {
  if (!Array.isArray(valid) || valid.length === 0) return undefined;
  const items: unknown[] = valid;
  return [...items.slice(0, most - 1), items[0]];
}

/** @returns the keyword that closes an object; undefined for one that takes any name */
function closedBy(contract: Contract, schema: Schema, place: string): string | undefined {
  const { parts } = partsOf(contract, { value: schema, pointer: place }, () => 0);
  return ['additionalProperties', 'unevaluatedProperties'].find((keyword) =>
    parts.some(({ value }) => value[keyword] === false && value.patternProperties === undefined),
  );
}

/**
 * @param contract the contract
 * @param body schema of a request body
 * @returns a property that no name stands for, where the body as a whole is closed
 */
export function unknownField(
  contract: Contract,
  body: { schema: Schema; schemaPointer: string; envelope?: unknown } | undefined,
): { field: RequestField; keyword: string } | undefined {
  if (!isPlain(contract) || !body || body.envelope !== undefined) return undefined;
  const keyword = closedBy(contract, body.schema, body.schemaPointer);
  return keyword === undefined
    ? undefined
    : {
        field: { name: UNKNOWN, required: false, schema: {}, pointer: body.schemaPointer, refusedFixtures: {} },
        keyword,
      };
}
