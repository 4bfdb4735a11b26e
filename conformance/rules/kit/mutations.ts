/** Everything that a target must refuse: one change each to a valid body. */
import { escapeToken, follow, isObject, textOf, typesOf } from '../../contract/resolve.ts';
import type { Contract, RequestField, Schema } from '../../contract/types.ts';
import type { Level } from '../../model/index.ts';
import { enumMutations } from './enum-mutations.ts';
import { isPlain, levelOfAccepting } from './law.ts';
import { addClosed, insideOf, itemsOf, settledSchema } from './nested-mutations.ts';
import { matches, patternMutations } from './pattern-mutations.ts';
import { phonePlace } from '../../values/phone-place.ts';
import { isSafe, type Property } from '../../values/safe-value.ts';
import { numeric } from './values.ts';

/** The kind of a change; each is a rule. */
export type MutationKind =
  | 'required-missing'
  | 'required-null'
  | 'empty-value'
  | 'wrong-type'
  | 'enum-refused'
  | 'pattern-refused'
  | 'format-refused'
  | 'bounds-refused'
  | 'unknown-property'
  | 'duplicate-items';

export interface Mutation {
  kind: MutationKind;
  field: RequestField;
  /** Where in the body. */
  pointer: string;
  /** `undefined` removes the property; a function makes it of the right value, and `undefined` when it cannot. */
  value: unknown;
  level: Level;
  /** Tells it from others of its kind and field. */
  detail: string;
  /** What is wrong with it, as a fact: `external_uuid is missing`. */
  what: string;
  /** Place of the broken keyword in the contract. */
  at: string;
  /** What the contract calls the value, or the format that it is not of. */
  title?: string;
}

const known = new WeakMap<RequestField, readonly Mutation[]>();

/**
 * @param contract the contract
 * @param field a top-level property of a request body
 * @returns its refused values, the property's own first
 */
export function mutationsOf(contract: Contract, field: RequestField): readonly Mutation[] {
  // A dozen rules ask for those of their kind.
  const mutations = known.get(field) ?? listMutations(contract, field);
  known.set(field, mutations);
  return mutations;
}

function listMutations(contract: Contract, field: RequestField): Mutation[] {
  const found: Mutation[] = [];
  visit(contract, field, field.schema, field.pointer, `/${escapeToken(field.name)}`, field.required, found, 0);
  const seen = new Set<string>();
  return found.filter((mutation) => {
    const key = `${mutation.kind}.${mutation.detail}`;
    if (mutation.level === 'MAY' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function levelOf(schema: Schema, keyword: string, fallback: Level = 'MUST'): Level {
  const levels = schema['x-ringtrue-levels'];
  const level = isObject(levels) ? levels[keyword] : undefined;
  return level === 'MUST' || level === 'SHOULD' || level === 'MAY' ? level : fallback;
}

function visit(
  contract: Contract,
  field: RequestField,
  whole: Schema,
  wholePlace: string,
  pointer: string,
  required: boolean,
  found: Mutation[],
  depth: number,
): void {
  if (depth > 4) return;
  // What the server makes may be left out, and what a client sends of it may be ignored (OpenAPI 3.1, Schema Object, readOnly).
  if (depth > 0 && whole.readOnly === true && isPlain(contract)) return;
  const { schema, place, open } = settledSchema(contract, whole, wholePlace);
  const name = pointer.slice(1).replaceAll('/', '.');
  const inner = pointer.split('/').slice(2).join('-');
  const add = (
    kind: MutationKind,
    keyword: string,
    value: unknown,
    level: Level,
    detail: string,
    what: string,
    title?: string,
  ): void => {
    found.push({
      kind,
      field,
      pointer,
      value,
      level: levelOfAccepting(contract, kind, level, schema),
      detail: inner ? `${inner}-${detail}` : detail,
      what,
      at: `${place}/${keyword}`,
      title,
    });
  };
  const types = typesOf(whole);
  if (required) {
    add('required-missing', '', undefined, levelOf(schema, 'required'), 'missing', `${name} is missing`);
    if (types.length > 0 && !types.includes('null') && !(Array.isArray(schema.enum) && schema.enum.includes(null)))
      add('required-null', 'type', null, levelOf(schema, 'null'), 'null', `${name} is null`);
  }
  const names = pointer.split('/').filter((token) => !/^\d*$/.test(token));
  const isPhone = phonePlace(names, [schema]) !== undefined;
  const few = isPlain(contract) ? (depth === 0 ? 2 : 1) : undefined;
  if (!open) {
    addWrongTypes(schema, types, { name, isPhone, few }, add);
    addEnum(contract, { name: names.at(-1) ?? '', schema, pointer: place }, name, add);
    addText(schema, types, name, add);
    addNumbers(schema, types, name, isPhone, add);
    addSizes(contract, schema, types, { name, names, place }, add);
  }
  const values = schema['x-ringtrue-values'];
  if (isObject(values) && Array.isArray(values.refuse)) {
    values.refuse.forEach((item: unknown) => {
      if (!isObject(item)) return;
      const title = textOf(item.title, JSON.stringify(item.value));
      add(
        'pattern-refused',
        'x-ringtrue-values',
        item.value,
        (item.level as Level | undefined) ?? levelOf(schema, 'pattern'),
        slug(title),
        `${name} is ${JSON.stringify(item.value)} (${title})`,
        title,
      );
    });
  }
  addClosed(contract, { schema, place, name, pointer }, add);
  // A record that exists stands for itself: what is written beside its id need not be looked at.
  if (field.from?.whole) return;
  // Inside: the first item of an array, each property of an object.
  const items = itemsOf(contract, schema, place);
  if (items) visit(contract, field, items.value, items.pointer, `${pointer}/0`, false, found, depth + 1);
  for (const property of insideOf(contract, schema, place))
    visit(
      contract,
      field,
      property.schema,
      property.pointer,
      `${pointer}/${escapeToken(property.name)}`,
      property.required,
      found,
      depth + 1,
    );
}

type Add = (
  kind: MutationKind,
  keyword: string,
  value: unknown,
  level: Level,
  detail: string,
  what: string,
  title?: string,
) => void;

const samples: Record<string, unknown[]> = {
  string: [12345, true, { a: 1 }],
  number: ['12', true, [1]],
  integer: ['12', true, [1]],
  boolean: ['true', 1, []],
  array: [{}, 'text', 7],
  object: [['text'], 'text', 7],
};

/** A number set aside for fiction: where a number may be dialled, one of a wrong type may be dialled too. */
const fictional = 12_125_550_147;
const phoneSamples: Record<string, unknown[]> = {
  string: [fictional, true, { a: 1 }],
  number: [String(fictional), true, [fictional]],
  integer: [String(fictional), true, [fictional]],
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

/** @param few so many values alone, where a document has no keyword of ours and may have any number of nested properties */
function addWrongTypes(
  schema: Schema,
  types: string[],
  { name, isPhone, few }: { name: string; isPhone: boolean; few?: number },
  add: Add,
): void {
  const main = types.find((type) => type !== 'null');
  if (main === undefined || types.filter((type) => type !== 'null').length > 1) return;
  const all = (isPhone ? phoneSamples[main] : undefined) ?? samples[main] ?? [];
  for (const value of few === undefined ? all : [...all.slice(0, 1), ...all.slice(-1)].slice(0, few)) {
    const kind = kindOf(value);
    add(
      'wrong-type',
      'type',
      value,
      levelOf(schema, 'type'),
      kind,
      `${name} is ${JSON.stringify(value)}, ${article(kind)} and not ${article(main)}`,
    );
  }
  // A careless server looks at the first item of a list, or joins them: it has to be refused for being a list.
  if (main === 'string' && few !== 1)
    add(
      'wrong-type',
      'type',
      (valid: unknown) => [valid],
      levelOf(schema, 'type'),
      'array',
      `${name} is an array that holds a right value, and not a string`,
    );
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function addEnum(contract: Contract, property: Property, name: string, add: Add): void {
  const { schema } = property;
  const level = levelOf(schema, 'enum');
  for (const { value, detail, what } of enumMutations(schema, name, (text) => isSafe(contract, property, text)))
    add('enum-refused', 'enum', value, level, detail, what);
}

/** A text that some formats must refuse. Formats that are not listed are left to `x-ringtrue-values`. */
const misformatted: Record<string, string> = {
  'date-time': 'tomorrow at noon',
  date: '2026-13-45',
  time: '25:61',
  email: 'no e-mail address',
  uuid: 'not-a-uuid',
  ipv4: '999.1.2.3',
  ipv6: 'not:an:address',
  hostname: '-bad-.host-',
};

function addText(schema: Schema, types: string[], name: string, add: Add): void {
  if (!types.includes('string')) return;
  const hasPattern = typeof schema.pattern === 'string';
  const forbidden = (hasPattern && !matches(schema.pattern as string, '')) || Array.isArray(schema.enum);
  const wantsFormat = typeof schema.format === 'string' && schema.format in misformatted;
  const minLength = numeric(schema.minLength) ?? 0;
  if (forbidden || minLength > 0 || wantsFormat) {
    const keyword = Array.isArray(schema.enum) ? 'enum' : hasPattern ? 'pattern' : wantsFormat ? 'format' : 'minLength';
    const level = forbidden || wantsFormat ? levelOf(schema, keyword) : levelOf(schema, 'minLength', 'SHOULD');
    add('empty-value', keyword, '', levelOf(schema, 'empty', level), 'empty', `${name} is an empty text`);
  }
  if (minLength > 1)
    add(
      'bounds-refused',
      'minLength',
      'x'.repeat(minLength - 1),
      levelOf(schema, 'minLength'),
      'too-short',
      `${name} is one character shorter than ${String(minLength)}`,
    );
  const maxLength = numeric(schema.maxLength);
  if (maxLength !== undefined && maxLength < 100_000 && !Array.isArray(schema.enum))
    add(
      'bounds-refused',
      'maxLength',
      'x'.repeat(maxLength + 1),
      levelOf(schema, 'maxLength'),
      'too-long',
      `${name} has ${String(maxLength + 1)} characters, one more than ${String(maxLength)}`,
    );
  if (typeof schema.format === 'string' && misformatted[schema.format] !== undefined)
    add(
      'format-refused',
      'format',
      misformatted[schema.format],
      levelOf(schema, 'format'),
      schema.format,
      `${name} is ${JSON.stringify(misformatted[schema.format])}, which is no ${schema.format}`,
      schema.format,
    );
  // Without values of its own a pattern is tried with texts that it visibly does not match.
  if (hasPattern && !isObject(schema['x-ringtrue-values'])) {
    const outside = ['!', '\u00a7 ringtrue \u00a7'].find(
      (text) => !matches(schema.pattern as string, text) && text.length >= minLength,
    );
    if (outside !== undefined)
      add(
        'pattern-refused',
        'pattern',
        outside,
        levelOf(schema, 'pattern'),
        'outside',
        `${name} is ${JSON.stringify(outside)}, which its pattern does not match`,
      );
  }
  const values = schema['x-ringtrue-values'];
  const listed: unknown[] = isObject(values) && Array.isArray(values.refuse) ? values.refuse : [];
  const refused = listed.map((item) => (isObject(item) ? item.value : undefined));
  for (const { value, detail, what } of patternMutations(schema, name, refused))
    add('pattern-refused', 'pattern', value, levelOf(schema, 'pattern'), detail, what);
}

function addNumbers(schema: Schema, types: string[], name: string, isPhone: boolean, add: Add): void {
  if (!types.includes('number') && !types.includes('integer')) return;
  const bound = (keyword: string, value: number, detail: string): void => {
    add(
      'bounds-refused',
      keyword,
      value,
      levelOf(schema, keyword),
      detail,
      `${name} is ${String(value)}, outside its bounds`,
    );
  };
  const fraction = isPhone ? fictional + 0.5 : 1.5;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number') bound('minimum', minimum - 1, 'too-small');
  if (typeof maximum === 'number') bound('maximum', maximum + 1, 'too-big');
  if (typeof exclusiveMinimum === 'number') bound('exclusiveMinimum', exclusiveMinimum, 'too-small');
  if (typeof exclusiveMaximum === 'number') bound('exclusiveMaximum', exclusiveMaximum, 'too-big');
  if (types.includes('integer') && !types.includes('number'))
    add(
      'wrong-type',
      'type',
      fraction,
      levelOf(schema, 'type'),
      'fraction',
      `${name} is ${String(fraction)}, not a whole number`,
    );
}

function addSizes(
  contract: Contract,
  schema: Schema,
  types: string[],
  { name, names, place }: { name: string; names: readonly string[]; place: string },
  add: Add,
): void {
  const maxProperties = numeric(schema.maxProperties);
  if (types.includes('object') && maxProperties !== undefined && maxProperties < 10_000)
    add(
      'bounds-refused',
      'maxProperties',
      keys(maxProperties + 1),
      levelOf(schema, 'maxProperties'),
      'too-many',
      `${name} has ${String(maxProperties + 1)} keys, one more than ${String(maxProperties)}`,
    );
  const maxItems = numeric(schema.maxItems);
  const minItems = numeric(schema.minItems) ?? 0;
  if (types.includes('array') && minItems > 0)
    add(
      'bounds-refused',
      'minItems',
      [],
      levelOf(schema, 'minItems'),
      'too-few',
      `${name} has no item, fewer than ${String(minItems)}`,
    );
  if (
    types.includes('array') &&
    maxItems !== undefined &&
    maxItems < 1000 &&
    isObject(schema.items) &&
    typesOf(schema.items).includes('string')
  ) {
    const items = follow(contract.document, schema.items, `${place}/items`);
    const isPhone = phonePlace(names, [items.value]) !== undefined;
    add(
      'bounds-refused',
      'maxItems',
      Array.from({ length: maxItems + 1 }, (_, index) =>
        isPhone ? `+1212555${String(100 + (index % 100)).padStart(4, '0')}` : `ringtrue-${String(index)}`,
      ),
      levelOf(schema, 'maxItems'),
      'too-many',
      `${name} has ${String(maxItems + 1)} items, one more than ${String(maxItems)}`,
    );
  }
}

/** An object with so many keys, each with a text. */
export function keys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${String(index)}`, `v${String(index)}`]));
}

/** A title as part of an id. */
export function slug(title: string): string {
  return (
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 48) || 'value'
  );
}
