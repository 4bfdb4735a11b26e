/** Values that a list of allowed values forbids, and that readers of JSON with a type for such lists take all the same. */
import type { Schema } from '../../contract/types.ts';

export interface EnumMutation {
  value: unknown;
  /** Tells it from others of its field. */
  detail: string;
  /** What is wrong with it, as a fact that begins with the property's name. */
  what: string;
}

/**
 * @param schema a property's schema
 * @param name the property
 * @param isSafe whether a value of the list may be sent: a careless server reads these as what they stand beside
 * @returns values that the list does not hold; none when the schema has no list of texts
 * @see JSON Schema 2020-12 Validation, section 6.1.2 (enum): equal to one of the elements, and equality is that of JSON
 */
export function enumMutations(
  schema: Schema,
  name: string,
  isSafe: (text: string) => boolean = () => true,
): EnumMutation[] {
  const values: unknown[] = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
  const texts = values.filter((value): value is string => typeof value === 'string');
  const safe = texts.filter(isSafe);
  const first = safe[0] ?? texts[0];
  if (first === undefined) return [];
  const unknown = /[a-z]/.test(first) ? 'ringtrueUnknown' : 'RINGTRUE_UNKNOWN';
  const swapped = (safe.length > 0 ? safe : texts)
    .map((text) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()))
    .find((text) => !texts.includes(text));
  const found: EnumMutation[] = [
    {
      value: unknown,
      detail: 'unknown',
      what: `${name} is ${JSON.stringify(unknown)}, which is none of the allowed values`,
    },
    { value: `${first} `, detail: 'padded', what: `${name} is ${JSON.stringify(`${first} `)}, with a space` },
    {
      value: ` ${first}`,
      detail: 'padded-front',
      what: `${name} is ${JSON.stringify(` ${first}`)}, with a space before it`,
    },
    ...(swapped === undefined
      ? []
      : [{ value: swapped, detail: 'other-case', what: `${name} is ${JSON.stringify(swapped)}, in the wrong case` }]),
    ...(safe.length === texts.length ? ordinals(values, texts, name) : []),
  ];
  return found.filter(({ value }) => !values.includes(value));
}

/** A type with named values often has numbers for them as well: counted from 0 (Java, C#), or from 1 (protocol buffers). */
function ordinals(values: readonly unknown[], texts: readonly string[], name: string): EnumMutation[] {
  // Where numbers are allowed too, a number is no ordinal.
  if (values.some((value) => typeof value === 'number')) return [];
  const last = texts.length > 1 ? 1 : 0;
  return [
    ...Array.from({ length: last + 1 }, (_, number) => ({
      value: number,
      detail: `ordinal-${String(number)}`,
      what: `${name} is the number ${String(number)}, a place in the list of allowed values and none of them`,
    })),
    {
      value: String(last),
      detail: 'ordinal-text',
      what: `${name} is ${JSON.stringify(String(last))}, a place in the list of allowed values and none of them`,
    },
  ];
}
