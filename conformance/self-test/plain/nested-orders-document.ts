/** The document of `nested-orders`: values inside of values, unions, maps, tuples, trees, parameters that are needed. */
import type { JsonObject } from '../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const ok = (schema: JsonObject): JsonObject => ({ description: 'OK', content: json(schema) });
const text = (more: JsonObject = {}): JsonObject => ({ type: 'string', ...more });
const list = (items: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'array', items, ...more });
const closed = (required: string[], properties: JsonObject): JsonObject => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const refused = { description: 'Refused', content: json(ref('Problem')) };
const refusals = { 400: refused, 404: refused };
const tenant = { name: 'X-Tenant', in: 'header', required: true, schema: text({ pattern: '^[a-z]{3,12}$' }) };
const id = { name: 'orderId', in: 'path', required: true, schema: text() };

/** What a client writes of an order. */
const fields: JsonObject = {
  reference: text({ pattern: '^[A-Z]{3}-\\d{4,6}$' }),
  customer: closed(['name', 'address'], {
    name: text({ minLength: 1, maxLength: 80 }),
    email: text({ format: 'email' }),
    pin: { ...text({ minLength: 4, maxLength: 60 }), writeOnly: true },
    address: closed(['zip', 'country'], {
      zip: text({ pattern: '^\\d{5}$' }),
      country: text({ enum: ['DE', 'FR', 'NL'] }),
      since: text({ format: 'date-time' }),
    }),
  }),
  lines: list(
    {
      type: 'object',
      required: ['sku', 'quantity'],
      properties: {
        sku: text({ maxLength: 60 }),
        quantity: { type: 'integer', minimum: 1, maximum: 99 },
        gift: { anyOf: [{ type: 'object', properties: { note: text({ maxLength: 60 }) } }, { type: 'null' }] },
      },
    },
    { minItems: 1, maxItems: 20 },
  ),
  tags: list(text({ maxLength: 60 }), { uniqueItems: true, maxItems: 10 }),
  payment: {
    oneOf: [ref('Card'), ref('Transfer')],
    discriminator: {
      propertyName: 'kind',
      mapping: { card: '#/components/schemas/Card', transfer: '#/components/schemas/Transfer' },
    },
  },
  delivery: { anyOf: [ref('Pickup'), ref('Courier')] },
  labels: { type: 'object', additionalProperties: text({ maxLength: 60 }), maxProperties: 5 },
  span: {
    type: 'array',
    prefixItems: [text({ format: 'date' }), { type: 'integer', minimum: 1 }],
    items: false,
    minItems: 2,
  },
  parts: ref('Part'),
  secret: { ...text({ minLength: 8, maxLength: 60 }), writeOnly: true },
  priority: text({ enum: ['low', 'normal', 'high'], default: 'normal' }),
};
/** Names of what a client writes of an order. */
export const orderFields: readonly string[] = Object.keys(fields);
const required = ['reference', 'customer', 'lines', 'payment'];

export const nestedOrdersDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [
          tenant,
          { name: 'channel', in: 'query', required: true, schema: text({ enum: ['shop', 'phone'] }) },
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 1000, default: 1000 } },
          { name: 'open', in: 'query', schema: { type: 'boolean' } },
        ],
        responses: {
          200: ok({ type: 'object', required: ['orders'], properties: { orders: list(ref('Order')) } }),
          400: refused,
        },
      },
      post: {
        operationId: 'createOrder',
        parameters: [tenant],
        requestBody: { required: true, content: json(ref('OrderFields')) },
        responses: { 201: ok(ref('Order')), ...refusals },
      },
    },
    '/orders/{orderId}': {
      parameters: [id],
      get: { operationId: 'getOrder', responses: { 200: ok(ref('Order')), ...refusals } },
      put: {
        operationId: 'replaceOrder',
        requestBody: { required: true, content: json(ref('OrderFields')) },
        responses: { 200: ok(ref('Order')), ...refusals },
      },
    },
    '/quotes/search': {
      post: {
        operationId: 'searchQuotes',
        requestBody: { required: true, content: json(list(ref('Wanted'), { minItems: 1 })) },
        responses: { 200: ok(list(ref('Wanted'))), 400: refused },
      },
    },
    '/words/search': {
      post: {
        operationId: 'searchWords',
        requestBody: { required: true, content: json(text({ pattern: '^[a-z]{4,9}$' })) },
        responses: { 200: ok(list(text())), 400: refused },
      },
    },
  },
  components: {
    schemas: {
      Card: {
        type: 'object',
        required: ['kind', 'last4'],
        properties: { kind: text(), last4: text({ pattern: '^\\d{4}$' }) },
      },
      Transfer: {
        type: 'object',
        required: ['kind', 'bank'],
        properties: { kind: text(), bank: text({ minLength: 2, maxLength: 60 }) },
      },
      Pickup: closed(['shop'], { shop: text({ maxLength: 60 }) }),
      Courier: closed(['door', 'floor'], {
        door: text({ maxLength: 60 }),
        floor: { type: 'integer', minimum: 0, maximum: 99 },
      }),
      Part: {
        type: 'object',
        required: ['label'],
        properties: { label: text({ maxLength: 60 }), parts: list(ref('Part')) },
      },
      Wanted: {
        type: 'object',
        required: ['sku'],
        properties: { sku: text(), count: { type: 'integer', minimum: 1 } },
      },
      OrderFields: closed(required, fields),
      Order: { type: 'object', required: ['id', ...required], properties: { id: text(), ...fields } },
      Problem: { type: 'object', required: ['message'], properties: { message: text(), at: text() } },
    },
  },
};
