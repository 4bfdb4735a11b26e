/** Finds the kinds of record in a contract: which operations create, read, list and update them, and where a record stands. */
import type { Level } from '../model/index.ts';
import { at, follow, isObject, propertiesOf, typesOf } from './resolve.ts';
import type {
  JsonObject,
  Operation,
  RecordField,
  RequestField,
  Resource,
  ResponseSpec,
  RoundTrip,
  Schema,
  WayIn,
} from './types.ts';

/** @returns the response of the documented success with the lowest status */
export function successOf(operation: Operation): ResponseSpec | undefined {
  return operation.responses
    .filter((response) => /^2(\d\d|XX)$/i.test(response.status))
    .sort((a, b) => a.status.localeCompare(b.status))[0];
}

/**
 * @param document the bundled document
 * @param operations its operations
 * @param inferred takes a sentence for everything that no keyword or link says
 * @returns one resource for each create operation, and for each read or list that has none
 */
export function readResources(document: JsonObject, operations: Operation[], inferred: string[]): Resource[] {
  const resources: Resource[] = [];
  const creates = operations.filter((op) => op.method === 'POST' && op.requestBody && !endsInParameter(op.path));
  for (const create of creates) {
    const resource = fromCreate(document, operations, create, inferred);
    if (resource) resources.push(resource);
  }
  return resources;
}

function endsInParameter(path: string): boolean {
  return /\{[^}]+\}\/?$/.test(path);
}

interface LinkTarget {
  operation: Operation;
  parameter: string;
  pointer: string;
}

/** What a response's links say: which operation takes which value of the body as which parameter. */
function linkTargets(operations: Operation[], response: ResponseSpec | undefined): LinkTarget[] {
  return (response?.links ?? []).flatMap((link) => {
    const operation = operations.find((op) => op.id === link.operationId);
    const [parameter, expression] =
      Object.entries(link.parameters).find(([, value]) => value.startsWith('$response.body#')) ?? [];
    if (!operation || !parameter || !expression) return [];
    return [
      { operation, parameter: parameter.replace(/^path\./, ''), pointer: expression.slice('$response.body#'.length) },
    ];
  });
}

function fromCreate(
  document: JsonObject,
  operations: Operation[],
  create: Operation,
  inferred: string[],
): Resource | undefined {
  const success = successOf(create);
  if (!success?.schema) return undefined;
  let targets = linkTargets(operations, success).filter((target) =>
    endsInOrContains(target.operation.path, target.parameter),
  );
  if (targets.length === 0) {
    targets = inferTargets(document, operations, create, success);
    if (targets.length > 0)
      inferred.push(
        `${create.id}: no links, so ${targets.map((target) => target.operation.id).join(' and ')} ` +
          `${targets.length > 1 ? 'are' : 'is'} taken to reach the record by ${targets[0]?.pointer ?? ''} of the create response.`,
      );
  }
  const first = targets[0];
  if (!first) return undefined;
  const recordAtCreate = first.pointer.replace(/\/[^/]*$/, '');
  const idField = first.pointer.slice(recordAtCreate.length + 1);
  const reads = targets.filter((target) => target.operation.method === 'GET').map((target) => target.operation);
  // The plain read is the one whose path ends in the id; others (`…/status`) tell part of the record.
  const read = reads.find((op) => endsInParameter(op.path));
  const update = targets.find(({ operation }) => operation.method === 'PUT' || operation.method === 'PATCH')?.operation;
  const list = operations.find((op) => op.method === 'GET' && op.path === create.path);
  const items = list ? itemsPointer(document, list, idField) : undefined;
  const recordAt = {
    create: recordAtCreate,
    read: read ? recordPointer(document, read, idField, recordAtCreate) : recordAtCreate,
    update: update ? recordPointer(document, update, idField, recordAtCreate) : recordAtCreate,
  };
  const recordFields = readRecordFields(document, [
    ...recordSchemas(document, create, recordAt.create),
    ...(read ? recordSchemas(document, read, recordAt.read) : []),
  ]);
  const created = readRequestFields(document, create, recordFields, 'create', inferred);
  const updated = update ? readRequestFields(document, update, recordFields, 'update', inferred) : [];
  return {
    create,
    read,
    list: items === undefined ? undefined : list,
    update,
    relatedReads: reads.filter((op) => op !== read),
    idField,
    idPointer: first.pointer,
    recordAt,
    itemsAt: items ?? '',
    idParameter: first.parameter,
    createFields: created,
    updateFields: updated,
    recordFields: recordFields.map(({ keywords: _keywords, ...field }) => field),
  };
}

function endsInOrContains(path: string, parameter: string): boolean {
  return path.includes(`{${parameter}}`);
}

/** Without links: reads and updates at `<create path>/{parameter}`, by the id property that the create response is sure to have. */
function inferTargets(
  document: JsonObject,
  operations: Operation[],
  create: Operation,
  success: ResponseSpec,
): LinkTarget[] {
  const base = create.path.replace(/\/$/, '');
  const found = operations.filter(
    (op) => op.path.startsWith(`${base}/{`) && endsInParameter(op.path) && ['GET', 'PUT', 'PATCH'].includes(op.method),
  );
  return found.flatMap((operation) => {
    const parameter = /\{([^}]+)\}\/?$/.exec(operation.path)?.[1] ?? '';
    for (const pointer of ['', '/data', '/result', '/item']) {
      const schema = schemaAt(document, success, pointer);
      if (!schema) continue;
      const names = propertiesOf(document, schema.value, schema.pointer).map((property) => property.name);
      const id = [parameter, 'id', '_id', 'uid', 'uuid'].find((name) => names.includes(name));
      if (id) return [{ operation, parameter, pointer: `${pointer}/${id}` }];
    }
    return [];
  });
}

/** Walks from a response's schema along the properties that a pointer names. */
function schemaAt(
  document: JsonObject,
  response: ResponseSpec | undefined,
  pointer: string,
): { value: Schema; pointer: string } | undefined {
  if (!response?.schema || response.schemaPointer === undefined) return undefined;
  let here = { value: response.schema, pointer: response.schemaPointer };
  for (const token of pointer.split('/').slice(1)) {
    const next = propertiesOf(document, here.value, here.pointer).find((property) => property.name === token);
    if (!next) return undefined;
    here = follow(document, next.schema, next.pointer);
    here = {
      value: next.schema,
      pointer: here.pointer === next.pointer ? referenced(document, next.pointer) : here.pointer,
    };
  }
  return here;
}

/** The canonical place of a property that is only a reference: so that pointers name the component. */
function referenced(document: JsonObject, pointer: string): string {
  const node = at(document, pointer);
  return isObject(node) && typeof node.$ref === 'string' ? follow(document, node, pointer).pointer : pointer;
}

function recordSchemas(
  document: JsonObject,
  operation: Operation,
  pointer: string,
): { value: Schema; pointer: string }[] {
  const schema = schemaAt(document, successOf(operation), pointer);
  return schema ? [schema] : [];
}

/** The record of a read or update stands where the create response has it, if its schema has the id there; else one level up or down. */
function recordPointer(document: JsonObject, operation: Operation, idField: string, like: string): string {
  for (const pointer of [like, '', '/data']) {
    const schema = schemaAt(document, successOf(operation), pointer);
    if (schema && propertiesOf(document, schema.value, schema.pointer).some((property) => property.name === idField))
      return pointer;
  }
  return like;
}

/** Where a list response keeps its records: said by a link (`…/0/uid`), or the only array of objects with the id near the top. */
function itemsPointer(document: JsonObject, list: Operation, idField: string): string | undefined {
  const success = successOf(list);
  for (const link of success?.links ?? []) {
    for (const expression of Object.values(link.parameters)) {
      const match = /^\$response\.body#(.*)\/0\/[^/]+$/.exec(expression);
      if (match) return match[1] ?? '';
    }
  }
  if (!success?.schema || success.schemaPointer === undefined) return undefined;
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

type KeywordedField = RecordField & { keywords: Schema };

function readRecordFields(document: JsonObject, schemas: { value: Schema; pointer: string }[]): KeywordedField[] {
  const found = new Map<string, KeywordedField>();
  for (const { value, pointer } of schemas) {
    for (const property of propertiesOf(document, value, pointer)) {
      if (found.has(property.name)) continue;
      const schema = property.schema;
      const advances = schema['x-ringtrue-advances'];
      found.set(property.name, {
        name: property.name,
        required: property.required,
        schema,
        pointer: property.pointer,
        readOnly: schema.readOnly === true,
        immutable: schema['x-ringtrue-immutable'] === true,
        advances: isObject(advances) ? ((advances.afterUpdate as Level | undefined) ?? 'SHOULD') : undefined,
        link: typeof schema['x-ringtrue-link'] === 'string' ? schema['x-ringtrue-link'] : undefined,
        keywords: schema,
      });
    }
  }
  return [...found.values()];
}

function readRequestFields(
  document: JsonObject,
  operation: Operation,
  recordFields: KeywordedField[],
  writer: 'create' | 'update',
  inferred: string[],
): RequestField[] {
  const body = operation.requestBody;
  if (!body) return [];
  const silent: string[] = [];
  const fields = propertiesOf(document, body.schema, body.schemaPointer)
    .filter((property) => property.schema.readOnly !== true)
    .map((property): RequestField => {
      const schema = property.schema;
      const roundTrip = readRoundTrip(schema, property.name, recordFields, document);
      if (
        !roundTrip &&
        schema['x-ringtrue-round-trip'] !== false &&
        !recordFields.some((field) => field.name === property.name)
      )
        silent.push(property.name);
      const refused = schema['x-ringtrue-refused-fixtures'];
      const statuses = schema['x-ringtrue-refusal-status'];
      return {
        name: property.name,
        required: property.required,
        schema,
        pointer: property.pointer,
        fixture: typeof schema['x-ringtrue-fixture'] === 'string' ? schema['x-ringtrue-fixture'] : undefined,
        refusalStatus: Array.isArray(statuses) ? statuses.map(Number) : undefined,
        refusedFixtures: isObject(refused)
          ? Object.fromEntries(Object.entries(refused).map(([name, status]) => [name, Number(status)]))
          : {},
        roundTrip,
      };
    });
  if (silent.length > 0 && writer === 'create')
    inferred.push(
      `${operation.id}: no response property stands for ${silent.join(', ')}, so ${silent.length > 1 ? 'they are' : 'it is'} not read back.`,
    );
  return fields;
}

const allWays: WayIn[] = ['create', 'read', 'list', 'update'];

function readRoundTrip(
  requestSchema: Schema,
  name: string,
  recordFields: KeywordedField[],
  document: JsonObject,
): RoundTrip | undefined {
  const elsewhere = requestSchema['x-ringtrue-read-back'];
  const own = recordFields.find((field) => field.name === name);
  if (typeof elsewhere !== 'string' && (!own || requestSchema.writeOnly === true)) return undefined;
  let keyword: unknown = own?.keywords['x-ringtrue-round-trip'];
  let sureToBeThere = own?.required === true;
  if (typeof elsewhere === 'string') {
    const top = recordFields.find((field) => field.name === elsewhere.split('/')[1]);
    sureToBeThere = top?.required === true;
    let schema = top?.schema ?? {};
    for (const token of elsewhere.split('/').slice(2)) {
      const next = propertiesOf(document, schema, top?.pointer ?? '').find((property) => property.name === token);
      sureToBeThere &&= next?.required === true;
      schema = next?.schema ?? {};
    }
    keyword = schema['x-ringtrue-round-trip'] ?? requestSchema['x-ringtrue-round-trip'];
  }
  if (keyword === false) return undefined;
  const said = isObject(keyword) ? keyword : {};
  // Without a keyword a contract that leaves the property optional has not promised that it is there.
  const presence = keyword === undefined && !sureToBeThere ? 'SHOULD' : 'MUST';
  return {
    presence: (said.presence as Level | undefined) ?? presence,
    equality: (said.equality as RoundTrip['equality'] | undefined) ?? inferEquality(requestSchema),
    from: (said.from as RoundTrip['from'] | undefined) ?? 'create',
    ways: (said.ways as WayIn[] | undefined) ?? allWays,
    ignore: (said.ignore as string[] | undefined) ?? [],
    whenAbsent: said.whenAbsent as Level | undefined,
    inferred: keyword === undefined && typeof elsewhere !== 'string',
    at: typeof elsewhere === 'string' ? elsewhere : `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  };
}

function inferEquality(schema: Schema): RoundTrip['equality'] {
  if (schema.format === 'date-time') return 'instant';
  const types = typesOf(schema);
  if (types.includes('number') || types.includes('integer')) return 'number';
  return 'exact';
}
