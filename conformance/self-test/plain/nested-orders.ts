/** In the manner of an ordering API: values inside of values, unions, maps, tuples, trees, and parameters that are needed. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import type { PlainApi, PlainFault, PlainVariant } from './api.ts';
import { isAsked } from './behaviours.ts';
import { nestedOrdersDocument, orderFields } from './nested-orders-document.ts';
import { rightHabits, serveOrders, type Habits } from './nested-orders-server.ts';

const name = 'nested-orders';
const right = rightHabits();
const create = 'POST /orders';

/** A server that differs from the right one in its habits. */
const otherwise =
  (habits: Habits): PlainFault['behaviour'] =>
  () =>
    serveOrders({ ...right, ...habits });

/** Lets a breach pass at a place. */
const letting =
  (place: RegExp, ...keywords: string[]) =>
  ({ instancePath, keyword }: ErrorObject): boolean =>
    place.test(instancePath) && keywords.includes(keyword);

/** Changes one property of what is stored. */
const storing = (field: string, change: (value: JsonObject) => unknown): Habits => ({
  stores: (body) => (isObject(body[field]) ? { ...body, [field]: change(body[field]) } : body),
});

const fault = (
  id: string,
  title: string,
  names: string[],
  behaviour: PlainFault['behaviour'],
  level: 'MUST' | 'SHOULD' = 'MUST',
): PlainFault => ({ id: `${name}/${id}`, title, level, names, behaviour });

const faults: PlainFault[] = [
  fault(
    'zip-unchecked',
    'a pattern two objects deep is not checked',
    ['customer'],
    otherwise({ lets: letting(/zip$/, 'pattern') }),
  ),
  fault(
    'country-unchecked',
    'a value outside a nested list is stored',
    ['customer'],
    otherwise({ lets: letting(/country$/, 'enum') }),
  ),
  fault(
    'name-not-needed',
    'a nested object is stored without what it needs',
    ['customer'],
    otherwise({ lets: letting(/^\/customer$/, 'required') }),
  ),
  fault(
    'quantity-unchecked',
    'a number in a list may be of any size',
    ['lines'],
    otherwise({ lets: letting(/quantity$/, 'minimum', 'maximum') }),
  ),
  fault(
    'quantity-as-text',
    'a number in a list may be a text',
    ['lines'],
    otherwise({ lets: letting(/quantity$/, 'type') }),
  ),
  fault(
    'tags-twice',
    'a list of different items is stored with an item twice',
    ['tags'],
    otherwise({ lets: letting(/tags$/, 'uniqueItems') }),
  ),
  fault(
    'transfer-lost',
    'of one branch of a union a property is lost',
    ['payment'],
    otherwise(storing('payment', ({ bank, ...rest }) => (bank === undefined ? rest : { ...rest, bank: '' }))),
  ),
  fault(
    'courier-lost',
    'of one branch without a discriminator a number is lost',
    ['delivery'],
    otherwise(storing('delivery', (value) => (value.floor === undefined ? value : { ...value, floor: 0 }))),
  ),
  fault(
    'courier-crashes',
    'one branch of a union earns a 500',
    ['createOrder', 'replaceOrder'],
    () => (request, next) =>
      isObject(request.body) && isObject(request.body.delivery) && request.body.delivery.door !== undefined
        ? { status: 500, json: { message: 'crashed' } }
        : next(request),
  ),
  fault(
    'labels-lost',
    'the values of a map are lost',
    ['labels'],
    otherwise(storing('labels', (value) => Object.fromEntries(Object.keys(value).map((key) => [key, ''])))),
  ),
  fault('parts-flat', 'what a tree holds is lost', ['parts'], otherwise(storing('parts', ({ label }) => ({ label })))),
  fault('secret-returned', 'what is only ever written is returned', ['secret'], () => serveOrders()),
  fault(
    'pin-returned',
    'what is only ever written is returned inside of an object',
    ['customer'],
    otherwise({ shows: ({ secret: _secret, ...rest }) => rest }),
  ),
  fault(
    'channel-not-needed',
    'a list answers without a parameter that it needs',
    ['channel'],
    otherwise({ ignores: ['channel'] }),
  ),
  fault(
    'tenant-not-needed',
    'a request answers without a header that it needs',
    ['X-Tenant'],
    otherwise({ ignores: ['X-Tenant'] }),
  ),
  fault(
    'limit-unchecked',
    'a page size that is no number is taken',
    ['limit'],
    otherwise({ ignores: ['limit'] }),
    'SHOULD',
  ),
  fault(
    'limit-crashes',
    'a page size that is no number earns a 500',
    ['listOrders'],
    () => (request, next) =>
      isAsked(request, 'GET /orders') && request.query.has('limit') && !/^\d+$/.test(request.query.get('limit') ?? '')
        ? { status: 500, json: { message: 'crashed' } }
        : next(request),
  ),
  fault(
    'unknown-nested',
    'a closed object takes a property more',
    ['customer'],
    otherwise({ lets: letting(/^\/customer/, 'additionalProperties') }),
    'SHOULD',
  ),
  fault(
    'default-ignored',
    'a documented default is not stored',
    ['priority'],
    otherwise({ priority: 'low' }),
    'SHOULD',
  ),
  fault(
    'list-body-crashes',
    'a body that is a list earns a 500',
    ['searchQuotes'],
    () => (request, next) =>
      isAsked(request, 'POST /quotes/search') && Array.isArray(request.body)
        ? { status: 500, json: { message: 'crashed' } }
        : next(request),
  ),
  fault(
    'value-body-crashes',
    'a body that is one text earns a 500',
    ['searchWords'],
    () => (request, next) =>
      isAsked(request, 'POST /words/search') && /^[a-z]{4,9}$/.test(String(request.body))
        ? { status: 500, json: { message: 'crashed' } }
        : next(request),
  ),
];

const wishes = ['404', '405'];
const variant = (id: string, title: string, more: Partial<PlainVariant>): PlainVariant => ({
  id: `${name}/${id}`,
  title,
  ...more,
  wishes: [...wishes, ...(more.wishes ?? [])],
});

const variants: PlainVariant[] = [
  variant('as-it-is', 'the right server itself', {}),
  variant('equal-items-stored-once', 'of equal items one is stored, for all to see', {
    wishes: ['tags'],
    behaviour: otherwise({
      lets: letting(/tags$/, 'uniqueItems'),
      stores: (body) => (Array.isArray(body.tags) ? { ...body, tags: [...new Set(body.tags)] } : body),
    }),
  }),
  variant('unknown-ignored', 'properties that the document does not name are ignored', {
    wishes: ['a property that may not be there'],
    behaviour: otherwise({
      lets: ({ keyword }) => keyword === 'additionalProperties',
      stores: (body) => withoutUnknown(known(body)) as JsonObject,
    }),
  }),
  variant('lenient-query', 'a query that cannot be read is ignored', {
    wishes: ['limit', 'open'],
    behaviour: otherwise({ ignores: ['limit', 'open'] }),
  }),
  variant('masked-secrets', 'what is only ever written is shown as a mask', {
    wishes: ['secret'],
    behaviour: otherwise({ shows: (record) => ({ ...(right.shows?.(record) ?? record), secret: '********' }) }),
  }),
  variant('own-ids-inside', 'the server gives nested objects ids of its own', {
    behaviour: otherwise({
      shows: (record) => {
        const order = right.shows?.(record) ?? record;
        const lines = Array.isArray(order.lines) ? (order.lines as unknown[]) : [];
        return { ...order, lines: lines.map((line, index) => (isObject(line) ? { ...line, id: index + 1 } : line)) };
      },
    }),
  }),
  variant('knows-more', 'the server takes one country alone, and says so', {
    behaviour: () => (request, next) => {
      const customer = isAsked(request, create) && isObject(request.body) ? request.body.customer : undefined;
      const address = isObject(customer) ? customer.address : undefined;
      return isObject(address) && address.country === 'FR'
        ? { status: 400, json: { message: 'no such country', at: 'customer' } }
        : next(request);
    },
  }),
];

/** Properties that the document names. */
function known(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => orderFields.includes(key)));
}

function withoutUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnknown);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'ringtrueUnknown')
      .map(([key, inner]) => [key, withoutUnknown(inner)]),
  );
}

export const nestedOrders: PlainApi = {
  name,
  document: nestedOrdersDocument,
  serve: () => serveOrders(right),
  faults,
  variants,
};
