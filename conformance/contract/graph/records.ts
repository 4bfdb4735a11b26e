/** Where the records stand in the bodies of a contract, and which of their properties is the id. */
import { recordFields, type PlacedSchema } from '../fields.ts';
import { at, escapeToken, follow, isObject, propertiesOf, typesOf } from '../resolve.ts';
import type { JsonObject, Operation, ResponseSpec, Schema } from '../types.ts';
import { isPlural, sameNoun, idRank, plain } from './words.ts';

/** @returns the response of the documented success with the lowest status */
export function successOf(operation: Operation): ResponseSpec | undefined {
  return operation.responses
    .filter((response) => /^2(\d\d|XX)$/i.test(response.status))
    .sort((a, b) => a.status.localeCompare(b.status))[0];
}

/** @returns the schema of a response's body */
export function bodyOf(response: ResponseSpec | undefined): PlacedSchema | undefined {
  return response?.schema && response.schemaPointer !== undefined
    ? { value: response.schema, pointer: response.schemaPointer }
    : undefined;
}

/** @returns the record that a response is about: what has the best id */
export function bodyRecord(
  document: JsonObject,
  response: ResponseSpec | undefined,
  nouns: readonly string[],
  parameter = 'id',
): FoundRecord | undefined {
  const body = bodyOf(response);
  return body && findRecord(document, body, parameter, nouns);
}

/** Walks from a schema along the properties that a pointer names. */
export function schemaBelow(document: JsonObject, start: PlacedSchema, pointer: string): PlacedSchema | undefined {
  let here = start;
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = propertiesOf(document, here.value, here.pointer).find((property) => property.name === name);
    if (!next) return undefined;
    here = { value: next.schema, pointer: referenced(document, next.pointer) };
  }
  return here;
}

/** The same, from the body of a response. */
export function schemaAt(
  document: JsonObject,
  response: ResponseSpec | undefined,
  pointer: string,
): PlacedSchema | undefined {
  if (!response?.schema || response.schemaPointer === undefined) return undefined;
  return schemaBelow(document, { value: response.schema, pointer: response.schemaPointer }, pointer);
}

/** The canonical place of a property that is only a reference: so that pointers name the component. */
export function referenced(document: JsonObject, pointer: string): string {
  const node = at(document, pointer);
  return isObject(node) && typeof node.$ref === 'string' ? follow(document, node, pointer).pointer : pointer;
}

/** An object somewhere in a body, and its id. */
export interface FoundRecord {
  /** Where it stands in the body. */
  at: string;
  /** Name of its id property. */
  id: string;
  schema: PlacedSchema;
  /** Lower is surer. */
  rank: number;
  tail: boolean;
}

/** Deeper than a wrapper in a wrapper nobody puts a record. */
const DEEPEST = 2;
const MOST_OBJECTS = 60;

/**
 * @param document the bundled document
 * @param start schema of a body
 * @param parameter the path parameter that takes the id
 * @param nouns what one record is called
 * @param type JSON type of the parameter, if it has one
 * @returns the object that has the best id for the parameter: the body itself, or one that it wraps
 */
export function findRecord(
  document: JsonObject,
  start: PlacedSchema,
  parameter: string,
  nouns: readonly string[],
  type?: string,
): FoundRecord | undefined {
  let best: FoundRecord | undefined;
  let seen = 0;
  const visit = (schema: PlacedSchema, pointer: string, depth: number): void => {
    seen += 1;
    if (seen > MOST_OBJECTS) return;
    const properties = propertiesOf(document, schema.value, schema.pointer);
    for (const property of properties) {
      const types = typesOf(property.schema);
      if (types.includes('object') || types.includes('array') || isObject(property.schema.properties)) continue;
      if (propertiesOf(document, property.schema, property.pointer).length > 0) continue;
      const named = resourceName(property.name, property.schema);
      const fit = named && nouns.includes(plain(parameter)) ? 1.5 : idRank(property.name, parameter, nouns);
      if (fit === undefined) continue;
      const rank = fit * 4 + depth + (clashes(types, type) ? 16 : 0);
      if (best === undefined || rank < best.rank)
        best = { at: pointer, id: property.name, schema, rank, tail: named && fit === 1.5 };
    }
    if (depth >= DEEPEST) return;
    for (const property of properties) {
      const types = typesOf(property.schema);
      if (types.length > 0 && !types.includes('object')) continue;
      if (!isObject(property.schema.properties) && !Array.isArray(property.schema.allOf)) continue;
      const below = { value: property.schema, pointer: referenced(document, property.pointer) };
      visit(below, `${pointer}/${escapeToken(property.name)}`, depth + wrapperCost(property.name, nouns));
    }
  };
  visit(start, '', 0);
  return best;
}

/** What wraps a record is called `data` or after the record; anything else is more likely a record of another kind. */
function wrapperCost(name: string, nouns: readonly string[]): number {
  const own = plain(name);
  return /^(?:data|result|results|response|payload|item|record|entity|object|body|content|value)$/.test(own) ||
    nouns.some((noun) => sameNoun(own, noun))
    ? 1
    : 2;
}

/** `name: memos/x` (AIP-122): a path that is an id. */
function resourceName(name: string, schema: Schema): boolean {
  if (name !== 'name') return false;
  const { description, pattern } = schema;
  return (
    (typeof description === 'string' && /\bformat:?\s*`?[\w.-]+\/\{|\bresource name\b/i.test(description)) ||
    (typeof pattern === 'string' && pattern.includes('/'))
  );
}

function clashes(types: readonly string[], type: string | undefined): boolean {
  if (type === undefined || types.length === 0) return false;
  const number = (one: string): boolean => one === 'integer' || one === 'number';
  return number(type) ? !types.some(number) : type === 'string' && !types.includes('string');
}

/** A list of records in a body. */
export interface FoundItems {
  /** Pointer of the array. */
  at: string;
  items: PlacedSchema;
}

/** Names of arrays that hold what was asked for. */
const listWords =
  /^(?:data|items?|results?|records?|entries|list|values?|contents?|rows|elements|resources|objects|members?|embedded|collection|nodes|edges|hits)$/;

/**
 * @param document the bundled document
 * @param response the success of a GET
 * @param segment the last fixed segment of its path
 * @returns the array of objects that the response is about; undefined when it is about one thing
 */
export function findItems(
  document: JsonObject,
  response: ResponseSpec | undefined,
  segment: string,
): FoundItems | undefined {
  if (!response?.schema || response.schemaPointer === undefined) return undefined;
  const found: (FoundItems & { sure: boolean })[] = [];
  const visit = (schema: Schema, pointer: string, path: string, depth: number, sure: boolean): void => {
    if (typesOf(schema).includes('array') || isObject(schema.items)) {
      const items = follow(document, schema.items ?? {}, `${pointer}/items`);
      if (depth === 0 || propertiesOf(document, items.value, items.pointer).length > 0)
        found.push({ at: path, items, sure });
      return;
    }
    if (depth >= DEEPEST) return;
    for (const property of propertiesOf(document, schema, pointer)) {
      const fits = listWords.test(plain(property.name)) || sameNoun(property.name, segment);
      visit(
        property.schema,
        referenced(document, property.pointer),
        `${path}/${escapeToken(property.name)}`,
        depth + 1,
        fits,
      );
    }
  };
  visit(response.schema, response.schemaPointer, '', 0, true);
  const sure = found.find((one) => one.sure);
  if (sure) return sure;
  return found.length === 1 && isPlural(segment) ? found[0] : undefined;
}

/** @returns the names of the properties that a schema's objects have */
export function namesOf(document: JsonObject, schema: PlacedSchema): string[] {
  return recordFields(document, [schema]).map(({ name }) => name);
}
