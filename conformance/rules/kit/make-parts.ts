/** Makes lists and objects (JSON Schema 2020-12: Core, section 10.3; Validation, sections 6.4 and 6.5). */
import { follow, isObject, propertiesOf, typesOf } from '../../contract/resolve.ts';
import type { Schema } from '../../contract/types.ts';
import { isBranched } from './branches.ts';
import { numeric, type Maker, type Spot } from './maker.ts';
import { partsOf, propertiesOfParts, type Part, type PartProperty, type Union } from './parts.ts';

/** Schemas may be recursive. */
const DEEPEST = 5;
/** What may be missing is sent so deep inside. */
const DEEPEST_OPTIONAL = 3;
/** Lists of things that all differ may have few to choose from. */
const TRIES = 40;

/** @returns a list with as many items as the example, or as have to be there */
export function makeArray(maker: Maker, spot: Spot): unknown {
  const { schema, pointer, example, depth } = spot;
  const least = numeric(schema.minItems) ?? 0;
  if (depth > DEEPEST && (!maker.plain || least === 0)) return [];
  const { document } = maker.contract;
  const prefix: unknown[] = maker.plain && Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const places = prefix.map((node, index) => follow(document, node, `${pointer}/prefixItems/${String(index)}`));
  const items = follow(document, schema.items ?? {}, `${pointer}/items`);
  const samples: unknown[] = Array.isArray(example) && example.length > 0 ? example : [undefined];
  const open = schema.items !== false && (places.length === 0 || isObject(schema.items));
  const wanted = places.length > 0 ? Math.max(least, places.length) : Math.max(least, samples.length);
  const count = Math.min(wanted, numeric(schema.maxItems) ?? 1000, open ? Infinity : places.length);
  const made: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    const place = places[index] ?? items;
    const at = { ...spot, schema: place.value, pointer: place.pointer, depth: depth + 1 };
    const sample = samples[index % samples.length];
    const one = (name: string, shown: unknown): unknown => maker.make({ ...at, name, example: shown });
    let value = one(`${spot.name}-${String(index)}`, sample);
    if (maker.plain && schema.uniqueItems === true)
      for (let next = 1; next < TRIES && has(made, value); next += 1)
        value = one(`${spot.name}-${String(index)}-${String(next)}`, undefined);
    made.push(value);
  }
  return maker.plain ? withContained(maker, spot, made) : made;
}

function has(list: readonly unknown[], value: unknown): boolean {
  return list.some((one) => JSON.stringify(one) === JSON.stringify(value));
}

/** `contains`: what is missing of it stands at the end. */
function withContained(maker: Maker, spot: Spot, made: unknown[]): unknown[] {
  const { schema, pointer } = spot;
  if (!isObject(schema.contains)) return made;
  const inner = follow(maker.contract.document, schema.contains, `${pointer}/contains`);
  const items = follow(maker.contract.document, schema.items ?? {}, `${pointer}/items`);
  const kept = made.filter((value) => maker.keeps?.(inner.pointer, value) === true).length;
  const missing = (numeric(schema.minContains) ?? 1) - kept;
  if (missing <= 0) return made;
  const extra = Array.from({ length: missing }, (_, index) =>
    maker.make({
      ...spot,
      schema: { ...items.value, ...inner.value },
      pointer: inner.pointer,
      example: undefined,
      name: `${spot.name}-contained-${String(index)}`,
      depth: spot.depth + 1,
    }),
  );
  const room = (numeric(schema.maxItems) ?? 1000) - extra.length;
  return [...made.slice(0, Math.max(0, Math.min(room, made.length))), ...extra];
}

/** @returns an object with what the example has and what has to be there */
export function makeObject(maker: Maker, spot: Spot): unknown {
  return maker.plain ? plainObject(maker, spot) : shownObject(maker, spot);
}

/** Of a contract with examples of its own: what they show, and what is required. */
function shownObject(maker: Maker, spot: Spot): unknown {
  const { schema, pointer, example, names, name, depth } = spot;
  if (depth > DEEPEST) return {};
  const base = isObject(example) ? example : {};
  const made: Record<string, unknown> = {};
  const properties = propertiesOf(maker.contract.document, schema, pointer);
  for (const property of properties) {
    if (property.schema.readOnly === true) continue;
    if (!property.required && !Object.hasOwn(base, property.name)) continue;
    made[property.name] = maker.make({
      ...spot,
      schema: property.schema,
      pointer: property.pointer,
      example: base[property.name],
      names: [...names, property.name],
      name: `${name}-${property.name}`,
      depth: depth + 1,
    });
  }
  openNames(maker, spot, made, (key) => properties.some((property) => property.name === key));
  return made;
}

/** What the schema lets stand there under any name. */
function openNames(maker: Maker, spot: Spot, made: Record<string, unknown>, isNamed: (key: string) => boolean): void {
  const { schema, pointer, example, names, name, depth } = spot;
  const base = isObject(example) ? example : {};
  if (!isObject(schema.additionalProperties)) {
    for (const [key, value] of Object.entries(base)) if (!Object.hasOwn(made, key) && !isNamed(key)) made[key] = value;
    return;
  }
  const open = follow(maker.contract.document, schema.additionalProperties, `${pointer}/additionalProperties`);
  const keys = Object.keys(base).filter((key) => !isNamed(key));
  for (const key of keys.length > 0 ? keys : [newName(maker, spot, 0)])
    made[key] = maker.make({
      ...spot,
      schema: open.value,
      pointer: open.pointer,
      example: base[key],
      names: [...names, key],
      name: `${name}-${key}`,
      depth: depth + 1,
    });
}

/** A name as `propertyNames` and `patternProperties` want it. */
function newName(maker: Maker, { schema, pointer, name }: Spot, index: number): string {
  const usual = index === 0 ? 'ringtrue' : `ringtrue${String(index + 1)}`;
  if (!maker.plain || !isObject(schema.propertyNames)) return usual;
  const names = follow(maker.contract.document, schema.propertyNames, `${pointer}/propertyNames`);
  if (maker.keeps?.(names.pointer, usual) !== false) return usual;
  const value = maker.make({
    schema: { type: 'string', ...names.value },
    pointer: names.pointer,
    example: undefined,
    names: [],
    name: `${name}-name-${String(index)}`,
    depth: DEEPEST,
    above: [],
  });
  return typeof value === 'string' ? value : usual;
}

/**
 * @param maker what it is made with
 * @param schema with its references followed
 * @param pointer where it stands
 * @returns the parts of an object's schema, with the branches that are taken
 */
export function chosenParts(maker: Maker, schema: Schema, pointer: string): ReturnType<typeof partsOf> {
  return partsOf(maker.contract, { value: schema, pointer }, (union) => chosen(maker, union));
}

function chosen({ branches }: Maker, union: Union): number {
  return branches?.get(union.pointer) ?? 0;
}

function plainObject(maker: Maker, spot: Spot): unknown {
  const { schema, pointer, example, depth } = spot;
  const { parts, tags } = chosenParts(maker, schema, pointer);
  const properties = propertiesOfParts(maker.contract, parts, tags).filter((one) => one.schema.readOnly !== true);
  const base = isObject(example) ? example : {};
  const made: Record<string, unknown> = {};
  const within = { ...spot, above: [...spot.above, pointer] };
  const put = (property: PartProperty): void => {
    const value = maker.make(inside(within, property, base[property.name]));
    if (value !== undefined) made[property.name] = value;
  };
  for (const property of properties) if (property.required || Object.hasOwn(base, property.name)) put(property);
  if (depth < DEEPEST_OPTIONAL)
    for (const property of properties) {
      if (Object.hasOwn(made, property.name) || maker.optional <= 0 || !isSaid(property.schema)) continue;
      if (within.above.includes(property.target)) continue;
      maker.optional -= 1;
      put(property);
    }
  const named = (key: string): boolean => properties.some(({ name }) => name === key);
  if (depth <= DEEPEST)
    for (const part of parts) openNames(maker, { ...within, schema: part.value, pointer: part.pointer }, made, named);
  patterned(maker, within, parts, made);
  settle(maker, within, { parts, properties, made });
  bounded(maker, within, { parts, properties, made });
  return made;
}

function inside(spot: Spot, { name, schema, pointer, target }: PartProperty, example: unknown): Spot {
  return {
    ...spot,
    schema,
    pointer: schema.const === undefined ? target : pointer,
    example,
    names: [...spot.names, name],
    name: `${spot.name}-${name}`,
    depth: spot.depth + 1,
  };
}

/** A schema that says too little is left out rather than guessed. */
function isSaid(schema: Schema): boolean {
  return typesOf(schema).length > 0 || isBranched(schema) || isObject(schema.properties) || Array.isArray(schema.allOf);
}

/** One name for each expression, where nothing else may stand there. */
function patterned(maker: Maker, spot: Spot, parts: readonly Part[], made: Record<string, unknown>): void {
  for (const { value, pointer } of parts) {
    if (!isObject(value.patternProperties) || Object.keys(made).length > 0) continue;
    for (const [pattern, node] of Object.entries(value.patternProperties).slice(0, 1)) {
      const place = `${pointer}/patternProperties/${pattern.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const open = follow(maker.contract.document, node, place);
      const seed = maker.fresh.int(`${spot.name}/name`, 2 ** 31);
      const key = maker.patternTexts?.(pattern, { least: 1, most: 60 }, seed);
      if (key === undefined) continue;
      const at = { ...spot, schema: open.value, pointer: open.pointer, example: undefined };
      made[key] = maker.make({ ...at, names: [...spot.names, key], name: `${spot.name}-open`, depth: spot.depth + 1 });
    }
  }
}

interface Making {
  parts: Part[];
  properties: PartProperty[];
  made: Record<string, unknown>;
}

/** What one property asks of others: `dependentRequired`, `dependentSchemas`, `if` with `then` and `else`. */
function settle(maker: Maker, spot: Spot, { parts, properties, made }: Making): void {
  const all = [...parts];
  const known = new Map(properties.map((property) => [property.name, property]));
  const add = (node: unknown, place: string): void => {
    if (!isObject(node)) return;
    const { value, pointer } = follow(maker.contract.document, node, place);
    if (all.some((part) => part.pointer === pointer)) return;
    const more = chosenParts(maker, value, pointer);
    all.push(...more.parts);
    for (const property of propertiesOfParts(maker.contract, more.parts, more.tags)) {
      const before = known.get(property.name);
      const schema = { ...before?.schema, ...property.schema };
      const merged = { ...(before ?? property), schema, required: property.required };
      known.set(property.name, merged);
      const kept = Object.hasOwn(made, property.name) && maker.keeps?.(property.pointer, made[property.name]) !== false;
      if (!kept && (Object.hasOwn(made, property.name) || property.required))
        made[property.name] = maker.make(inside(spot, { ...merged, target: property.pointer }, undefined));
    }
    for (const name of more.parts.flatMap((part) => namesIn(part.value.required))) need(name);
  };
  const need = (name: string): void => {
    const property = known.get(name);
    if (!Object.hasOwn(made, name)) made[name] = property ? maker.make(inside(spot, property, undefined)) : 'ringtrue';
  };
  // What is added may ask for more.
  for (let index = 0; index < all.length && index < 50; index += 1) {
    const { value, pointer } = all[index] ?? { value: {}, pointer: '' };
    for (const [name, others] of Object.entries(isObject(value.dependentRequired) ? value.dependentRequired : {}))
      if (Object.hasOwn(made, name)) namesIn(others).forEach(need);
    for (const [name, schema] of Object.entries(isObject(value.dependentSchemas) ? value.dependentSchemas : {}))
      if (Object.hasOwn(made, name)) add(schema, `${pointer}/dependentSchemas/${name}`);
    if (value.if === undefined || !maker.keeps) continue;
    const way = maker.keeps(`${pointer}/if`, made) ? 'then' : 'else';
    add(value[way], `${pointer}/${way}`);
  }
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** As many properties as have to be there, and no more than may. */
function bounded(maker: Maker, spot: Spot, { parts, properties, made }: Making): void {
  const least = Math.max(0, ...parts.map(({ value }) => numeric(value.minProperties) ?? 0));
  const most = Math.min(Infinity, ...parts.map(({ value }) => numeric(value.maxProperties) ?? Infinity));
  const count = (): number => Object.keys(made).length;
  for (const property of properties)
    if (count() < least && !Object.hasOwn(made, property.name)) {
      const value = maker.make(inside(spot, property, undefined));
      if (value !== undefined) made[property.name] = value;
    }
  const map = parts.find(({ value }) => isObject(value.additionalProperties)) ?? parts[0];
  const closed = parts.some(({ value }) => value.additionalProperties === false);
  for (let index = 1; map && !closed && count() < least && index < 100; index += 1) {
    const open = follow(
      maker.contract.document,
      map.value.additionalProperties ?? {},
      `${map.pointer}/additionalProperties`,
    );
    const key = newName(maker, { ...spot, schema: map.value, pointer: map.pointer }, index);
    const schema = isObject(map.value.additionalProperties) ? open.value : { type: 'string' };
    made[key] = maker.make({
      ...spot,
      schema,
      pointer: open.pointer,
      example: undefined,
      name: `${spot.name}-${key}`,
      depth: spot.depth + 1,
    });
  }
  const required = new Set(properties.filter((one) => one.required).map(({ name }) => name));
  for (const name of Object.keys(made).reverse()) if (count() > most && !required.has(name)) delete made[name];
}
