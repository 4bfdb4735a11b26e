import { isObject, typesOf } from '../contract/resolve.ts';
import type { Parameter, Schema } from '../contract/types.ts';
import { parameterRule, type ParameterChange } from './kit/parameter-rule.ts';
import { matches } from './kit/pattern-mutations.ts';
import { numeric } from './kit/values.ts';

/** Values of query, header and cookie parameters that break their schema. */
export const parameterRefused = parameterRule(
  {
    id: 'parameter-refused',
    title: 'a parameter that breaks its schema is refused',
    about:
      'Query, header and cookie parameters are sent a value of another type, outside of their list, their bounds, their pattern or their format. Many servers ignore what they cannot read there, so accepting it is no more than a warning; a 5xx is a broken MUST.',
    example: 'GET with limit=ringtrue is answered with 200, where limit is an integer.',
    sentence: 'A parameter that breaks its schema is refused.',
    profile: 'full',
  },
  'SHOULD',
  changesOf,
);

/** What is no value of any type but text. */
const WORD = 'ringtrue';
/** Formats that a word is not of. */
const STRICT = new Set(['uuid', 'date', 'date-time', 'time', 'duration', 'email', 'ipv4', 'ipv6', 'uri']);

function changesOf({ schema: whole, mediaType }: Parameter): ParameterChange[] {
  // What is written in a media type of its own breaks it in other ways.
  if (mediaType !== undefined) return [];
  const schema = itemOf(soleBranch(whole));
  const types = typesOf(schema).filter((type) => type !== 'null');
  if (types.length > 1) return [];
  const [type] = types;
  if (Array.isArray(schema.enum) && type === 'string')
    return [{ detail: 'enum', bound: 'not one of the allowed values', value: 'ringtrue_unknown' }];
  if (type === 'boolean') return [{ detail: 'type', bound: 'no boolean', value: WORD }];
  if (type === 'integer' || type === 'number')
    return [{ detail: 'type', bound: `no ${type}`, value: WORD }, ...outOfBounds(schema)];
  return type === 'string' ? textChange(schema) : [];
}

/** Of a parameter that may be null the other branch. */
function soleBranch(schema: Schema): Schema {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches: unknown = schema[keyword];
    if (!Array.isArray(branches)) continue;
    const others = branches.filter((one) => isObject(one) && one.type !== 'null') as Schema[];
    return others.length === 1 ? { ...schema, ...others[0], [keyword]: undefined } : {};
  }
  return schema;
}

/** A list of one item is written as the item. */
function itemOf(schema: Schema): Schema {
  return typesOf(schema).includes('array') && isObject(schema.items) ? schema.items : schema;
}

function outOfBounds(schema: Schema): ParameterChange[] {
  const minimum = numeric(schema.minimum);
  const maximum = numeric(schema.maximum);
  if (maximum !== undefined && Number.isSafeInteger(maximum + 1) && Math.abs(maximum) < 1e9)
    return [{ detail: 'bounds', bound: `more than ${String(maximum)}`, value: String(maximum + 1) }];
  if (minimum !== undefined && Number.isSafeInteger(minimum - 1) && Math.abs(minimum) < 1e9)
    return [{ detail: 'bounds', bound: `less than ${String(minimum)}`, value: String(minimum - 1) }];
  return [];
}

function textChange(schema: Schema): ParameterChange[] {
  const { pattern, format } = schema;
  if (typeof pattern === 'string') {
    const value = ['!', WORD, '~ ~'].find((text) => !matches(pattern, text));
    return value === undefined ? [] : [{ detail: 'pattern', bound: 'the pattern does not match it', value }];
  }
  if (typeof format === 'string' && STRICT.has(format))
    return [{ detail: 'format', bound: `no ${format}`, value: WORD }];
  const most = numeric(schema.maxLength);
  return most !== undefined && most < 1000
    ? [{ detail: 'bounds', bound: `more than ${String(most)} characters`, value: 'x'.repeat(most + 1) }]
    : [];
}
