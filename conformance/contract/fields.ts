/** Reads the properties of request bodies and of records, and what our keywords say of them. */
import type { Level } from '../model/index.ts';
import { isObject, propertiesOf } from './resolve.ts';
import type { JsonObject, RecordField, RequestField, Schema } from './types.ts';

/** A schema and the canonical place of it. */
export interface PlacedSchema {
  value: Schema;
  pointer: string;
}

/**
 * @param document the bundled document
 * @param schema of a request body, or of what its envelope holds
 * @returns its properties but those that only responses have
 */
export function requestFields(document: JsonObject, schema: PlacedSchema): RequestField[] {
  return propertiesOf(document, schema.value, schema.pointer)
    .filter((property) => property.schema.readOnly !== true)
    .map((property): RequestField => {
      const keywords = property.schema;
      const refused = keywords['x-ringtrue-refused-fixtures'];
      const statuses = keywords['x-ringtrue-refusal-status'];
      return {
        name: property.name,
        required: property.required,
        schema: keywords,
        pointer: property.pointer,
        fixture: typeof keywords['x-ringtrue-fixture'] === 'string' ? keywords['x-ringtrue-fixture'] : undefined,
        refusalStatus: Array.isArray(statuses) ? statuses.map(Number) : undefined,
        refusedFixtures: isObject(refused)
          ? Object.fromEntries(Object.entries(refused).map(([name, status]) => [name, Number(status)]))
          : {},
      };
    });
}

/**
 * @param document the bundled document
 * @param schemas of a record, as several responses have it; the first that names a property wins
 */
export function recordFields(document: JsonObject, schemas: readonly PlacedSchema[]): RecordField[] {
  const found = new Map<string, RecordField>();
  for (const { value, pointer } of schemas) {
    for (const property of propertiesOf(document, value, pointer)) {
      if (found.has(property.name)) continue;
      const schema = property.schema;
      const advances = schema['x-ringtrue-advances'];
      const first = schema['x-ringtrue-first-value'];
      found.set(property.name, {
        name: property.name,
        required: property.required,
        schema,
        pointer: property.pointer,
        readOnly: schema.readOnly === true,
        immutable: schema['x-ringtrue-immutable'] === true,
        advances: isObject(advances) ? ((advances.afterUpdate as Level | undefined) ?? 'SHOULD') : undefined,
        first: isObject(first)
          ? { value: first.value, level: (first.level as Level | undefined) ?? 'SHOULD' }
          : undefined,
        link: typeof schema['x-ringtrue-link'] === 'string' ? schema['x-ringtrue-link'] : undefined,
      });
    }
  }
  return [...found.values()];
}
