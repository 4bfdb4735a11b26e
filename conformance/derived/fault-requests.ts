/** Faults of what is written: values that are lost, altered or not checked. */
import { isObject, typesOf } from '../contract/resolve.ts';
import type { JsonObject, Operation, RequestField, Resource, Schema } from '../contract/types.ts';
import { makes, type FaultKind, type GenericFault } from './fault.ts';
import type { Hooks, Problem } from './model.ts';

/** A value that is taken and not stored, or stored as another one. */
export function writeFaults(
  resource: Resource,
  operation: Operation,
  field: RequestField,
  kind: 'not-stored' | 'not-updated',
): GenericFault[] {
  const { name, pointer, schema } = field;
  const isKey = name === resource.idField && resource.idFrom === 'request';
  if (isKey) return [];
  const on = (change: (fields: JsonObject) => JsonObject) => (): Hooks => ({
    writes: (asked, fields) =>
      asked.id === operation.id && Object.hasOwn(fields, name) ? change({ ...fields }) : fields,
  });
  const found = [
    makes(
      kind,
      `${operation.id} takes ${name} and does not store it`,
      operation,
      pointer,
      on((fields) => without(fields, name)),
      name,
    ),
  ];
  const altered = alteration(schema);
  if (altered !== undefined)
    found.push(
      makes(
        'altered',
        `${operation.id} stores ${name} ${altered.how}`,
        operation,
        pointer,
        on((fields) => ({ ...fields, [name]: altered.of(fields[name]) })),
        name,
      ),
    );
  return found;
}

function without(fields: JsonObject, name: string): JsonObject {
  const { [name]: _gone, ...rest } = fields;
  return rest;
}

/** Another value that keeps the same schema as far as that can be told. */
function alteration({ ...schema }: Schema): { how: string; of: (value: unknown) => unknown } | undefined {
  const types = typesOf(schema);
  const choices = Array.isArray(schema.enum) ? schema.enum.filter((one) => one !== null) : [];
  if ('const' in schema) return undefined;
  if (choices.length > 1)
    return {
      how: 'as another value of its list',
      of: (value) => choices[(choices.indexOf(value) + 1) % choices.length] as unknown,
    };
  if (choices.length === 1) return undefined;
  if (types.includes('boolean'))
    return { how: 'turned round', of: (value) => (typeof value === 'boolean' ? !value : value) };
  if (types.includes('integer') || types.includes('number'))
    return {
      how: 'off by one',
      of: (value) => (typeof value === 'number' ? (value === schema.maximum ? value - 1 : value + 1) : value),
    };
  if (types.includes('string') && schema.format === undefined && schema.pattern === undefined)
    return {
      how: 'in capitals',
      of: (value) =>
        typeof value === 'string' ? (value === value.toUpperCase() ? value.slice(0, -1) : value.toUpperCase()) : value,
    };
  return undefined;
}

/** Something wrong with a request that is not noticed. */
export function checkFaults(operation: Operation, field: RequestField): GenericFault[] {
  const { name, required, schema, pointer } = field;
  const inside = Array.isArray(schema.items) ? {} : isObject(schema.items) ? schema.items : {};
  const has = (...keywords: string[]): boolean => keywords.some((keyword) => keyword in schema || keyword in inside);
  const overlooks =
    (keywords: readonly string[], missing = false) =>
    (): Hooks => ({
      overlooks: (asked, problem) =>
        asked.id === operation.id &&
        keywords.includes(problem.keyword) &&
        (missing ? problem.missing === name && isTop(problem) : startsWith(problem, name)),
    });
  const found: GenericFault[] = [];
  const add = (kind: FaultKind, title: string, hooks: () => Hooks): void => {
    found.push(makes(kind, title, operation, pointer, hooks, name));
  };
  if (required)
    add('required-not-enforced', `${operation.id} accepts a body without ${name}`, overlooks(['required'], true));
  if (has('enum', 'const'))
    add('enum-not-enforced', `${operation.id} accepts any value of ${name}`, overlooks(['enum', 'const']));
  if (typesOf(schema).length > 0 && !has('enum', 'const'))
    add('type-not-enforced', `${operation.id} accepts ${name} of any JSON type`, overlooks(['type', 'anyOf', 'oneOf']));
  if (
    has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'minItems', 'maxItems')
  )
    add(
      'bounds-not-enforced',
      `${operation.id} accepts ${name} out of its bounds`,
      overlooks([
        'minimum',
        'maximum',
        'exclusiveMinimum',
        'exclusiveMaximum',
        'minLength',
        'maxLength',
        'minItems',
        'maxItems',
      ]),
    );
  if (has('pattern'))
    add('pattern-not-enforced', `${operation.id} accepts ${name} that breaks its pattern`, overlooks(['pattern']));
  if (has('format') && typesOf(schema).includes('string'))
    add('format-not-enforced', `${operation.id} accepts ${name} that breaks its format`, overlooks(['format']));
  return found;
}

function isTop({ at }: Problem): boolean {
  return at.split('/').length <= 3;
}

function startsWith({ at }: Problem, name: string): boolean {
  const tokens = at
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return tokens[0] === name || tokens[1] === name || tokens[2] === name;
}

/** PATCH that forgets what it does not name. */
export function clears(resource: Resource, operation: Operation): GenericFault[] {
  if (operation.method !== 'PATCH') return [];
  const names = resource.createFields.filter(({ required }) => !required).map(({ name }) => name);
  if (names.length === 0) return [];
  const cleared = (fields: JsonObject): JsonObject => ({
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    ...fields,
  });
  return [
    makes('update-clears', `${operation.id} clears what it does not name`, operation, operation.pointer, () => ({
      writes: (asked, fields) => (asked.id === operation.id ? cleared(fields) : fields),
    })),
  ];
}
