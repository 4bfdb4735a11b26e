/** In the manner of a payment API: forms with names in brackets, updates by POST, uploads in parts, bodies of text and bytes. */
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import type { PlainApi } from './api.ts';
import { answering, asking, isAsked, showing, without } from './behaviours.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from './server.ts';

const ref = (schema: string): JsonObject => ({ $ref: `#/components/schemas/${schema}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: JsonObject): JsonObject => ({ description: 'OK', content: json(schema) });
const refused = { description: 'Error', content: json(ref('Error')) };
const refusals = { 400: refused, 404: refused };
const key = (of: string): JsonObject => ({ name: of, in: 'path', required: true, schema: { type: 'string' } });
const word = { type: 'string', maxLength: 60 };
const deep = { style: 'deepObject', explode: true };
const form = (schema: string): JsonObject => ({
  content: {
    'application/x-www-form-urlencoded': { schema: ref(schema), encoding: { address: deep, metadata: deep } },
  },
});
const exempt = ['none', 'exempt', 'reverse'];
const address = { type: 'object', properties: { city: { type: 'string' }, line1: { type: 'string' } } };
const fields = {
  name: { type: 'string', maxLength: 200 },
  balance: { type: 'integer', minimum: -100_000, maximum: 100_000 },
  rate: { type: 'number', minimum: 0, maximum: 100 },
  livemode: { type: 'boolean' },
  tax_exempt: { type: 'string', enum: exempt },
  address,
  preferred_locales: { type: 'array', items: { type: 'string', maxLength: 30 } },
  metadata: { type: 'object', additionalProperties: { type: 'string' } },
};

const pair = { type: 'object', required: ['low', 'high'], properties: { low: word, high: word } };
const words = { type: 'array', minItems: 2, items: word };
/** Each in a style of its own. */
const reportParameters = [
  {
    name: 'kinds',
    in: 'path',
    required: true,
    style: 'matrix',
    explode: true,
    schema: { ...words, default: ['a', 'b'] },
  },
  { name: 'range', in: 'query', required: true, style: 'deepObject', explode: true, schema: pair },
  { name: 'rows', in: 'query', required: true, style: 'pipeDelimited', explode: false, schema: words },
  { name: 'columns', in: 'query', required: true, style: 'spaceDelimited', explode: false, schema: words },
  { name: 'sizes', in: 'query', required: true, explode: false, schema: words },
  { name: 'tag', in: 'query', required: true, schema: words },
  { name: 'filter', in: 'query', required: true, content: json(pair) },
  { name: 'X-Trace', in: 'header', required: true, explode: true, schema: pair },
  { name: 'theme', in: 'cookie', required: true, schema: word },
];

/** Whether each stands there as its style wants it. */
function isReport(kinds: string, { query, headers }: PlainRequest): boolean {
  const one = String.raw`[\w-]{1,60}`;
  const is = (pattern: string, text: string | null | undefined): boolean => new RegExp(`^${pattern}$`).test(text ?? '');
  const filter = query.get('filter') ?? '';
  return (
    is(`;kinds=${one};kinds=${one}`, kinds) &&
    is(one, query.get('range[low]')) &&
    is(one, query.get('range[high]')) &&
    is(String.raw`${one}\|${one}`, query.get('rows')) &&
    is(`${one} ${one}`, query.get('columns')) &&
    is(`${one},${one}`, query.get('sizes')) &&
    query.getAll('tag').length === 2 &&
    filter.startsWith('{"low":"') &&
    is(`low=${one},high=${one}`, headers['x-trace']) &&
    is(`theme=${one}`, headers.cookie)
  );
}

const document: JsonObject = {
  openapi: '3.0.0',
  info: { title: 'Customers', version: '2026' },
  paths: {
    '/v1/customers': {
      get: {
        operationId: 'listCustomers',
        responses: { 200: ok(ref('CustomerList')) },
      },
      post: {
        operationId: 'createCustomer',
        requestBody: { required: true, ...form('CustomerCreate') },
        responses: { 200: ok(ref('Customer')), ...refusals },
      },
    },
    '/v1/customers/{customer}': {
      get: {
        operationId: 'getCustomer',
        parameters: [key('customer')],
        responses: { 200: ok(ref('Customer')), ...refusals },
      },
      post: {
        operationId: 'updateCustomer',
        parameters: [key('customer')],
        requestBody: form('CustomerUpdate'),
        responses: { 200: ok(ref('Customer')), ...refusals },
      },
      delete: {
        operationId: 'deleteCustomer',
        parameters: [key('customer')],
        responses: { 204: { description: 'Gone' }, ...refusals },
      },
    },
    '/v1/reports/{kinds}': {
      get: {
        operationId: 'getReport',
        parameters: reportParameters,
        responses: { 200: ok(ref('Report')), 400: refused },
      },
    },
    '/v1/files': {
      post: {
        operationId: 'uploadFile',
        requestBody: { required: true, content: { 'multipart/form-data': { schema: ref('Upload') } } },
        responses: { 201: ok(ref('File')), ...refusals },
      },
    },
    '/v1/files/{file}': {
      get: {
        operationId: 'getFile',
        parameters: [key('file')],
        responses: { 200: ok(ref('File')), ...refusals },
      },
    },
  },
  components: {
    schemas: {
      CustomerCreate: { type: 'object', required: ['name', 'balance'], properties: fields },
      CustomerUpdate: { type: 'object', properties: fields },
      Customer: {
        type: 'object',
        required: ['id', 'object', 'name', 'balance'],
        properties: { id: { type: 'string' }, object: { type: 'string', enum: ['customer'] }, ...fields },
      },
      CustomerList: {
        type: 'object',
        required: ['data'],
        properties: { data: { type: 'array', items: ref('Customer') } },
      },
      Upload: {
        type: 'object',
        required: ['purpose', 'file'],
        properties: {
          purpose: { type: 'string', maxLength: 300 },
          pages: { type: 'integer', minimum: 1, maximum: 99 },
          file: { type: 'string', format: 'binary' },
        },
      },
      File: {
        type: 'object',
        required: ['id', 'purpose', 'size'],
        properties: {
          id: { type: 'string' },
          purpose: { type: 'string' },
          pages: { type: 'integer' },
          size: { type: 'integer' },
        },
      },
      Report: { type: 'object', required: ['kinds'], properties: { kinds: { type: 'string' } } },
      Error: { type: 'object', properties: { message: { type: 'string' } } },
    },
  },
};

const refuse = (message: string, status = 400): never => {
  throw new Refusal({ status, json: { message } });
};

/** Reads a field as its schema says; whoever sends something else is refused. */
function read(name: string, schema: JsonObject, value: unknown, checked: boolean): unknown {
  if (schema.type === 'object') {
    const inner = isObject(schema.properties) ? schema.properties : {};
    if (!isObject(value)) return refuse(`${name} is no object`);
    return Object.fromEntries(
      Object.entries(value).map(([part, one]) => {
        const own = inner[part] ?? schema.additionalProperties;
        return [part, isObject(own) ? read(`${name}[${part}]`, own, one, checked) : refuse(`unknown ${name}[${part}]`)];
      }),
    );
  }
  if (schema.type === 'array')
    return [value].flat().map((item) => read(name, isObject(schema.items) ? schema.items : {}, item, checked));
  if (typeof value !== 'string') return refuse(`${name} is given twice, or in parts`);
  if (schema.type === 'boolean')
    return value === 'true' || (value !== 'false' && refuse(`${name} is neither true nor false`));
  if (schema.type === 'string') {
    if (!checked) return value;
    if (typeof schema.maxLength === 'number' && Array.from(value).length > schema.maxLength)
      refuse(`${name} is too long`);
    if (Array.isArray(schema.enum) && !schema.enum.includes(value)) refuse(`${name} is not listed`);
    return value;
  }
  const pattern = schema.type === 'integer' ? /^-?\d+$/ : /^-?\d+(?:\.\d+)?$/;
  const number = pattern.test(value) ? Number(value) : (refuse(`${name} is no ${String(schema.type)}`) as number);
  if (!checked) return number;
  if (number < Number(schema.minimum) || number > Number(schema.maximum)) refuse(`${name} is out of bounds`);
  return number;
}

function readAll(body: unknown, schemas: JsonObject, required: readonly string[], checked = true): JsonObject {
  const given = isObject(body) ? body : (refuse('no form') as JsonObject);
  const missing = required.find((one) => given[one] === undefined);
  if (missing !== undefined) refuse(`${missing} is missing`);
  return Object.fromEntries(
    Object.entries(given).map(([one, value]) => {
      const schema = schemas[one];
      return [one, isObject(schema) ? read(one, schema, value, checked) : refuse(`unknown ${one}`)];
    }),
  );
}

/** @param checked whether bounds and lists of values are held to */
function serve(checked: boolean): PlainHandler {
  const customers = new Table();
  const files = new Table();
  const known = (table: Table, id: unknown): JsonObject => table.get(id) ?? refuse('no such thing', 404);
  return application(
    {
      'GET /v1/customers': () => ({ status: 200, json: { data: [...customers.rows.values()] } }),
      'POST /v1/customers': (_, { body }) => {
        const made = readAll(body, fields, ['name', 'balance'], checked);
        const id = `cus_${String(customers.nextId())}x`;
        return { status: 200, json: customers.put(id, { id, object: 'customer', ...made }) };
      },
      'GET /v1/customers/{customer}': ({ customer }) => ({ status: 200, json: known(customers, customer) }),
      'POST /v1/customers/{customer}': ({ customer }, { body }) => {
        const before = known(customers, customer);
        return {
          status: 200,
          json: customers.put(customer, { ...before, ...readAll(body ?? {}, fields, [], checked) }),
        };
      },
      'DELETE /v1/customers/{customer}': ({ customer = '' }) => {
        known(customers, customer);
        customers.rows.delete(customer);
        return { status: 204 };
      },
      'GET /v1/reports/{kinds}': ({ kinds = '' }, request) =>
        isReport(kinds, request)
          ? { status: 200, json: { kinds } }
          : refuse('a parameter is not as its style wants it'),
      'POST /v1/files': (_, { body }) => {
        const { file, ...rest } = isObject(body) ? body : refuse('no parts');
        if (!isObject(file) || typeof file.content !== 'string') return refuse('file is missing');
        const own = {
          purpose: { type: 'string', maxLength: 300 },
          pages: { type: 'integer', minimum: 1, maximum: 99 },
        };
        const made = readAll(rest, own, ['purpose']);
        const id = `file_${String(files.nextId())}x`;
        return { status: 201, json: files.put(id, { id, ...made, size: Buffer.byteLength(file.content) }) };
      },
      'GET /v1/files/{file}': ({ file }) => ({ status: 200, json: known(files, file) }),
    },
    {
      path: { status: 404, json: { message: 'nothing here' } },
      method: { status: 405, json: { message: 'no such method' } },
    },
  );
}

const name = 'form-customers';
const create = 'POST /v1/customers';
const update = 'POST /v1/customers/*';

export const formCustomers: PlainApi = {
  name,
  document,
  serve: () => serve(true),
  faults: [
    {
      id: `${name}/field-lost`,
      title: 'a field of a form is taken and never stored',
      level: 'MUST',
      names: ['rate'],
      behaviour: asking([create, update], (body) => without(body, 'rate')),
    },
    {
      id: `${name}/nested-field-lost`,
      title: 'a nested field of a form is taken and never stored',
      level: 'MUST',
      names: ['address'],
      behaviour: asking([create, update], (body) => without(body, 'address')),
    },
    {
      id: `${name}/last-item-alone`,
      title: 'of a list that a form repeats none is stored',
      level: 'MUST',
      names: ['preferred_locales'],
      behaviour: asking([create, update], (body) =>
        body.preferred_locales === undefined ? body : { ...body, preferred_locales: 'en' },
      ),
    },
    {
      id: `${name}/truncated-number`,
      title: 'a number of a form is cut to a whole one',
      level: 'MUST',
      names: ['rate'],
      behaviour: asking([create, update], (body) =>
        typeof body.rate === 'string' ? { ...body, rate: String(Math.trunc(Number(body.rate)) + 1) } : body,
      ),
    },
    {
      id: `${name}/update-ignores-metadata`,
      title: 'a map is taken by the update and not stored',
      level: 'MUST',
      names: ['metadata'],
      behaviour: asking([update], (body) => without(body, 'metadata')),
    },
    {
      id: `${name}/number-as-text`,
      title: 'a number of a form is returned as the text that it was',
      level: 'MUST',
      names: ['balance'],
      behaviour: showing([create, update, 'GET /v1/customers/*'], (record) => ({
        ...record,
        balance: String(record.balance),
      })),
    },
    {
      id: `${name}/required-field-not-needed`,
      title: 'a form without a required field is accepted',
      level: 'MUST',
      names: ['balance'],
      behaviour: asking([create], (body) => ({ balance: '0', ...body })),
    },
    {
      id: `${name}/nothing-checked`,
      title: 'bounds and listed values of a form are not checked',
      level: 'MUST',
      names: ['tax_exempt', 'balance'],
      behaviour: () => serve(false),
    },
    {
      id: `${name}/upload-crashes`,
      title: 'an upload in parts earns a 500',
      level: 'MUST',
      names: ['uploadFile'],
      behaviour: () => (request, next) =>
        isAsked(request, 'POST /v1/files') && isObject(request.body) && isObject(request.body.file)
          ? { status: 500, json: { message: 'crashed' } }
          : next(request),
    },
    {
      id: `${name}/upload-loses-purpose`,
      title: 'a part beside a file is taken and not returned as it was',
      level: 'MUST',
      names: ['purpose'],
      behaviour: answering(['POST /v1/files', 'GET /v1/files/*'], (answer) => ({
        ...answer,
        json: isObject(answer.json) ? { ...answer.json, purpose: 'other' } : answer.json,
      })),
    },
  ],
  variants: [
    { id: `${name}/as-it-is`, title: 'the right server itself', wishes: ['404', '405', '409', '415'] },
    {
      id: `${name}/unknown-fields-ignored`,
      title: 'fields that the document does not name are ignored',
      wishes: ['404', '405', '409', '415'],
      behaviour: asking([create, update], (body) =>
        Object.fromEntries(Object.entries(body).filter(([one]) => one in fields)),
      ),
    },
    {
      id: `${name}/outer-spaces-trimmed`,
      title: 'outer spaces of texts are cut off',
      wishes: ['404', '405', '409', '415', 'name', 'spaces'],
      behaviour: asking([create, update], (body) => ({
        ...body,
        ...(typeof body.name === 'string' ? { name: body.name.trim() } : {}),
      })),
    },
  ],
};
