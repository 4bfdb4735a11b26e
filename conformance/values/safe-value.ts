/** Values that may be sent, made for a place: fictional numbers that fit its schema, addresses below `.example`. */
import { isObject, typesOf } from '../contract/resolve.ts';
import type { Contract, Schema } from '../contract/types.ts';
import { fictionalNumbers, type Choice, type FictionalNumber } from './fictional.ts';
import { isReservedHost } from './hosts.ts';
import { dangerOf } from './judge-value.ts';
import { valueLeaves } from './leaves.ts';
import { matches, phonePlace, samplesOf } from './phone-place.ts';
import { schemaNode, type SchemaNode } from './schema-node.ts';

/** A property of a request, as the contract has it. */
export interface Property {
  name: string;
  schema: Schema;
  pointer: string;
}

/**
 * @param names the names that lead to the place
 * @param schemas all the schemas that may hold there
 * @param choice seeded choices
 * @param key what the number is for
 * @param example a value that the contract shows there
 * @returns a number set aside for fiction in a form that the schemas take, of the example's country where there is one; undefined
 *   where no telephone number stands there, or none fits
 */
export function phoneFor(
  names: readonly string[],
  schemas: readonly Schema[],
  choice: Choice,
  key: string,
  example?: unknown,
): string | number | undefined {
  if (!phonePlace(names, schemas)) return undefined;
  const shown = [example, ...schemas.flatMap(samplesOf)].filter((value) => typeof value !== 'object').map(String);
  const forms = formsFor(shown);
  const numbers = byCountry(fictionalNumbers(choice, key), shown);
  for (const form of forms) {
    for (const number of numbers) {
      const text = form(number);
      const value = schemas.length === 0 || schemas.some((schema) => wantsText(schema)) ? text : Number(text);
      if (Number.isNaN(value)) continue;
      const fitting = schemas.length === 0 || schemas.some((schema) => fits(schema, value));
      if (fitting && dangerOf({ names, schemas }, value) === undefined) return value;
    }
  }
  return undefined;
}

function wantsText(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.length === 0 || types.includes('string');
}

type Form = (number: FictionalNumber) => string;

const plus: Form = ({ digits }) => `+${digits}`;
const bare: Form = ({ digits }) => digits;
const home: Form = (number) => number.home;
const others: Form[] = [
  plus,
  bare,
  home,
  ({ digits }) => `tel:+${digits}`,
  ({ digits }) => `sip:+${digits}@sip.example`,
  ({ digits }) => `sips:+${digits}@sip.example`,
  ({ digits }) => `00${digits}`,
  ({ digits }) => digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3'),
  ({ digits }) => digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1-$1-$2-$3'),
  ({ digits }) => digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'),
  ({ digits }) => digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3'),
  ({ digits, code }) => `+${code} ${digits.slice(code.length)}`,
];

/** The form in which the contract writes its own numbers first. */
function formsFor(shown: readonly string[]): Form[] {
  const first = shown.find((text) => /\d{3}/.test(text));
  if (first === undefined) return others;
  if (/^tel:/i.test(first)) return [others[3] ?? plus, ...others];
  if (/^sips?:/i.test(first)) {
    const scheme = /^sips/i.test(first) ? 'sips' : 'sip';
    return [({ digits }) => `${scheme}:+${digits}@sip.example`, ...others];
  }
  if (/^00[1-9]/.test(first)) return [({ digits }) => `00${digits}`, ...others];
  if (first.startsWith('+')) return others;
  // As it is dialled at home: a number of ten digits stands where one of eleven would be refused.
  return /^[2-9]\d{9}$/.test(first) ? [home, bare, ...others] : [bare, ...others];
}

function byCountry(numbers: FictionalNumber[], shown: readonly string[]): FictionalNumber[] {
  const codes = shown.flatMap(
    (text) => /(?:\+|^00|^)(1|33|353|44|46|49|61)\d{6,}/.exec(text.replaceAll(/[\s().-]/g, ''))?.[1] ?? [],
  );
  return [...numbers.filter(({ code }) => codes.includes(code)), ...numbers];
}

/** Whether a single value keeps what a schema says of texts and numbers. */
function fits(schema: Schema, value: string | number): boolean {
  const types = typesOf(schema);
  if (typeof value === 'number') {
    if (types.length > 0 && !types.includes('integer') && !types.includes('number')) return false;
    if (schema.format === 'int32' && value > 2 ** 31 - 1) return false;
    if (typeof schema.minimum === 'number' && value < schema.minimum) return false;
    if (typeof schema.maximum === 'number' && value > schema.maximum) return false;
    if (typeof schema.multipleOf === 'number' && value % schema.multipleOf !== 0) return false;
  } else {
    if (types.length > 0 && !types.includes('string')) return false;
    if (typeof schema.minLength === 'number' && value.length < schema.minLength) return false;
    if (typeof schema.maxLength === 'number' && value.length > schema.maxLength) return false;
    if (typeof schema.pattern === 'string' && matches(schema.pattern, value) === false) return false;
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  return !('const' in schema) || schema.const === value;
}

/**
 * @param contract the contract
 * @param property a property of a request
 * @param value a value that is meant for it
 * @returns whether all of it may leave the machine
 */
export function isSafe(contract: Contract, property: Property, value: unknown): boolean {
  return isSafeAt([property.name], schemaNode(contract, property.schema, property.pointer), value);
}

function isSafeAt(names: readonly string[], node: SchemaNode, value: unknown): boolean {
  for (const leaf of valueLeaves(value, names, node))
    if (dangerOf({ names: leaf.names, schemas: leaf.node.schemas }, leaf.value) !== undefined) return false;
  return true;
}

/**
 * Replaces in a made value whatever may not leave the machine, where something else fits, and leaves it out where it may be missing.
 * What is left after that is for `mayLeave` to refuse.
 *
 * @param contract the contract
 * @param property a property of a request
 * @param value what was made for it, perhaps of the contract's own examples
 * @param choice seeded choices
 * @param required whether the property has to be there
 */
export function madeSafe(
  contract: Contract,
  property: Property,
  value: unknown,
  choice: Choice,
  required: boolean,
): unknown {
  const node = schemaNode(contract, property.schema, property.pointer);
  return isSafeAt([property.name], node, value)
    ? value
    : replaced([property.name], node, value, choice, property.name, required);
}

function replaced(
  names: readonly string[],
  node: SchemaNode,
  value: unknown,
  choice: Choice,
  key: string,
  required: boolean,
): unknown {
  if (isSafeAt(names, node, value)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      replaced(names, node.item(index), item, choice, `${key}-${String(index)}`, false),
    );
    const kept = items.filter((item) => item !== undefined);
    const least = Math.max(0, ...node.schemas.map(({ minItems }) => (typeof minItems === 'number' ? minItems : 0)));
    return kept.length >= least ? kept : required ? value : undefined;
  }
  if (isObject(value)) {
    const parts = Object.entries(value).map(([name, part]) => {
      const isRequired = node.requires(name);
      return [
        name,
        replaced([...names, name], node.property(name), part, choice, `${key}-${name}`, isRequired),
      ] as const;
    });
    const made = Object.fromEntries(parts.filter(([, part]) => part !== undefined));
    // One part that has to be there and has no harmless value spoils the whole.
    return !required && !isSafeAt(names, node, made) ? undefined : made;
  }
  const candidates = [
    phoneFor(names, node.schemas, choice, key, value),
    ...(typeof value === 'string' ? [readdressed(value, choice, key)] : []),
    ...node.schemas.flatMap(samplesOf),
    ...(typeof value === 'boolean' ? [!value] : []),
  ];
  const found = candidates.find(
    (candidate) =>
      candidate !== undefined &&
      typeof candidate === typeof value &&
      (typeof candidate === 'boolean' || node.schemas.every((schema) => fits(schema, candidate as string | number))) &&
      isSafeAt(names, node, candidate),
  );
  return found ?? (required ? value : undefined);
}

/** The same text with hosts and numbers that lead to nobody. */
function readdressed(text: string, choice: Choice, key: string): string {
  const [number] = fictionalNumbers(choice, key);
  const digits = number?.digits ?? '12125550147';
  return text
    .replaceAll(/\b(sips?:)\+?\d[^@;>\s"]*/gi, `$1+${digits}`)
    .replaceAll(/\b(tel:|sms:|callto:)\+?\d[\d().-]*/gi, `$1+${digits}`)
    .replaceAll(/\+\s?\(?\d(?:[\s().-]{0,2}\d){6,14}/g, `+${digits}`)
    .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>\\]+)/gi, (all, scheme: string, host: string) =>
      isReservedHost(host) ? all : `${scheme}ringtrue.example`,
    )
    .replaceAll(
      /([^\s@<>"',;:()]+)@((?:[a-z0-9-]+\.)+[a-z]{2,}|(?:\d{1,3}\.){3}\d{1,3})/gi,
      (all, user: string, host: string) => (isReservedHost(host) ? all : `${user}@mail.example`),
    );
}
