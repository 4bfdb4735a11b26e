/** What the parts of an object's schema say together: references, `allOf`, and the branch that is taken of each union. */
import { at, escapeToken, follow, isObject, typesOf } from '../../contract/resolve.ts';
import type { Contract, JsonObject, Schema } from '../../contract/types.ts';

/** A schema that bears on an object, at its canonical place. */
export interface Part {
  value: Schema;
  pointer: string;
}

export interface PartProperty {
  name: string;
  schema: Schema;
  /** Where the property stands. */
  pointer: string;
  /** Where its schema stands, with references followed. */
  target: string;
  required: boolean;
}

/** One way that a union allows. */
export interface Branch {
  /** As the document calls it, or its number. */
  name: string;
  value: Schema;
  pointer: string;
  /** The property that tells the branch, and what it says (OpenAPI 3.1, Discriminator Object). */
  tag?: { property: string; value: string };
}

export interface Union {
  /** The place of its schema. */
  pointer: string;
  branches: Branch[];
}

/** More branches than anybody writes. */
const MOST_BRANCHES = 50;

/**
 * @param contract the contract
 * @param schema with its references followed
 * @param pointer where it stands
 * @returns what `oneOf`, `anyOf` or the mapping of a discriminator leave to choose, without null; undefined where there is no choice
 * @see OpenAPI 3.1, Discriminator Object
 */
export function unionOf({ document }: Pick<Contract, 'document'>, schema: Schema, pointer: string): Union | undefined {
  const { discriminator } = schema;
  const property =
    isObject(discriminator) && typeof discriminator.propertyName === 'string' ? discriminator.propertyName : undefined;
  const mapping =
    isObject(discriminator) && isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const keyword = (['oneOf', 'anyOf'] as const).find((name) => Array.isArray(schema[name]));
  const nodes: { node: unknown; place: string }[] = keyword
    ? (schema[keyword] as unknown[]).map((node, index) => ({ node, place: `${pointer}/${keyword}/${String(index)}` }))
    : mapping.flatMap(([, target]) =>
        typeof target === 'string' && target.startsWith('#/') && isObject(at(document, target))
          ? [{ node: { $ref: target }, place: pointer }]
          : [],
      );
  const seen = new Set<string>();
  const branches = nodes.slice(0, MOST_BRANCHES).flatMap(({ node, place }, index): Branch[] => {
    const { value, pointer: target } = follow(document, node, place);
    if (isNull(value) || seen.has(target) || target === pointer) return [];
    seen.add(target);
    const reference = isObject(node) && typeof node.$ref === 'string' ? node.$ref : undefined;
    const own = reference?.split('/').at(-1);
    const tag = mapping.find(([, to]) => to === reference || to === own)?.[0] ?? own;
    const name = tag ?? (typeof value.title === 'string' ? value.title : String(index + 1));
    return [
      {
        name,
        value,
        pointer: target,
        ...(property !== undefined && tag !== undefined ? { tag: { property, value: tag } } : {}),
      },
    ];
  });
  return branches.length > 0 && (keyword !== undefined || property !== undefined) ? { pointer, branches } : undefined;
}

function isNull(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.length === 1 && types[0] === 'null';
}

/**
 * @param contract the contract
 * @param start a schema that an object has to keep
 * @param choose which branch of a union is taken
 * @returns the schemas that bear on the object, and the properties that tell which branches were taken
 */
export function partsOf(
  contract: Pick<Contract, 'document'>,
  start: Part,
  choose: (union: Union) => number,
): { parts: Part[]; tags: Map<string, string> } {
  const parts: Part[] = [];
  const tags = new Map<string, string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown, place: string): void => {
    const { value, pointer } = follow(contract.document, node, place);
    const key = isObject(node) && typeof node.$ref === 'string' ? pointer : node;
    if (seen.has(key) || seen.has(pointer)) return;
    seen.add(key).add(pointer);
    parts.push({ value, pointer });
    const inside: unknown[] = Array.isArray(value.allOf) ? value.allOf : [];
    inside.forEach((part, index) => {
      visit(part, `${pointer}/allOf/${String(index)}`);
    });
    const union = unionOf(contract, value, pointer);
    const branch = union?.branches[choose(union)] ?? union?.branches[0];
    if (!branch) return;
    if (branch.tag && !tags.has(branch.tag.property)) tags.set(branch.tag.property, branch.tag.value);
    visit(branch.value, branch.pointer);
  };
  visit(start.value, start.pointer);
  return { parts, tags };
}

/**
 * @param contract the contract
 * @param parts that bear on an object
 * @param tags what properties say which tell the branch
 * @returns the properties that they name, in their order
 */
export function propertiesOfParts(
  { document }: Pick<Contract, 'document'>,
  parts: readonly Part[],
  tags: ReadonlyMap<string, string> = new Map(),
): PartProperty[] {
  const found = new Map<string, PartProperty>();
  const required = new Set(
    parts.flatMap(({ value }) => (Array.isArray(value.required) ? value.required.map(String) : [])),
  );
  for (const { value, pointer } of parts) {
    const properties: JsonObject = isObject(value.properties) ? value.properties : {};
    for (const [name, node] of Object.entries(properties)) {
      const own = `${pointer}/properties/${escapeToken(name)}`;
      const { value: schema, pointer: target } = follow(document, node, own);
      const before = found.get(name);
      const tag = tags.get(name);
      found.set(name, {
        name,
        schema: { ...before?.schema, ...schema, ...(tag === undefined ? {} : { const: tag }) },
        pointer: own,
        target,
        required: required.has(name) || tag !== undefined,
      });
    }
  }
  return [...found.values()];
}
