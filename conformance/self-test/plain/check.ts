/** How the servers of the bench hold a body to a schema of their document: another library than the suite's own way to it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../fault.ts';

/** What is wrong with a body. */
export interface Wrong {
  /** Names from the outside in. */
  readonly place: readonly string[];
  readonly message: string;
  /** The keyword that it breaks: `required`, `enum`. */
  readonly keyword: string;
}

/** Says what is wrong with a value; nothing when it keeps the schema. */
export type Check = (schema: string, value: unknown) => Wrong[];

/**
 * @param document an OpenAPI document
 * @param schemas where its schemas stand
 * @returns a check by a schema's name
 */
export function checkOf(document: JsonObject, schemas = 'components/schemas'): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'document');
  return (schema, value) => {
    const right = ajv.getSchema(`document#/${schemas}/${schema}`);
    if (right === undefined) throw new Error(`the document has no schema ${schema}`);
    if (right(value) === true) return [];
    return (right.errors ?? []).map(({ instancePath, params, message, keyword }) => {
      const missing: unknown = params.missingProperty;
      return {
        place: [...instancePath.split('/').slice(1), ...(typeof missing === 'string' ? [missing] : [])],
        message: message ?? 'invalid',
        keyword,
      };
    });
  };
}

/** @returns the properties of those names that are there */
export function picked(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}
