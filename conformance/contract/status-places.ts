/** Finds the places of a response body that have to equal the response's own status (`x-ringtrue-http-status`). */
import { isObject, propertiesOf } from './resolve.ts';
import type { JsonObject, ResponseSpec, Schema } from './types.ts';

/** One such place: where it stands in a body, and where its schema stands in the contract. */
export interface StatusPlace {
  pointer: string;
  place: string;
}

const DEEPEST = 6;

/**
 * @param document the bundled document
 * @param spec a documented response
 * @returns the places; the schema is walked once per documented response, not once per answer
 */
export function statusPlaces(document: JsonObject, spec: ResponseSpec): StatusPlace[] {
  const known = placesOf.get(spec);
  if (known) return known;
  const found = walk(document, spec.schema ?? {}, spec.schemaPointer ?? '', '', 0);
  placesOf.set(spec, found);
  return found;
}

const placesOf = new WeakMap<ResponseSpec, StatusPlace[]>();

function walk(document: JsonObject, schema: Schema, place: string, pointer: string, depth: number): StatusPlace[] {
  if (depth > DEEPEST) return [];
  if (schema['x-ringtrue-http-status'] === true) return [{ pointer, place }];
  if (!isObject(schema.properties) && !Array.isArray(schema.allOf)) return [];
  return propertiesOf(document, schema, place).flatMap((property) =>
    walk(document, property.schema, property.pointer, `${pointer}/${property.name}`, depth + 1),
  );
}
