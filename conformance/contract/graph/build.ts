/** One resource of operations that belong together: where its record stands, and how what is written is read back. */
import { recordFields, requestFields, type PlacedSchema } from '../fields.ts';
import { follow, isObject, propertiesOf, typesOf } from '../resolve.ts';
import type { JsonObject, Operation, Resource, ResourceKind, Schema, Updater } from '../types.ts';
import { envelopeOf } from './envelopes.ts';
import { bodyOf, findItems, findRecord, namesOf, referenced, schemaAt, successOf } from './records.ts';
import { roundTrips, type Views } from './round-trips.ts';

/** What a resource is built from, and who takes a sentence for what was inferred. */
interface Surroundings {
  document: JsonObject;
  inferred: string[];
}

/** What is known of a resource before its bodies are looked into. */
export interface Plan {
  kind: ResourceKind;
  nouns: readonly string[];
  create?: Operation;
  read?: Operation;
  list?: Operation;
  updates: readonly Operation[];
  delete?: Operation;
  relatedReads: readonly Operation[];
  idParameter: string;
  /** Pointer of the id in the create response, or in the request. */
  idPointer?: string;
  idFrom: Resource['idFrom'];
  idTail: boolean;
}

/**
 * @param plan which operations belong together
 * @param known what inference looks at; takes a sentence for properties that nothing reads back
 */
export function buildResource(plan: Plan, known: Surroundings): Resource {
  const { document } = known;
  const id = idOf(plan, document);
  const where = (operation: Operation | undefined): string =>
    operation ? (recordPointer(document, operation, id.field, id.recordAt, plan) ?? id.recordAt) : id.recordAt;
  const [update] = plan.updates;
  const recordAt = { create: id.recordAt, read: where(plan.read), update: where(update) };
  const items = plan.list && itemsPointer(document, plan.list, id.field, plan);
  const listed = plan.list && items !== undefined ? itemSchema(document, plan.list, items) : undefined;
  const created =
    plan.create && plan.kind !== 'keyed' ? schemaAt(document, successOf(plan.create), recordAt.create) : undefined;
  const read = plan.read && schemaAt(document, successOf(plan.read), recordAt.read);
  const schemas = [created, read, ...(created || read ? [] : [listed])].filter((one) => one !== undefined);
  const fields = recordFields(document, schemas);
  const names = fields.map(({ name }) => name);
  const views: Views = { create: created, read, list: listed };
  const writer = (operation: Operation): Resource['createFields'] => {
    const own = schemaAt(document, successOf(operation), where(operation));
    const body = bodySchema(document, operation, names, plan.nouns);
    if (!body) return operation.fields;
    const { fields: trips, silent } = roundTrips(document, body, fields, { ...views, update: own });
    if (silent.length > 0 && operation === plan.create)
      known.inferred.push(
        `${operation.id}: no response property stands for ${silent.join(', ')}, so ${silent.length > 1 ? 'they are' : 'it is'} not read back.`,
      );
    operation.fields = requestFields(document, body);
    return trips;
  };
  const createFields = plan.create ? writer(plan.create) : [];
  const updates = plan.updates.map((operation): Updater => ({
    operation,
    replaces: operation.method === 'PUT',
    recordAt: schemaAt(document, successOf(operation), where(operation)) ? where(operation) : undefined,
    fields: operation === plan.create ? createFields : writer(operation),
  }));
  return {
    name: '',
    kind: plan.kind,
    parents: [],
    create: plan.create,
    read: plan.read,
    list: items === undefined ? undefined : plan.list,
    update,
    updates,
    delete: plan.delete,
    otherCreates: [],
    otherLists: [],
    actions: [],
    searches: [],
    relatedReads: [...plan.relatedReads],
    idField: id.field,
    idPointer: id.pointer,
    idFrom: plan.idFrom,
    idTail: plan.idTail || id.tail,
    recordAt,
    itemsAt: items ?? '',
    idParameter: plan.idParameter,
    keys: [],
    createFields,
    updateFields: updates[0]?.fields ?? [],
    recordFields: fields,
  };
}

interface Id {
  field: string;
  pointer: string;
  recordAt: string;
  tail: boolean;
}

/** The id's name: as the create response has it, else as a read or a list has it. */
function idOf(plan: Plan, document: JsonObject): Id {
  if (plan.idFrom === 'body' && plan.idPointer !== undefined && plan.idPointer !== '') {
    const recordAt = plan.idPointer.replace(/\/[^/]*$/, '');
    return { field: plan.idPointer.slice(recordAt.length + 1), pointer: plan.idPointer, recordAt, tail: false };
  }
  const pointer = plan.idPointer ?? '';
  for (const operation of [plan.read, ...plan.updates]) {
    const body = bodyOf(operation && successOf(operation));
    const found = body && findRecord(document, body, plan.idParameter, plan.nouns);
    if (found) return { field: found.id, pointer, recordAt: found.at, tail: found.tail };
  }
  const listed = plan.list && findItems(document, successOf(plan.list), plan.nouns[0] ?? '');
  const found = listed && findRecord(document, listed.items, plan.idParameter, plan.nouns);
  if (found) return { field: found.id, pointer, recordAt: '', tail: found.tail };
  return { field: '', pointer, recordAt: '', tail: false };
}

/** The record of a read or update stands where the create response has it, if its schema has the id there; else where its id is found. */
function recordPointer(
  document: JsonObject,
  operation: Operation,
  idField: string,
  like: string,
  plan: Plan,
): string | undefined {
  const success = successOf(operation);
  for (const pointer of [like, '', '/data']) {
    const schema = schemaAt(document, success, pointer);
    if (schema && propertiesOf(document, schema.value, schema.pointer).some((property) => property.name === idField))
      return pointer;
  }
  const body = bodyOf(success);
  return body && findRecord(document, body, plan.idParameter, plan.nouns)?.at;
}

/** Where a list response keeps its records: said by a link (`…/0/uid`), or the only array of objects with the id near the top. */
function itemsPointer(document: JsonObject, list: Operation, idField: string, plan: Plan): string | undefined {
  const success = successOf(list);
  for (const link of success?.links ?? []) {
    for (const expression of Object.values(link.parameters)) {
      const match = /^\$response\.body#(.*)\/0\/[^/]+$/.exec(expression);
      if (match) return match[1] ?? '';
    }
  }
  if (!success?.schema || success.schemaPointer === undefined) return undefined;
  if (idField === '') return findItems(document, success, plan.nouns[0] ?? '')?.at;
  const visit = (schema: Schema, pointer: string, path: string, depth: number): string | undefined => {
    if (typesOf(schema).includes('array') && isObject(schema.items)) {
      const items = follow(document, schema.items, `${pointer}/items`);
      const names = propertiesOf(document, items.value, items.pointer).map((property) => property.name);
      return names.includes(idField) ? path : undefined;
    }
    if (depth > 2) return undefined;
    for (const property of propertiesOf(document, schema, pointer)) {
      const found = visit(
        property.schema,
        referenced(document, property.pointer),
        `${path}/${property.name}`,
        depth + 1,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(success.schema, success.schemaPointer, '', 0);
}

function itemSchema(document: JsonObject, list: Operation, pointer: string): PlacedSchema | undefined {
  const array = schemaAt(document, successOf(list), pointer);
  if (!array) return undefined;
  const { value, pointer: place } = follow(document, array.value.items ?? {}, `${array.pointer}/items`);
  return { value, pointer: place };
}

/** What the fields of a request stand in; an envelope is noted with the body. */
function bodySchema(
  document: JsonObject,
  operation: Operation,
  names: readonly string[],
  nouns: readonly string[],
): PlacedSchema | undefined {
  const [body] = operation.bodies;
  if (!body) return undefined;
  const top = { value: body.schema, pointer: body.schemaPointer };
  const wrapped =
    names.length > 0 ? envelopeOf(document, operation, namesBelow(document, operation, names), nouns) : undefined;
  if (!wrapped) return top;
  body.envelope = wrapped.envelope;
  body.examples = body.examples.flatMap(({ name, value }) => {
    const inside = valueAt(value, wrapped.envelope.at);
    return inside === undefined ? [] : [{ name, value: inside }];
  });
  return wrapped.holds;
}

function valueAt(value: unknown, pointer: string): unknown {
  let here = value;
  for (const token of pointer.split('/').slice(1)) here = isObject(here) ? here[token] : undefined;
  return here;
}

/** A body that is one property of the record is no envelope: `{"address": {…}}`. */
function namesBelow(document: JsonObject, operation: Operation, names: readonly string[]): string[] {
  const body = bodyOf(successOf(operation));
  // A record that stands in an envelope of its own is no property of that name.
  const outer = body ? namesOf(document, body) : [];
  return names.filter((name) => !(outer.includes(name) && outer.length === 1));
}
