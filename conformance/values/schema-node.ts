/** A schema with everything that bears on one place gathered: references, `allOf`, alternatives. */
import { at, follow, isObject } from '../contract/resolve.ts';
import type { Contract, Schema } from '../contract/types.ts';

interface Spot {
  schema: Schema;
  pointer: string;
}

/** As deep as requests are made: what is sent of a deeper part would be judged by its name alone. */
const DEEPEST = 200;

/** All the schemas that may hold at one place of a value. */
export class SchemaNode {
  readonly schemas: Schema[] = [];
  readonly #document: Contract['document'];
  readonly #spots: Spot[] = [];
  readonly #children = new Map<string, SchemaNode>();

  constructor(document: Contract['document'], starts: readonly { value: unknown; pointer: string }[]) {
    this.#document = document;
    const seen = new Set<string>();
    for (const { value, pointer } of starts) this.#gather(value, pointer, seen, 0);
  }

  /** @returns the place of a property; one that no schema names has the schemas of the open ones */
  property(name: string): SchemaNode {
    return this.#child(`.${name}`, () => this.#spots.flatMap((spot) => propertySpots(spot, name)));
  }

  /** @returns the place of an item of a list */
  item(index: number): SchemaNode {
    return this.#child(`[${String(index)}]`, () =>
      this.#spots.flatMap(({ schema, pointer }) => {
        const prefix = Array.isArray(schema.prefixItems) ? (schema.prefixItems as unknown[]) : [];
        if (index < prefix.length)
          return [{ value: prefix[index], pointer: `${pointer}/prefixItems/${String(index)}` }];
        return [
          ...(isObject(schema.items) ? [{ value: schema.items, pointer: `${pointer}/items` }] : []),
          ...(isObject(schema.contains) ? [{ value: schema.contains, pointer: `${pointer}/contains` }] : []),
        ];
      }),
    );
  }

  /** @returns the names of the properties that the schemas declare, in their order */
  get names(): string[] {
    return [
      ...new Set(
        this.#spots.flatMap(({ schema }) => (isObject(schema.properties) ? Object.keys(schema.properties) : [])),
      ),
    ];
  }

  /** @returns whether a property has to be there */
  requires(name: string): boolean {
    return this.#spots.some(({ schema }) => Array.isArray(schema.required) && schema.required.includes(name));
  }

  /** @returns whether the place is a list, an object with open names */
  get holds(): { items: boolean; open: boolean } {
    return {
      items: this.#spots.some(({ schema }) => isObject(schema.items) || Array.isArray(schema.prefixItems)),
      open: this.#spots.some(({ schema }) => isObject(schema.additionalProperties)),
    };
  }

  /** What tells a place from another, for those that walk in circles. */
  get key(): string {
    return this.#spots.map(({ pointer }) => pointer).join(' ');
  }

  #child(key: string, starts: () => { value: unknown; pointer: string }[]): SchemaNode {
    const known = this.#children.get(key);
    if (known) return known;
    const made = new SchemaNode(this.#document, starts());
    // What a run invents by way of names is not remembered for ever.
    if (this.#children.size < 500) this.#children.set(key, made);
    return made;
  }

  #gather(value: unknown, pointer: string, seen: Set<string>, depth: number): void {
    if (!isObject(value) || depth > DEEPEST) return;
    const { value: schema, pointer: place } = follow(this.#document, value, pointer);
    if (seen.has(place)) return;
    seen.add(place);
    this.schemas.push(schema);
    this.#spots.push({ schema, pointer: place });
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const parts: unknown = schema[keyword];
      if (Array.isArray(parts))
        parts.forEach((part, index) => {
          this.#gather(part, `${place}/${keyword}/${String(index)}`, seen, depth + 1);
        });
    }
    for (const keyword of ['then', 'else']) this.#gather(schema[keyword], `${place}/${keyword}`, seen, depth + 1);
    for (const [name, part] of Object.entries(isObject(schema.dependentSchemas) ? schema.dependentSchemas : {}))
      this.#gather(part, `${place}/dependentSchemas/${token(name)}`, seen, depth + 1);
    // Branches that only the mapping names (OpenAPI 3.1, Discriminator Object).
    const mapping = isObject(schema.discriminator) ? schema.discriminator.mapping : undefined;
    for (const target of Object.values(isObject(mapping) ? mapping : {}))
      if (typeof target === 'string' && target.startsWith('#/') && isObject(at(this.#document, target)))
        this.#gather({ $ref: target }, place, seen, depth + 1);
  }
}

function propertySpots({ schema, pointer }: Spot, name: string): { value: unknown; pointer: string }[] {
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name))
    return [{ value: schema.properties[name], pointer: `${pointer}/properties/${token(name)}` }];
  const patterns = Object.entries(isObject(schema.patternProperties) ? schema.patternProperties : {}).map(
    ([pattern, value]) => ({ value, pointer: `${pointer}/patternProperties/${token(pattern)}` }),
  );
  return isObject(schema.additionalProperties)
    ? [...patterns, { value: schema.additionalProperties, pointer: `${pointer}/additionalProperties` }]
    : patterns;
}

/** A reference token of a JSON Pointer (RFC 6901 section 3). */
function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A place of which a contract says nothing. */
export const nowhere = new SchemaNode({}, []);

const nodes = new WeakMap<Contract['document'], Map<string, SchemaNode>>();

/**
 * @param contract the contract
 * @param schema a schema of it
 * @param pointer where it stands, which is also what it is remembered by
 */
export function schemaNode(contract: Contract, schema: Schema, pointer: string): SchemaNode {
  const known = nodes.get(contract.document) ?? new Map<string, SchemaNode>();
  nodes.set(contract.document, known);
  const node = known.get(pointer) ?? new SchemaNode(contract.document, [{ value: schema, pointer }]);
  known.set(pointer, node);
  return node;
}
