/** What the mock can serve of the built-in contracts: an example of every documented status, and of every value of an enum. */
import { describe, expect, it } from 'vitest';
import { builtinContracts, loadContract } from './load.ts';
import { at, follow, isObject, propertiesOf } from './resolve.ts';
import type { Contract, JsonObject, ResponseSpec, Schema } from './types.ts';

const contracts = await Promise.all(builtinContracts.map((name) => loadContract(name, { allowRemote: false })));

describe.each(contracts)('$name', (contract) => {
  const responses = contract.operations.flatMap(({ id, responses: all }) => all.map((spec) => ({ id, spec })));

  it.each(responses)('$id $spec.status has an example', ({ spec }) => {
    expect(examplesOf(contract, spec).length).toBeGreaterThan(0);
  });

  it('every value of an enum that a read returns stands in an example', () => {
    const missing = responses
      // A write answers what was written: a call that is over is shown by the reads.
      .filter(({ id, spec }) => spec.status.startsWith('2') && /^(get|list)/.test(id))
      .flatMap(({ id, spec }) => {
        const values = examplesOf(contract, spec);
        return enumsOf(contract.document, spec.schema ?? {}, spec.schemaPointer ?? '', []).flatMap(
          ({ path, allowed }) => {
            const seen = new Set(values.flatMap((value) => valuesAt(value, path)));
            return allowed.filter((one) => !seen.has(one)).map((one) => ({ id, path: path.join('.'), one }));
          },
        );
      });
    expect(missing).toEqual([]);
  });
});

function examplesOf({ document }: Contract, { pointer }: ResponseSpec): unknown[] {
  const response = at(document, pointer);
  if (!isObject(response) || !isObject(response.content)) return [];
  return Object.entries(response.content).flatMap(([type, media]) => {
    const place = `${pointer}/content/${type.replaceAll('/', '~1')}/examples`;
    return isObject(media) && isObject(media.examples)
      ? Object.entries(media.examples).map(
          ([name, example]) => follow(document, example, `${place}/${name}`).value.value,
        )
      : [];
  });
}

interface Enum {
  /** Names of properties; `*` for the items of an array. */
  path: string[];
  allowed: unknown[];
}

function enumsOf(document: JsonObject, schema: Schema, pointer: string, path: string[]): Enum[] {
  if (path.length > 5) return [];
  const own = Array.isArray(schema.enum)
    ? [{ path, allowed: schema.enum.filter((value) => value !== null) as unknown[] }]
    : [];
  const items = isObject(schema.items) ? follow(document, schema.items, `${pointer}/items`) : undefined;
  return [
    ...own,
    ...(items ? enumsOf(document, items.value, items.pointer, [...path, '*']) : []),
    ...propertiesOf(document, schema, pointer).flatMap((property) =>
      enumsOf(document, property.schema, property.pointer, [...path, property.name]),
    ),
  ];
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value];
  if (name === '*') return Array.isArray(value) ? value.flatMap((one: unknown) => valuesAt(one, rest)) : [];
  return isObject(value) ? valuesAt(value[name], rest) : [];
}
