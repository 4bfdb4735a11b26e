/** Reads the fields of a form as a server has to: every value is a text, and its schema says what the text stands for. */
import { follow, isObject, propertiesOf, typesOf } from '../../contract/resolve.ts';
import type { JsonObject, Schema } from '../../contract/field-types.ts';
import { textOfValue } from './styles.ts';

/**
 * @param document the bundled document
 * @param schema of the value
 * @param pointer where it stands
 * @param value what is about to be written in a form
 * @returns what a reader makes of it; undefined where a form has no way to say it
 */
export function readAs(document: JsonObject, schema: Schema, pointer: string, value: unknown, depth = 0): unknown {
  if (value === null || value === undefined || depth > 20) return undefined;
  const types = typesOf(schema);
  // Items are written under their numbers, which are names as good as any.
  if (Array.isArray(value) && types.includes('object') && !types.includes('array'))
    return readAs(document, schema, pointer, Object.fromEntries(value.entries()), depth + 1);
  if (Array.isArray(value) || types.includes('array')) {
    const { value: items, pointer: at } = follow(document, schema.items ?? {}, `${pointer}/items`);
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const read = list.map((item) => readAs(document, items, at, item, depth + 1)).filter((item) => item !== undefined);
    // A list of one is written as its item is.
    return types.includes('array') || types.length === 0 || read.length !== 1 ? read : scalar(types, read[0]);
  }
  if (isObject(value) && (types.includes('object') || types.length === 0)) {
    const properties = new Map(propertiesOf(document, schema, pointer).map((one) => [one.name, one]));
    const open = follow(document, schema.additionalProperties ?? {}, `${pointer}/additionalProperties`);
    const entries = Object.entries(value).map(([name, one]) => {
      const own = properties.get(name) ?? { schema: open.value, pointer: open.pointer };
      return [name, readAs(document, own.schema, own.pointer, one, depth + 1)] as const;
    });
    return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
  }
  return scalar(types, value);
}

function scalar(types: readonly string[], value: unknown): unknown {
  const text = textOfValue(value);
  if (types.length === 0) return value;
  const isNumber = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
  if (isNumber && types.includes('number')) return Number(text);
  if (isNumber && types.includes('integer')) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
