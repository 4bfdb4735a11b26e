/** Finds out what each object of an OpenAPI document is, so that a keyword can be judged by where it stands. */
import { at, escapeToken, follow, isObject, propertiesOf } from './resolve.ts';
import type { JsonObject } from './types.ts';

/** Where an `x-ringtrue-*` keyword can be read; `keywords.schema.json` names the same words. */
export type PlaceKind =
  'document' | 'operation' | 'queryParameter' | 'requestProperty' | 'recordProperty' | 'errorProperty';

/** One way in which an object of the document is reached. A component has one for each use. */
export interface Place {
  kind: PlaceKind;
  /** The operation on the way; absent for the document itself. */
  operation?: OperationPlace;
  /** The property's name; absent where the object is no property's own schema (an array's item, a part of `allOf`). */
  name?: string;
  /** The schema with every reference on the way followed and merged, as rules read it. */
  schema?: JsonObject;
}

/** What the keyword checks need to know of an operation. */
export interface OperationPlace {
  id: string;
  path: string;
  method: string;
  node: JsonObject;
  pointer: string;
  parameters: JsonObject[];
  /** Names of the top-level request properties. */
  requestProperties: string[];
  statuses: string[];
  /** The JSON schemas of its successes, each with its pointer. */
  successes: { schema: JsonObject; pointer: string }[];
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];
const maxDepth = 40;

/** Every object that an operation reaches, by its JSON Pointer, and the operations themselves. */
export interface PlaceMap {
  places: Map<string, Place[]>;
  operations: OperationPlace[];
}

/**
 * @param document a bundled OpenAPI 3.1 document; references that lead nowhere are passed over, other checks tell them
 * @returns the uses of each object that a keyword may stand on
 */
export function mapPlaces(document: JsonObject): PlaceMap {
  const places = new Map<string, Place[]>();
  const operations: OperationPlace[] = [];
  note(places, '', { kind: 'document' });
  for (const [path, pathNode] of entriesOf(document.paths)) {
    const pathPointer = `/paths/${escapeToken(path)}`;
    const item = tryFollow(document, pathNode, pathPointer);
    for (const method of methods) {
      const node = item?.value[method];
      if (!item || !isObject(node)) continue;
      const pointer = `${item.pointer}/${method}`;
      const operation: OperationPlace = {
        id: typeof node.operationId === 'string' ? node.operationId : `${method} ${path}`,
        path,
        method,
        node,
        pointer,
        parameters: [],
        requestProperties: [],
        statuses: entriesOf(node.responses).map(([status]) => status),
        successes: [],
      };
      operations.push(operation);
      note(places, pointer, { kind: 'operation', operation });
      mapParameters(document, places, operation, item.value.parameters, `${item.pointer}/parameters`);
      mapParameters(document, places, operation, node.parameters, `${pointer}/parameters`);
      mapRequest(document, places, operation);
      mapResponses(document, places, operation);
    }
  }
  return { places, operations };
}

function note(places: Map<string, Place[]>, pointer: string, place: Place): void {
  const known = places.get(pointer);
  if (known) known.push(place);
  else places.set(pointer, [place]);
}

function mapParameters(
  document: JsonObject,
  places: Map<string, Place[]>,
  operation: OperationPlace,
  list: unknown,
  pointer: string,
): void {
  if (!Array.isArray(list)) return;
  list.forEach((node: unknown, index) => {
    const own = `${pointer}/${String(index)}`;
    const found = tryFollow(document, node, own);
    if (!found) return;
    operation.parameters.push(found.value);
    if (found.value.in !== 'query') return;
    for (const place of new Set([own, found.pointer])) note(places, place, { kind: 'queryParameter', operation });
  });
}

function mapRequest(document: JsonObject, places: Map<string, Place[]>, operation: OperationPlace): void {
  const body = tryFollow(document, operation.node.requestBody, `${operation.pointer}/requestBody`);
  for (const { schema, pointer } of schemasOf(document, body)) {
    operation.requestProperties.push(...namesOf(document, schema, pointer));
    new SchemaWalk(document, places, 'requestProperty', operation).visit(schema, pointer, false);
  }
}

function mapResponses(document: JsonObject, places: Map<string, Place[]>, operation: OperationPlace): void {
  for (const [status, node] of entriesOf(operation.node.responses)) {
    const response = tryFollow(document, node, `${operation.pointer}/responses/${escapeToken(status)}`);
    const succeeds = /^2/.test(status);
    for (const { schema, pointer } of schemasOf(document, response)) {
      if (succeeds) operation.successes.push({ schema, pointer });
      const kind = succeeds ? 'recordProperty' : 'errorProperty';
      new SchemaWalk(document, places, kind, operation).visit(schema, pointer, false);
    }
  }
}

/** Marks every schema below one body. */
class SchemaWalk {
  private readonly seen = new Set<string>();

  constructor(
    private readonly document: JsonObject,
    private readonly places: Map<string, Place[]>,
    private readonly kind: PlaceKind,
    private readonly operation: OperationPlace,
  ) {}

  /**
   * @param node the schema, perhaps a reference
   * @param pointer where it stands
   * @param inside whether it is a property's schema or a part of one, and not the body's own
   * @param name the property's name, when it is its own schema
   */
  visit(node: unknown, pointer: string, inside: boolean, name?: string, depth = 0): void {
    if (!isObject(node) || depth > maxDepth) return;
    // A component is marked again for another property's name, or else a second use of it would not be known.
    const key = `${pointer} ${String(inside)} ${name ?? ''}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const resolved = tryFollow(this.document, node, pointer);
    if (!resolved) return;
    if (inside) {
      const place: Place = { kind: this.kind, operation: this.operation, schema: resolved.value, name };
      for (const stop of this.stops(node, pointer)) note(this.places, stop, place);
    }
    const { value, pointer: here } = resolved;
    for (const [property, schema] of entriesOf(value.properties))
      this.visit(schema, `${here}/properties/${escapeToken(property)}`, true, property, depth + 1);
    for (const key of ['items', 'additionalProperties', 'unevaluatedProperties', 'contains'])
      this.visit(value[key], `${here}/${key}`, true, undefined, depth + 1);
    for (const [pattern, schema] of entriesOf(value.patternProperties))
      this.visit(schema, `${here}/patternProperties/${escapeToken(pattern)}`, true, undefined, depth + 1);
    for (const key of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) {
      const parts = value[key];
      if (!Array.isArray(parts)) continue;
      parts.forEach((part: unknown, index) => {
        this.visit(part, `${here}/${key}/${String(index)}`, inside, name, depth + 1);
      });
    }
    for (const key of ['if', 'then', 'else']) this.visit(value[key], `${here}/${key}`, inside, name, depth + 1);
  }

  /** The object itself and every component that its chain of references passes. */
  private stops(node: JsonObject, pointer: string): Set<string> {
    const stops = new Set([pointer]);
    let here: JsonObject | undefined = node;
    while (here && typeof here.$ref === 'string') {
      const next = here.$ref.replace(/^#/, '');
      if (stops.has(next)) break;
      stops.add(next);
      const target = at(this.document, `#${next}`);
      here = isObject(target) ? target : undefined;
    }
    return stops;
  }
}

function schemasOf(
  document: JsonObject,
  body: { value: JsonObject; pointer: string } | undefined,
): { schema: JsonObject; pointer: string }[] {
  return entriesOf(body?.value.content).flatMap(([mediaType, media]) => {
    if (!body || !isObject(media) || !isObject(media.schema)) return [];
    return [{ schema: media.schema, pointer: `${body.pointer}/content/${escapeToken(mediaType)}/schema` }];
  });
}

/**
 * Looks for a pointer among the properties of a body: from the body itself, or from a record somewhere inside it.
 *
 * @param pointer a JSON Pointer; a number in it stands for any item of an array
 * @param anywhere whether the pointer may start at an object inside the body
 * @returns whether the schema names such a property
 */
export function namesProperty(
  document: JsonObject,
  body: { schema: JsonObject; pointer: string },
  pointer: string,
  anywhere: boolean,
): boolean {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const seen = new Set<string>();
  const search = (schema: unknown, place: string): boolean => {
    const resolved = tryFollow(document, schema, place);
    if (!resolved || seen.has(resolved.pointer)) return false;
    seen.add(resolved.pointer);
    if (leadsSomewhere(document, schema, place, tokens)) return true;
    if (!anywhere) return false;
    const inner = tryProperties(document, resolved);
    return (
      inner.some((property) => search(property.schema, property.pointer)) ||
      search(resolved.value.items, `${resolved.pointer}/items`)
    );
  };
  return search(body.schema, body.pointer);
}

function leadsSomewhere(document: JsonObject, schema: unknown, place: string, tokens: string[]): boolean {
  const resolved = tryFollow(document, schema, place);
  if (!resolved) return false;
  const [token, ...rest] = tokens;
  if (token === undefined) return true;
  if (/^\d+$/.test(token) && isObject(resolved.value.items))
    return leadsSomewhere(document, resolved.value.items, `${resolved.pointer}/items`, rest);
  const property = tryProperties(document, resolved).find(({ name }) => name === token);
  return property !== undefined && leadsSomewhere(document, property.schema, property.pointer, rest);
}

function namesOf(document: JsonObject, schema: unknown, pointer: string): string[] {
  const resolved = tryFollow(document, schema, pointer);
  return resolved ? tryProperties(document, resolved).map(({ name }) => name) : [];
}

/** Follows a reference, or answers undefined where it leads nowhere: Redocly and the loader tell that better. */
function tryFollow(
  document: JsonObject,
  node: unknown,
  pointer: string,
): { value: JsonObject; pointer: string } | undefined {
  if (!isObject(node)) return undefined;
  try {
    return follow(document, node, pointer);
  } catch {
    return undefined;
  }
}

function tryProperties(
  document: JsonObject,
  resolved: { value: JsonObject; pointer: string },
): ReturnType<typeof propertiesOf> {
  try {
    return propertiesOf(document, resolved.value, resolved.pointer);
  } catch {
    return [];
  }
}

/** @returns the entries of an object, none for anything else */
export function entriesOf(node: unknown): [string, unknown][] {
  return isObject(node) ? Object.entries(node) : [];
}
