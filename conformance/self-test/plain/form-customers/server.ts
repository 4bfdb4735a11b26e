/** Reads forms as their schemas say, and holds them to it. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from '../server.ts';
import { fields } from './document.ts';

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
export function serve(checked: boolean): PlainHandler {
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
