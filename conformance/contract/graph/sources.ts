/** Where the values of parameters and properties come from: parents by the path, foreign keys by name or link. */
import { escapeToken, typesOf } from '../resolve.ts';
import type { JsonObject, Operation, Parameter, RequestField, Resource, Schema, ValueSource } from '../types.ts';
import type { Graph, Placed } from './graph.ts';
import { keyOf, lastFixed, type Shape } from './paths.ts';
import { bodyRecord, referenced, successOf } from './records.ts';
import { idRank, idWords, nounsOf, plain, wordsOf } from './words.ts';

/** Sets `from` of every parameter and request property that names a record, and the parents of each resource. */
export function findSources(graph: Graph): void {
  const { placed, operations, inferred } = graph;
  const finder = new Finder(graph);
  const counts = new Map<string, Set<string>>();
  const note = (what: string, source: ValueSource, operation: Operation): void => {
    if (source.said) return;
    const key = `${what} names a record of ${source.resource}`;
    counts.set(key, (counts.get(key) ?? new Set()).add(operation.id));
  };
  for (const operation of operations) {
    const shape = graph.shape(operation);
    shape.segments.forEach(({ parameter: name }, index) => {
      // A parameter that spans several segments names the record of the last.
      if (name !== undefined && shape.segments.some((other, at) => at > index && other.parameter === name)) return;
      const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
      if (!parameter || parameter.from) return;
      const source = finder.ofSegment(shape, index, parameter);
      if (!source) return;
      parameter.from = source;
      // Of its own item a path says it plainly enough.
      if (source.resource !== operation.resource) note(`the path parameter ${parameter.name}`, source, operation);
    });
    for (const parameter of operation.parameters) {
      if (parameter.from || parameter.in === 'path' || parameter.in === 'cookie') continue;
      const source = finder.ofName(parameter.name, parameter.schema);
      if (!source || isOwnKey(graph, operation, source, parameter.name)) continue;
      parameter.from = source;
      note(`the ${parameter.in} parameter ${parameter.name}`, parameter.from, operation);
    }
    for (const field of operation.fields) {
      field.from = ofField(finder, field, operation, graph);
      if (field.from) note(`the property ${field.name}`, field.from, operation);
    }
  }
  for (const { resource } of placed) {
    for (const { operation, fields } of writersOf(resource)) {
      const from = new Map(operation.fields.map((field) => [field.name, field.from]));
      for (const field of fields) field.from = from.get(field.name);
    }
    resource.parents = parentsOf(graph, resource);
  }
  for (const [sentence, ids] of counts) inferred.push(`${upper(sentence)} (${few([...ids])}).`);
}

function ofField(finder: Finder, field: RequestField, operation: Operation, graph: Graph): ValueSource | undefined {
  if (field.fixture !== undefined) return undefined;
  const source = finder.ofName(field.name, field.schema) ?? finder.ofRecord(field);
  return source && !isOwnKey(graph, operation, source, field.name) ? source : undefined;
}

/** Its own id in a create is a key of the client's choice; another record of the same kind has another name: `parent_id`. */
function isOwnKey(graph: Graph, operation: Operation, source: ValueSource, name: string): boolean {
  if (source.resource !== operation.resource || operation.role !== 'create') return false;
  const own = graph.placed.find(({ resource }) => resource.name === source.resource);
  if (!own) return false;
  const { idField, idParameter } = own.resource;
  return name === idField || idRank(name, idParameter === '' ? name : idParameter, own.nouns) !== undefined;
}

function writersOf(resource: Resource): { operation: Operation; fields: RequestField[] }[] {
  const { create, createFields, updates } = resource;
  return [...(create ? [{ operation: create, fields: createFields }] : []), ...updates];
}

/** The parameters above its own id, in the path of the operation that stands closest to its records. */
function parentsOf(graph: Graph, resource: Resource): Resource['parents'] {
  const operation = resource.create ?? resource.list ?? resource.read ?? resource.update ?? resource.delete;
  if (!operation) return [];
  const own =
    resource.kind === 'singleton' ? [] : [resource.idParameter, ...resource.keys.map(({ parameter }) => parameter)];
  const list = operation === resource.create && resource.kind === 'collection';
  const names = new Set(graph.shape(operation).segments.map(({ parameter }) => parameter));
  return [...names].flatMap((name) => {
    if (name === undefined || (!list && operation !== resource.list && own.includes(name))) return [];
    const from = operation.parameters.find((one) => one.in === 'path' && one.name === name)?.from;
    return [{ resource: from?.resource, parameter: name }];
  });
}

/** People are called after what they do. */
const people = new Set([
  'owner',
  'assignee',
  'author',
  'creator',
  'reporter',
  'manager',
  'member',
  'user',
  'approver',
  'reviewer',
]);
const peopleNouns = ['user', 'person', 'member', 'people'];

class Finder {
  private readonly byItem = new Map<string, Placed>();
  private readonly byNoun = new Map<string, Placed[]>();

  /** Resources by the place of their record's schema; undefined where several have the same. */
  private readonly byRecord = new Map<string, Placed | undefined>();
  private readonly document: JsonObject;

  constructor({ document, placed }: Graph) {
    this.document = document;
    for (const one of placed) {
      const { create, read, idParameter } = one.resource;
      const record = create && read && bodyRecord(document, successOf(read), one.nouns, idParameter)?.schema.pointer;
      if (record !== undefined) this.byRecord.set(record, this.byRecord.has(record) ? undefined : one);
      for (const key of one.items) if (!this.byItem.has(key)) this.byItem.set(key, one);
      if (one.resource.kind === 'singleton') continue;
      for (const noun of one.nouns) this.byNoun.set(noun, [...(this.byNoun.get(noun) ?? []), one]);
    }
  }

  /** A path parameter: the item whose path ends here, else whatever its name or the segment before it names. */
  ofSegment(shape: Shape, index: number, parameter: Parameter): ValueSource | undefined {
    const upTo = shape.segments.slice(0, index + 1);
    const exact = this.byItem.get(keyOf(upTo));
    if (exact) return sourceOf(exact, parameter.name);
    // The first of two keys: `{owner}` of `/repos/{owner}/{repo}`.
    const longer = this.byItem.get(keyOf(shape.segments.slice(0, index + 2)));
    const key = longer?.resource.keys.find((one) => one.parameter === parameter.name);
    if (longer && key) return { resource: longer.resource.name, at: key.at, said: false };
    const before = shape.segments[index - 1];
    const named = this.ofName(parameter.name, parameter.schema);
    if (named) return named;
    if (!before || before.parameter !== undefined || isChoice(parameter.schema)) return undefined;
    return this.only(nounsOf(lastFixed(upTo)), parameter.schema, parameter.name);
  }

  /** A name such as `flow_id`, `flowId`, `flow`, `tag_ids`, `assignee_id`. */
  ofName(name: string, schema: Schema): ValueSource | undefined {
    const many = typesOf(schema).includes('array');
    const value = many && typeof schema.items === 'object' && schema.items !== null ? (schema.items as Schema) : schema;
    if (isChoice(value) || typesOf(value).some((type) => !['string', 'integer', 'number', 'null'].includes(type)))
      return undefined;
    const words = wordsOf(name);
    const last = words.at(-1) ?? '';
    const singular = many && last.endsWith('s') ? last.slice(0, -1) : last;
    const isKey = words.length > 1 && idWords.has(singular);
    if (!isKey && !(pointsAway(value) && !idWords.has(singular))) return undefined;
    const nouns = nounsOf((isKey ? words.slice(0, -1) : words).join('_'));
    const source =
      this.only(nouns, value, name) ??
      (people.has(nouns.at(-1) ?? '') ? this.only(peopleNouns, value, name) : undefined);
    return source && (many ? { ...source, many } : source);
  }

  /** A property whose schema is that of another resource's record: a record that exists is meant, not a new one inside. */
  ofRecord({ schema, pointer }: RequestField): ValueSource | undefined {
    const many = typesOf(schema).includes('array');
    const own = referenced(this.document, many ? `${referenced(this.document, pointer)}/items` : pointer);
    const placed = this.byRecord.get(own);
    if (!placed || placed.resource.idField === '') return undefined;
    return { resource: placed.resource.name, at: '', said: false, whole: true, ...(many ? { many } : {}) };
  }

  /** The one resource that is called so; several are none. */
  private only(nouns: readonly string[], schema: Schema, parameter: string): ValueSource | undefined {
    for (const noun of nouns) {
      const found = this.byNoun.get(plain(noun))?.filter(({ idType }) => fits(schema, idType)) ?? [];
      const made = found.filter(({ resource }) => resource.kind !== 'given');
      const best = made.length > 0 ? made : found;
      // Of several the one that stands on its own is meant.
      const free = best.filter(({ shape }) => shape.segments.every((segment) => segment.parameter === undefined));
      const [one, ...others] = best.length > 1 && free.length > 0 ? free : best;
      if (one && others.length === 0) return sourceOf(one, parameter);
    }
    return undefined;
  }
}

function sourceOf({ resource }: Placed, parameter: string): ValueSource | undefined {
  const key = resource.keys.find((one) => one.parameter === parameter)?.at;
  const unknown = resource.idField === '' && resource.idFrom === 'nowhere';
  // What a create and a read are there for, a run finds out.
  if (key === undefined && unknown && !(resource.create && resource.read)) return undefined;
  const at = key ?? (resource.idField === '' ? '' : `/${escapeToken(resource.idField)}`);
  return { resource: resource.name, at, said: false, ...(resource.idTail ? { tail: true } : {}) };
}

/** A value of a list, or a fixed one, names no record. */
function isChoice(schema: Schema): boolean {
  return Array.isArray(schema.enum) || 'const' in schema || typesOf(schema).includes('boolean');
}

/** A bare name such as `project` is a key only when its schema says so: a number, a UUID, or a word in its description. */
function pointsAway(schema: Schema): boolean {
  const types = typesOf(schema);
  if (types.includes('integer') || schema.format === 'uuid') return true;
  const { description } = schema;
  return (
    typeof description === 'string' &&
    /\b(?:ids?|uuid|gid|identifier|identifies|primary key|slug of)\b/i.test(description)
  );
}

function fits(schema: Schema, idType: string | undefined): boolean {
  const types = typesOf(schema).filter((type) => type !== 'null');
  if (types.length === 0 || idType === undefined) return true;
  const number = (type: string): boolean => type === 'integer' || type === 'number';
  return number(idType) ? types.some(number) || types.includes('string') : types.includes(idType);
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function few(ids: readonly string[]): string {
  if (ids.length <= 3) return ids.join(', ');
  return `${ids.slice(0, 2).join(', ')} and ${String(ids.length - 2)} more operations`;
}
