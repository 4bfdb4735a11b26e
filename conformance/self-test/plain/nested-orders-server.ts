/** A right server for `nested-orders`, and what it can be told not to check. */
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import { nestedOrdersDocument } from './nested-orders-document.ts';
import { application, Refusal, Table, type PlainHandler, type PlainRequest } from './server.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(nestedOrdersDocument, 'document');

export interface Habits {
  /** Breaches of the schema that are let pass. */
  lets?: (error: ErrorObject) => boolean;
  /** What is stored of a body. */
  stores?: (body: JsonObject) => JsonObject;
  /** What is shown of a record. */
  shows?: (record: JsonObject) => JsonObject;
  /** Parameters that are not looked at. */
  ignores?: readonly string[];
  /** The priority of an order that names none. */
  priority?: string;
}

function refuse(message: string, at = '', status = 400): never {
  throw new Refusal({ status, json: { message, at } });
}

/** @returns the body, where nothing but what is let pass is wrong with it */
function validated({ body, headers }: PlainRequest, schema: JsonObject | string, lets: Habits['lets']): unknown {
  if (!/^application\/(.*\+)?json\b/.test(headers['content-type'] ?? '')) refuse('no JSON');
  const right =
    typeof schema === 'string' ? ajv.getSchema(`document#/components/schemas/${schema}`) : ajv.compile(schema);
  if (right?.(body) === true) return body;
  const errors = (right?.errors ?? []).filter(({ keyword }) => !['oneOf', 'anyOf', 'if'].includes(keyword));
  const left = lets ? errors.filter((error) => !lets(error)) : errors;
  const [first] = left.length > 0 || !lets ? [...left, right?.errors?.[0]] : [];
  return first ? refuse(first.message ?? 'wrong', first.instancePath) : body;
}

/** A copy without what is only ever written. */
function public_(body: JsonObject): JsonObject {
  const { secret: _secret, customer, ...rest } = body;
  if (!isObject(customer)) return rest;
  const { pin: _pin, ...known } = customer;
  return { ...rest, customer: known };
}

function asItIs(value: JsonObject): JsonObject {
  return value;
}

/** @param habits what it does otherwise than the document says */
export function serveOrders(habits: Habits = {}): PlainHandler {
  const { lets, stores = asItIs, shows = asItIs, ignores = [], priority = 'normal' } = habits;
  const orders = new Table();
  const parameter = (name: string, value: string | null | undefined, pattern: RegExp, needed: boolean): void => {
    if (ignores.includes(name) || (value == null && !needed)) return;
    if (!pattern.test(value ?? '')) refuse(`${name} is wrong`, name);
  };
  const tenant = ({ headers }: PlainRequest): void => {
    parameter('X-Tenant', headers['x-tenant'], /^[a-z]{3,12}$/, true);
  };
  const written = (request: PlainRequest, id: string): JsonObject => {
    const body = validated(request, 'OrderFields', lets);
    const record = { priority, ...stores(isObject(body) ? body : {}), id };
    orders.put(id, record);
    return { ...shows(record) };
  };
  const known = (id = ''): JsonObject => orders.get(id) ?? refuse('no such order', 'orderId', 404);
  const right = application(
    {
      'GET /orders': (_, request) => {
        tenant(request);
        const { query } = request;
        parameter('channel', query.get('channel'), /^(?:shop|phone)$/, true);
        parameter('limit', query.get('limit'), /^(?:[1-9]\d{0,2}|1000)$/, false);
        parameter('open', query.get('open'), /^(?:true|false)$/, false);
        const limit = Number(query.get('limit') ?? 1000) || 1000;
        return { status: 200, json: { orders: [...orders.rows.values()].slice(0, limit).map(shows) } };
      },
      'POST /orders': (_, request) => {
        tenant(request);
        return { status: 201, json: written(request, `ord_${String(orders.nextId())}x`) };
      },
      'GET /orders/{orderId}': ({ orderId }) => ({ status: 200, json: shows(known(orderId)) }),
      'PUT /orders/{orderId}': ({ orderId }, request) => ({
        status: 200,
        json: written(request, String(known(orderId).id)),
      }),
      'POST /quotes/search': (_, request) => {
        const body = validated(
          request,
          { type: 'array', minItems: 1, items: { $ref: 'document#/components/schemas/Wanted' } },
          lets,
        );
        return { status: 200, json: body };
      },
      'POST /words/search': (_, request) => {
        const body = validated(request, { type: 'string', pattern: '^[a-z]{4,9}$' }, lets);
        return { status: 200, json: [body] };
      },
    },
    {
      path: { status: 404, json: { message: 'nothing here' } },
      method: { status: 405, json: { message: 'no such method' } },
    },
  );
  return right;
}

/** What a right server shows: nothing that is only ever written. */
export function rightHabits(): Habits {
  return { shows: public_ };
}
