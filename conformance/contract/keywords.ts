/** Checks the `x-ringtrue-*` keywords of a document: their names, their places, their values and what they point at. */
import type { ErrorObject } from 'ajv';
import { closest, distance } from 'fastest-levenshtein';
import { checkReferences } from './keyword-references.ts';
import { keywordValidator } from './keyword-validators.ts';
import schema from './keywords.schema.json' with { type: 'json' };
import { mapPlaces, type Place, type PlaceKind } from './places.ts';
import { at, escapeToken, isObject } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** Something that is wrong with a keyword. */
export interface KeywordProblem {
  /** JSON Pointer of the keyword, or of the object that lacks it. */
  pointer: string;
  /** One plain sentence, with the remedy. */
  message: string;
}

/** A keyword as it was found. */
export interface FoundKeyword {
  name: string;
  value: unknown;
  /** Pointer of the keyword itself. */
  pointer: string;
  /** Pointer of the object that it stands on. */
  owner: string;
  /** In which ways that object is reached. */
  places: Place[];
}

interface KeywordSchema {
  standsOn: PlaceKind[];
}

const known = schema.properties as unknown as Record<string, KeywordSchema>;
const names = Object.keys(known);
const prefix = 'x-ringtrue-';

const placeWords: Record<PlaceKind, string> = {
  document: "the document's root",
  operation: 'an operation',
  queryParameter: 'a query parameter',
  requestProperty: 'a property of a request body',
  recordProperty: 'a property of a success',
  errorProperty: 'a property of a refusal',
};

/** Maps in which every key is a name that the author chose. */
const propertyMaps = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
/** Maps with chosen keys too, on which an extension may stand. */
const nameMaps = new Set([
  ...propertyMaps,
  'responses',
  'schemas',
  'parameters',
  'headers',
  'requestBodies',
  'links',
  'callbacks',
  'securitySchemes',
  'pathItems',
  'content',
  'paths',
]);
/** What stands under these is data, not description. */
const data = new Set(['example', 'examples', 'default', 'const', 'enum']);

/**
 * Checks every `x-ringtrue-*` keyword of a document. A contract with a problem must not be used: a keyword that is
 * passed over is a test that silently does not happen.
 *
 * @param document an OpenAPI 3.1 document whose references are all internal
 * @returns the problems in the document's order; empty when there are none
 * @see docs/keywords.md
 */
export function checkKeywords(document: unknown): KeywordProblem[] {
  if (!isObject(document)) return [{ pointer: '', message: 'The document is no object.' }];
  const dead = deadReferences(document);
  // Whatever else were told would be told for want of what the reference leads to.
  if (dead.length > 0) return dead;
  const problems: KeywordProblem[] = [];
  const { places, operations } = mapPlaces(document);
  const found: FoundKeyword[] = [];
  walk(document, '', false, false, (name, value, owner) => {
    const pointer = `${owner}/${escapeToken(name)}`;
    if (!(name in known)) {
      problems.push({ pointer, message: unknownName(name) });
      return;
    }
    const keyword = { name, value, pointer, owner, places: places.get(owner) ?? [] };
    const wrong = wrongPlace(keyword) ?? wrongValue(keyword);
    if (wrong) problems.push(wrong);
    else found.push(keyword);
  });
  return [...problems, ...checkReferences(document, operations, found)];
}

function deadReferences(document: JsonObject): KeywordProblem[] {
  const problems: KeywordProblem[] = [];
  const search = (node: unknown, pointer: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const own = `${pointer}/${escapeToken(key)}`;
      if (data.has(key) && !isObject(value)) continue;
      if (key === '$ref' && typeof value === 'string' && value.startsWith('#') && !leadsSomewhere(document, value))
        problems.push({ pointer: own, message: `The reference ${value} leads nowhere.` });
      search(value, own);
    }
  };
  search(document, '');
  return problems;
}

function leadsSomewhere(document: JsonObject, reference: string): boolean {
  try {
    return at(document, reference) !== undefined;
  } catch {
    // A percent sign that escapes nothing.
    return false;
  }
}

type Visit = (name: string, value: unknown, owner: string) => void;

function walk(node: unknown, pointer: string, isNameMap: boolean, isPropertyMap: boolean, visit: Visit): void {
  if (Array.isArray(node)) {
    node.forEach((item: unknown, index) => {
      walk(item, `${pointer}/${String(index)}`, false, false, visit);
    });
    return;
  }
  if (!isObject(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (!isPropertyMap && isOurs(key)) visit(key, value, pointer);
    else if (isNameMap) walk(value, `${pointer}/${escapeToken(key)}`, false, false, visit);
    else if (!data.has(key))
      walk(value, `${pointer}/${escapeToken(key)}`, nameMaps.has(key), propertyMaps.has(key), visit);
  }
}

/** Whether an extension's name is ours or was meant to be: `x-ringtru-fixture` is, `x-internal` is not. */
function isOurs(key: string): boolean {
  const name = key.toLowerCase();
  if (!name.startsWith('x-')) return false;
  if (/^x-ring-?t/.test(name)) return true;
  return distance(name.slice(0, prefix.length), prefix) <= 2 || distance(name, closest(name, names)) <= 3;
}

function unknownName(name: string): string {
  const guess = closest(name.toLowerCase(), names);
  const hint = distance(name.toLowerCase(), guess) <= 8 ? ` Did you mean ${guess}?` : '';
  return `There is no keyword ${name}.${hint} docs/keywords.md lists them all.`;
}

function wrongPlace({ name, pointer, places }: FoundKeyword): KeywordProblem | undefined {
  const allowed = known[name]?.standsOn ?? [];
  if (places.some(({ kind }) => allowed.includes(kind))) return undefined;
  const right = allowed.map((kind) => placeWords[kind]).join(' or ');
  const here = [...new Set(places.map(({ kind }) => placeWords[kind]))].join(' and ');
  const message =
    here === ''
      ? `${name} stands where nothing reads it; it belongs on ${right}.`
      : `${name} stands on ${here}; it belongs on ${right}.`;
  return { pointer, message };
}

function wrongValue({ name, value, pointer }: FoundKeyword): KeywordProblem | undefined {
  const validate = keywordValidator(name);
  if (!validate || validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  if (!error) return { pointer, message: `The value of ${name} is not right.` };
  if (error.propertyName !== undefined)
    return { pointer, message: `${name} has no property ${error.propertyName}; it can be ${allowedNames(error)}.` };
  const params = error.params as Record<string, unknown>;
  const inside = error.instancePath === '' ? name : `${name}${error.instancePath}`;
  return {
    pointer: `${pointer}${error.instancePath}`,
    message: `${inside} ${explain(error.keyword, params, error.message)}`,
  };
}

function allowedNames({ params, message }: ErrorObject): string {
  const allowed: unknown = (params as Record<string, unknown>)['allowedValues'];
  return Array.isArray(allowed) ? allowed.map(String).join(', ') : (message ?? 'another one');
}

function explain(keyword: string, params: Record<string, unknown>, fallback: string | undefined): string {
  const list = (values: unknown): string =>
    Array.isArray(values) ? values.map((value) => String(value)).join(', ') : '';
  switch (keyword) {
    case 'additionalProperties':
      return `has no property ${String(params['additionalProperty'])}.`;
    case 'required':
      return `lacks ${String(params['missingProperty'])}.`;
    case 'enum':
      return `is none of ${list(params['allowedValues'])}.`;
    case 'const':
      return `can only be ${String(params['allowedValue'])}.`;
    default:
      return `${fallback ?? 'is not right'}.`;
  }
}
