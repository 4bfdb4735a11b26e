/**
 * A property that only responses have may stand in `required` of a schema that requests share, and the other way round: there it is
 * required of that one direction only.
 * @see OpenAPI 3.0.4 and 3.1, Schema Object, readOnly and writeOnly; JSON Schema Validation 2020-12, section 9.4
 */
import { at, follow, isObject, propertiesOf } from './resolve.ts';
import type { JsonObject, Schema } from './types.ts';
import type { SchemaBreach } from './validators.ts';

export type Direction = 'request' | 'response';

const FOREIGN: Readonly<Record<Direction, 'readOnly' | 'writeOnly'>> = { request: 'readOnly', response: 'writeOnly' };
/** Keywords that only pass on what is wrong below them. */
const PASSING_ON = new Set(['allOf', 'anyOf', 'oneOf', 'if', '$ref']);

/**
 * @param document the bundled document
 * @param schemaPointer the schema that was asked
 * @param breaches what it holds against a value
 * @param direction which way the value goes
 * @returns the breaches, without the properties that are missing because they belong to the other direction
 */
export function inDirection(
  document: JsonObject,
  schemaPointer: string,
  breaches: readonly SchemaBreach[],
  direction: Direction,
): SchemaBreach[] {
  if (breaches.length === 0) return [];
  const left = breaches.filter((breach) => !belongsElsewhere(document, schemaPointer, breach, FOREIGN[direction]));
  if (left.length === breaches.length) return left;
  // A branch that only lacked such a property is kept after all.
  return left.every(({ keyword }) => PASSING_ON.has(keyword)) ? [] : left;
}

function belongsElsewhere(
  document: JsonObject,
  schemaPointer: string,
  { keyword, missing, at: place, pointer }: SchemaBreach,
  mark: 'readOnly' | 'writeOnly',
): boolean {
  if (keyword !== 'required' || missing === undefined) return false;
  const beside = pointer.replace(/\/required$/, '');
  const whole = schemaAtValue(document, schemaPointer, place);
  return [at(document, beside), whole?.schema].some(
    (schema, index) =>
      isObject(schema) &&
      propertiesOf(document, schema, index === 0 ? beside : (whole?.pointer ?? '')).some(
        (property) => property.name === missing && property.schema[mark] === true,
      ),
  );
}

/** The schema of a place in a value, along properties and items. */
function schemaAtValue(
  document: JsonObject,
  schemaPointer: string,
  place: string,
): { schema: Schema; pointer: string } | undefined {
  let here = follow(document, at(document, schemaPointer), schemaPointer);
  for (const token of place.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const property = propertiesOf(document, here.value, here.pointer).find((one) => one.name === name);
    if (property) here = follow(document, property.schema, property.pointer);
    else if (/^\d+$/.test(name) && isObject(here.value.items))
      here = follow(document, here.value.items, `${here.pointer}/items`);
    else return undefined;
  }
  return { schema: here.value, pointer: here.pointer };
}
