/** Texts that careless storing changes. Refusing them is a server's right; what is taken is kept. */
import { follow, isObject, propertiesOf, typesOf } from '../../contract/resolve.ts';
import type { Contract, Schema } from '../../contract/types.ts';
import { branchOf } from './branches.ts';
import { phonePlace } from '../../values/phone-place.ts';

export const oddTexts: readonly { id: string; title: string; text: string }[] = [
  {
    id: 'odd-text',
    title: 'a text with quotes, markup, escapes and non-ASCII',
    text: 'caf\u00e9 e\u0301 "q" \\ <b>&amp;</b> %2F \u{1F4DE}',
  },
  { id: 'number-text', title: 'a text that looks like a number', text: '0012.50' },
  { id: 'true-text', title: 'the text true', text: 'true' },
  { id: 'null-text', title: 'the text null', text: 'null' },
  { id: 'broken-lines', title: 'a text of two lines', text: 'ring\ntrue' },
  { id: 'crlf-text', title: 'a text of two lines, parted as in Windows', text: 'ring\r\ntrue' },
  { id: 'nul-text', title: 'a text with a NUL character', text: 'ring\0true' },
  { id: 'long-text', title: '300 characters', text: 'ringtrue '.repeat(34).slice(0, 300).trim() },
  { id: 'spaced-text', title: 'a text with outer spaces', text: '  ring  true ' },
  { id: 'digits-text', title: 'digits with leading zeros', text: '007' },
  { id: 'empty-text', title: 'an empty text', text: '' },
];

/** A text that may be null: its format, pattern and bounds stand in the branch. */
function settled(contract: Contract, schema: Schema, place: string): Schema {
  const branch = schema.type === undefined ? branchOf(contract, schema, place) : undefined;
  return branch ? { ...schema, ...branch.value } : schema;
}

/** Whether a property takes any text; one where a number may be dialled is not tried with any. */
function isFree(schema: Schema, names: readonly string[]): boolean {
  const generate = schema['x-ringtrue-generate'];
  return (
    typesOf(schema).includes('string') &&
    schema.enum === undefined &&
    schema.const === undefined &&
    schema.pattern === undefined &&
    schema.format === undefined &&
    schema.examples === undefined &&
    schema['x-ringtrue-fixture'] === undefined &&
    (generate === undefined || generate === 'text') &&
    !phonePlace(names, [schema])
  );
}

/**
 * @param contract the contract
 * @param whole a property's schema
 * @param place where it stands
 * @param names the names that lead to it
 * @param example a right value, for the shape of lists and objects
 * @param text the odd text
 * @returns a value with the odd text in every place that takes any text; undefined when there is none
 */
export function withOddText(
  contract: Contract,
  whole: Schema,
  place: string,
  names: readonly string[],
  example: unknown,
  text: string,
): unknown {
  const schema = settled(contract, whole, place);
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Infinity;
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  if (isFree(schema, names)) return text.length <= most && text.length >= least ? text : undefined;
  if (isObject(schema.additionalProperties)) {
    const open = follow(contract.document, schema.additionalProperties, `${place}/additionalProperties`);
    const value = withOddText(contract, open.value, open.pointer, names, undefined, text);
    return value === undefined ? undefined : { ringtrue: value, 'ring true': value, 'Ring.True-Key': value };
  }
  if (Array.isArray(example) && example.length > 0 && isObject(schema.items)) {
    const items = follow(contract.document, schema.items, `${place}/items`);
    const value = withOddText(contract, items.value, items.pointer, names, example[0], text);
    return value === undefined ? undefined : [value];
  }
  if (!isObject(example) || !isObject(schema.properties)) return undefined;
  const changed = propertiesOf(contract.document, schema, place).flatMap((property) => {
    const value = withOddText(
      contract,
      property.schema,
      property.pointer,
      [...names, property.name],
      example[property.name],
      text,
    );
    return value === undefined || !Object.hasOwn(example, property.name) ? [] : [[property.name, value] as const];
  });
  return changed.length === 0 ? undefined : { ...example, ...Object.fromEntries(changed) };
}
