/** Makes valid values: fresh in every run, fictional where they could reach a person, and the fixtures' own where they must exist. */
import { follow, isObject, propertiesOf, typesOf } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import { fictionalNumber } from '../../values/fictional.ts';
import { isSafe, madeSafe, phoneFor } from '../../values/safe-value.ts';
import { isFile } from '../../values/serialise/files.ts';
import type { Fresh, Session } from '../types.ts';
import { textOfFormat } from './formats.ts';
import { branchOf, isBranched, joinedOf } from './branches.ts';

/** @returns a random UUID, version 4 (RFC 9562 section 5.4) */
export function uuid(fresh: Fresh, name: string): string {
  const hex = fresh.hex(name, 32);
  const variant = '89ab'[fresh.int(`${name}/variant`, 4)] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export interface BodyOptions {
  /** Values for some properties; `undefined` leaves the property out. */
  set?: Record<string, unknown>;
  /** Leave all optional properties out. */
  requiredOnly?: boolean;
  /** Use a fixture's second value where there is one. */
  other?: boolean;
  /** Properties whose list value or boolean is another one than usual. */
  otherwise?: ReadonlySet<string>;
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
      (options.requiredOnly === true || (field.fixture === undefined && !worthSending(field, base)))
    )
      continue;
    if (field.fixture !== undefined) {
      const value =
        (options.other ? session.fixture(`${field.fixture}.other`) : undefined) ?? session.fixture(field.fixture);
      if (value !== undefined) body[field.name] = asType(field.schema, value);
      continue;
    }
    const value = makeValue(
      session.contract,
      field.schema,
      field.pointer,
      base[field.name],
      steady(session, fresh, options),
      [field.name],
      field.name,
      0,
    );
    const safe = madeSafe(session.contract, field, value, fresh, field.required);
    if (safe !== undefined) body[field.name] = safe;
  }
  return body;
}

/**
 * Values of lists and booleans are the same in every create, and others in every update: so that a target that refuses one of them
 * fails the case that asks for it, and not some others by chance.
 */
function steady(session: Session, fresh: Fresh, options: BodyOptions): Chooser {
  const fixed = session.fresh('choice');
  const step = (name: string, below: number): number => {
    if (!options.otherwise?.has(name)) return options.other ? 1 : 0;
    return options.other && below > 2 ? 2 : 1;
  };
  return { ...fresh, choice: (name, below) => (fixed.int(name, below) + step(name, below)) % below };
}

/** Schemas may be recursive. */
const DEEPEST = 8;

type Chooser = Fresh & { choice: (name: string, below: number) => number };

/** An optional property without example whose schema says too little is left out rather than guessed. */
function worthSending(field: RequestField, base: Record<string, unknown>): boolean {
  return (
    Object.hasOwn(base, field.name) ||
    typesOf(field.schema).length > 0 ||
    isBranched(field.schema) ||
    isFile(field.schema)
  );
}

/** A fixture is given as text; a contract may want a number. */
function asType(schema: Schema, value: string): unknown {
  const types = typesOf(schema);
  return !types.includes('string') && (types.includes('integer') || types.includes('number')) ? Number(value) : value;
}

function makeValue(
  contract: Contract,
  schema: Schema,
  pointer: string,
  example: unknown,
  fresh: Chooser,
  names: readonly string[],
  name: string,
  depth: number,
): unknown {
  if ('const' in schema) return schema.const;
  // Branches that lead to themselves alone.
  if (depth > 20) return example;
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
  // Format, pattern and bounds stand in the branch: what is written beside it says at most the type.
  const branch =
    schema.type === undefined && !isObject(schema.properties) ? branchOf(contract, schema, pointer) : undefined;
  if (branch && depth <= DEEPEST)
    return makeValue(contract, branch.value, branch.pointer, example, fresh, names, name, depth + 1);
  const types = typesOf(schema).filter((type) => type !== 'null');
  const type = types[0] ?? (isObject(schema.properties) ? 'object' : undefined);
  switch (type) {
    case 'boolean':
      return fresh.choice(name, 2) === 1;
    case 'integer':
    case 'number':
      return makeNumber(schema, fresh, name);
    case 'array':
      return makeArray(contract, schema, pointer, example, fresh, names, name, depth);
    case 'object':
      return makeObject(contract, schema, pointer, example, fresh, names, name, depth);
    case 'string':
      return makeText(schema, example, fresh, name);
    default: {
      const whole = joinedOf(contract, schema, pointer);
      return whole
        ? makeValue(contract, whole.value, whole.pointer, example, fresh, names, name, depth + 1)
        : (example ?? (isFile(schema) ? textOfFormat({ ...schema, format: 'binary' }, fresh, name) : undefined));
    }
  }
}

function generate(schema: Schema, fresh: Fresh, name: string): unknown {
  switch (schema['x-ringtrue-generate']) {
    case 'phone':
      return fictionalNumber(fresh, name);
    case 'decimal':
      return `${String(fresh.int(name, 9))}.${String(1 + fresh.int(`${name}/cents`, 9))}${String(1 + fresh.int(`${name}/mills`, 9))}`;
    case 'identifier':
      return `rt-${fresh.token}-${name}`;
    case 'text':
      return fits(schema, `RingTrue ${fresh.token} ${name}`) ?? fits(schema, fresh.token);
    case 'uri':
      return `https://ringtrue.example/${fresh.token}/${name}`;
    case 'email':
      return `ringtrue-${fresh.token}@mail.example`;
    case 'seconds':
      return 1 + fresh.int(name, 3600);
    case 'instant':
      return anInstant(fresh, name);
    default:
      return undefined;
  }
}

/** Far enough ahead that nothing happens at that instant. */
function anInstant(fresh: Fresh, name: string): string {
  const two = (below: number, part: string): string => String(fresh.int(`${name}/${part}`, below)).padStart(2, '0');
  return `2098-0${String(1 + fresh.int(name, 9))}-1${String(fresh.int(`${name}/day`, 10))}T${two(24, 'h')}:${two(60, 'm')}:${two(60, 's')}.${String(100 + fresh.int(`${name}/ms`, 900))}Z`;
}

function makeNumber(schema: Schema, fresh: Fresh, name: string): number {
  const least = numeric(schema.minimum) ?? (numeric(schema.exclusiveMinimum) ?? -1) + 1;
  const most = numeric(schema.maximum) ?? (numeric(schema.exclusiveMaximum) ?? least + 1001) - 1;
  const step = numeric(schema.multipleOf) ?? 1;
  const count = Math.max(1, Math.floor((most - least) / step) + 1);
  const value = least + step * fresh.int(name, Math.min(count, 100_000));
  return schema.multipleOf === undefined ? value : Math.ceil(value / step) * step;
}

function makeArray(
  contract: Contract,
  schema: Schema,
  pointer: string,
  example: unknown,
  fresh: Chooser,
  names: readonly string[],
  name: string,
  depth: number,
): unknown {
  if (depth > 5) return [];
  const items = follow(contract.document, schema.items ?? {}, `${pointer}/items`);
  const samples: unknown[] = Array.isArray(example) && example.length > 0 ? example : [undefined];
  const count = Math.min(Math.max(numeric(schema.minItems) ?? 0, samples.length), numeric(schema.maxItems) ?? 1000);
  return Array.from({ length: count }, (_, index) =>
    makeValue(
      contract,
      items.value,
      items.pointer,
      samples[index % samples.length],
      fresh,
      names,
      `${name}-${String(index)}`,
      depth + 1,
    ),
  );
}

function makeObject(
  contract: Contract,
  schema: Schema,
  pointer: string,
  example: unknown,
  fresh: Chooser,
  names: readonly string[],
  name: string,
  depth: number,
): unknown {
  if (depth > 5) return {};
  const base = isObject(example) ? example : {};
  const made: Record<string, unknown> = {};
  const properties = propertiesOf(contract.document, schema, pointer);
  for (const property of properties) {
    if (property.schema.readOnly === true) continue;
    if (!property.required && !Object.hasOwn(base, property.name)) continue;
    made[property.name] = makeValue(
      contract,
      property.schema,
      property.pointer,
      base[property.name],
      fresh,
      [...names, property.name],
      `${name}-${property.name}`,
      depth + 1,
    );
  }
  if (isObject(schema.additionalProperties)) {
    const open = follow(contract.document, schema.additionalProperties, `${pointer}/additionalProperties`);
    const keys = Object.keys(base).filter((key) => !properties.some((property) => property.name === key));
    for (const key of keys.length > 0 ? keys : ['ringtrue'])
      made[key] = makeValue(
        contract,
        open.value,
        open.pointer,
        base[key],
        fresh,
        [...names, key],
        `${name}-${key}`,
        depth + 1,
      );
  } else {
    for (const [key, value] of Object.entries(base))
      if (!Object.hasOwn(made, key) && !properties.some((p) => p.name === key)) made[key] = value;
  }
  return made;
}

function makeText(schema: Schema, example: unknown, fresh: Fresh, name: string): unknown {
  switch (schema.format) {
    case 'uuid':
      return uuid(fresh, name);
    case 'date-time':
      return typeof schema.pattern === 'string' && typeof example === 'string' ? example : anInstant(fresh, name);
    case 'date':
      return anInstant(fresh, name).slice(0, 10);
    case 'uri':
    case 'iri':
      return `https://ringtrue.example/${fresh.token}/${name}`;
    case 'email':
      return `ringtrue-${fresh.token}@mail.example`;
    case undefined:
      break;
    default:
      return sample(schema, example) ?? textOfFormat(schema, fresh, name);
  }
  // A pattern or a list of examples says more than a made-up text could keep.
  if (typeof schema.pattern === 'string' || Array.isArray(schema.examples)) return sample(schema, example);
  return fits(schema, `rt-${fresh.token}-${name}`) ?? fits(schema, fresh.token) ?? sample(schema, example);
}

function sample(schema: Schema, example: unknown): unknown {
  if (example !== undefined) return example;
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  return schema.example ?? schema.default;
}

function fits(schema: Schema, text: string): string | undefined {
  const most = numeric(schema.maxLength);
  const least = numeric(schema.minLength) ?? 0;
  if (most !== undefined && text.length > most) return undefined;
  return text.length < least ? text.padEnd(least, 'x') : text;
}

/** @returns the value when it is a number */
export function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
