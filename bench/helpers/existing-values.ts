/** Puts values into a contract that must exist on the target: what no document can tell somebody who makes up values. */

export type Json = Record<string, unknown>;

/** Fixtures that the reference server looks up; of the others it takes every text. */
const LOOKED_UP = ['caller_id'];

/**
 * @param document one of the built-in contracts
 * @returns a copy in which properties with such a fixture take its development value alone, a sort parameter the documented sorts, and a
 *   filter parameter the fields that can be filtered by
 */
export function withExistingValues(document: Json): Json {
  const copy = structuredClone(document);
  const fixtures = objectAt(copy, 'x-ringtrue-fixtures');
  for (const node of objectsIn(copy)) {
    const fixture = node['x-ringtrue-fixture'];
    if (typeof fixture === 'string' && LOOKED_UP.includes(fixture))
      node['enum'] = [objectAt(fixtures, fixture)['development']];
    for (const [keyword, narrowed] of [
      ['x-ringtrue-sort', sorts],
      ['x-ringtrue-filter', filters],
    ] as const) {
      const said = objectAt(node, keyword);
      const parameter = parametersOf(copy, node).find(({ name }) => name === said['parameter']);
      if (parameter) parameter['schema'] = { ...objectAt(parameter, 'schema'), ...narrowed(said) };
    }
  }
  return copy;
}

function sorts(said: Json): Json {
  return { enum: [said['example'], said['default']] };
}

function filters(said: Json): Json {
  const fields = Array.isArray(said['fields']) ? said['fields'].map(String) : [];
  return {
    properties: Object.fromEntries(fields.map((name) => [name, { type: 'string' }])),
    additionalProperties: false,
  };
}

function parametersOf(document: Json, operation: Json): Json[] {
  const listed: unknown = operation['parameters'];
  if (!Array.isArray(listed)) return [];
  return listed.filter(isObject).map((one) => {
    const name = typeof one['$ref'] === 'string' ? one['$ref'].split('/').at(-1) : undefined;
    return name === undefined ? one : objectAt(objectAt(objectAt(document, 'components'), 'parameters'), name);
  });
}

function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (isObject(value)) yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

function objectAt(node: Json, key: string): Json {
  const value = node[key];
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
