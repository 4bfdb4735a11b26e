/** As Stripe writes it: bodies are forms, POST updates, lists in `data`; and parameters in every style. */
import type { JsonObject } from '../../fault.ts';

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
export const exempt = ['none', 'exempt', 'reverse'];
const address = { type: 'object', properties: { city: { type: 'string' }, line1: { type: 'string' } } };
export const fields = {
  name: { type: 'string', maxLength: 200 },
  description: { type: 'string' },
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

export const document: JsonObject = {
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
