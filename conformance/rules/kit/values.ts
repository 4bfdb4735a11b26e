/** Makes valid values: fresh in every run, fictional where they could reach a person, and the fixtures' own where they must exist. */
import { referenced } from '../../contract/graph/records.ts';
import { isObject, typesOf } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import { isSafe, madeSafe, phoneFor } from '../../values/safe-value.ts';
import { isFile } from '../../values/serialise/files.ts';
import type { Session } from '../types.ts';
import { branchOf, isBranched, joinedOf } from './branches.ts';
import { textOfFormat } from './formats.ts';
import { isPlain } from './law.ts';
import { makeNumber } from './make-number.ts';
import { chosenParts, makeArray, makeObject } from './make-parts.ts';
import { generate, makeText } from './make-text.ts';
import type { Chooser, Maker, Spot } from './maker.ts';
import { unionOf } from './parts.ts';

export { uuid } from './make-text.ts';
export { numeric } from './maker.ts';

export interface BodyOptions {
  /** Values for some properties; `undefined` leaves the property out. */
  set?: Record<string, unknown>;
  /** Leave all optional properties out. */
  requiredOnly?: boolean;
  /** Use a fixture's second value where there is one. */
  other?: boolean;
  /** Properties whose list value or boolean is another one than usual. */
  otherwise?: ReadonlySet<string>;
  /** Which branch a union takes, by its place. */
  branches?: ReadonlyMap<string, number>;
}

/**
 * @param session seeded choices and fixtures
 * @param fields the request's properties
 * @param example a named example of the contract, if it has one: the base of what is sent
 * @param key what makes this body different from every other one
 */
export function makeBody(
  session: Session,
  fields: readonly RequestField[],
  example: unknown,
  key: string,
  options: BodyOptions = {},
): Record<string, unknown> {
  const fresh = session.fresh(key);
  const maker = makerOf(session, key, options);
  const base = isObject(example) ? example : {};
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const { set } = options;
    if (set && Object.hasOwn(set, field.name)) {
      if (set[field.name] !== undefined) body[field.name] = set[field.name];
      continue;
    }
    if (
      !field.required &&
      (options.requiredOnly === true || (field.fixture === undefined && !worthSending(field, base, maker.plain)))
    )
      continue;
    if (field.fixture !== undefined) {
      const value =
        (options.other ? session.fixture(`${field.fixture}.other`) : undefined) ?? session.fixture(field.fixture);
      if (value !== undefined) body[field.name] = asType(field.schema, value);
      continue;
    }
    const value = maker.make(spotOf(session.contract, field, base[field.name]));
    const safe = madeSafe(session.contract, field, value, fresh, field.required);
    if (safe !== undefined) body[field.name] = safe;
  }
  return body;
}

/**
 * Values of lists and booleans are the same in every create, and others in every update: so that a target that refuses one of them
 * fails the case that asks for it, and not some others by chance.
 */
function steady(session: Session, key: string, options: BodyOptions): Chooser {
  const fixed = session.fresh('choice');
  const step = (name: string, below: number): number => {
    if (!options.otherwise?.has(name)) return options.other ? 1 : 0;
    return options.other && below > 2 ? 2 : 1;
  };
  return { ...session.fresh(key), choice: (name, below) => (fixed.int(name, below) + step(name, below)) % below };
}

/** An optional property without example whose schema says too little is left out rather than guessed. */
function worthSending(field: RequestField, base: Record<string, unknown>, plain: boolean): boolean {
  return (
    Object.hasOwn(base, field.name) ||
    typesOf(field.schema).length > 0 ||
    isBranched(field.schema) ||
    isFile(field.schema) ||
    (plain && (Array.isArray(field.schema.allOf) || isObject(field.schema.properties)))
  );
}

/** A fixture is given as text; a contract may want a number. */
function asType(schema: Schema, value: string): unknown {
  const types = typesOf(schema);
  return !types.includes('string') && (types.includes('integer') || types.includes('number')) ? Number(value) : value;
}

/** So many optional properties inside of objects are sent at most, in one body. */
const MOST_OPTIONAL = 100;

function makerOf(session: Session, key: string, options: BodyOptions): Maker {
  const maker: Maker = {
    contract: session.contract,
    fresh: steady(session, key, options),
    plain: isPlain(session.contract),
    keeps: (pointer, value) => session.keeps(pointer, value),
    patternTexts: session.patternTexts,
    branches: options.branches,
    optional: options.requiredOnly === true ? 0 : MOST_OPTIONAL,
    make: (spot) => makeValue(maker, spot),
  };
  return maker;
}

function spotOf({ document }: Contract, { name, schema, pointer }: RequestField, example: unknown): Spot {
  return { schema, pointer: referenced(document, pointer), example, names: [name], name, depth: 0, above: [] };
}

/**
 * @param session seeded choices
 * @param field a property of a request
 * @param key what makes this value different from every other one
 * @param options what to take, and an example of the contract
 * @returns a value for it that may leave the machine; undefined where none can be made
 */
export function makeFieldValue(
  session: Session,
  field: RequestField,
  key: string,
  options: BodyOptions & { example?: unknown } = {},
): unknown {
  const maker = makerOf(session, key, options);
  const value = maker.make(spotOf(session.contract, field, options.example));
  return madeSafe(session.contract, field, value, session.fresh(key), field.required);
}

/** Branches that lead to themselves alone. */
const DEEPEST = 20;
/** Deeper than this a union takes what is no object and no list, where it can. */
const DEEP = 4;
const DEEPEST_BRANCH = 8;

function makeValue(maker: Maker, spot: Spot): unknown {
  const { schema, pointer, example, names, name, depth } = spot;
  const { contract, fresh } = maker;
  if ('const' in schema) return schema.const;
  if (depth > DEEPEST) return example;
  const generated = generate(schema, fresh, name);
  if (generated !== undefined) return generated;
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((value) => value !== null);
    const property = { name: names.at(-1) ?? '', schema, pointer };
    const safe = values.filter((value) => isSafe(contract, property, value));
    const usable = safe.length > 0 ? safe : values;
    return usable[fresh.choice(name, usable.length)];
  }
  const phone = phoneFor(names, [schema], fresh, name, example);
  if (phone !== undefined) return phone;
  const branch = takenBranch(maker, spot);
  if (branch) return maker.make({ ...branch, depth: depth + 1 });
  switch (typeAt(maker, spot)) {
    case 'boolean':
      return fresh.choice(name, 2) === 1;
    case 'integer':
    case 'number':
      return makeNumber(maker, spot);
    case 'array':
      return makeArray(maker, spot);
    case 'object':
      return makeObject(maker, spot);
    case 'string':
      return makeText(maker, spot);
    default: {
      const whole = joinedOf(contract, schema, pointer);
      if (whole) return maker.make({ ...spot, schema: whole.value, pointer: whole.pointer, depth: depth + 1 });
      if (maker.plain && typeof schema.pattern === 'string') return makeText(maker, spot);
      return example ?? (isFile(schema) ? textOfFormat({ ...schema, format: 'binary' }, fresh, name) : undefined);
    }
  }
}

function typeAt(maker: Maker, { schema, pointer }: Spot): string | undefined {
  const types = typesOf(schema).filter((type) => type !== 'null');
  return (
    types[0] ??
    (isObject(schema.properties) || (maker.plain && isObjectLike(maker, schema, pointer)) ? 'object' : undefined)
  );
}

function isObjectItself(schema: Schema): boolean {
  return typesOf(schema)[0] === 'object' || isObject(schema.properties) || Array.isArray(schema.allOf);
}

/** Whether a schema, or what it is put together of, is that of an object. */
function isObjectLike(maker: Maker, schema: Schema, pointer: string): boolean {
  const types = typesOf(schema).filter((type) => type !== 'null');
  if (types.length > 0) return types[0] === 'object';
  const { parts } = chosenParts(maker, schema, pointer);
  return parts.some(({ value }) => typesOf(value).includes('object') || isObject(value.properties));
}

/** Format, pattern and bounds stand in the branch: what is written beside it says at most the type. */
function takenBranch(maker: Maker, spot: Spot): Spot | undefined {
  const { schema, pointer, depth } = spot;
  if (!maker.plain) {
    const branch =
      schema.type === undefined && !isObject(schema.properties) && depth <= DEEPEST_BRANCH
        ? branchOf(maker.contract, schema, pointer)
        : undefined;
    return branch && { ...spot, schema: branch.value, pointer: branch.pointer };
  }
  if (!isBranched(schema)) return undefined;
  const union = unionOf(maker.contract, schema, pointer);
  if (!union) return undefined;
  const wanted = union.branches[maker.branches?.get(pointer) ?? 0] ?? union.branches[0];
  const branch = depth > DEEP ? (union.branches.find(({ value }) => isScalar(value)) ?? wanted) : wanted;
  // An object's parts are put together by whoever makes it: they may stand beside the union as well.
  if (!branch || isObjectItself(schema) || isObjectLike(maker, branch.value, branch.pointer)) return undefined;
  const { oneOf: _one, anyOf: _any, ...beside } = schema;
  return { ...spot, schema: { ...beside, ...branch.value }, pointer: branch.pointer };
}

function isScalar(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.length > 0 && types.every((type) => type !== 'object' && type !== 'array');
}
