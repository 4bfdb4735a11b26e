/** In the manner of CAMARA (devices, x-correlator, sinks with callbacks, POST that retrieves) and of Twilio (account SIDs, forms, `.json`). */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const correlator = { $ref: '#/components/parameters/x-correlator' };
const headers = { 'x-correlator': { $ref: '#/components/headers/x-correlator' } };
const ok = (schema: JsonObject, description = 'OK'): JsonObject => ({ description, headers, content: json(schema) });
const gone = { description: 'Deleted', headers };
const refused = (name: string): JsonObject => ({ $ref: `#/components/responses/${name}` });
const takes = (name: string): JsonObject => ({ required: true, content: json(ref(name)) });
const refusals = { 400: refused('Generic400'), 404: refused('Generic404') };
const callId = { name: 'callId', in: 'path', required: true, schema: ref('CallId') };
const subscriptionId = { name: 'subscriptionId', in: 'path', required: true, schema: { type: 'string' } };

const device = {
  type: 'object',
  minProperties: 1,
  properties: { phoneNumber: ref('PhoneNumber'), networkAccessIdentifier: { type: 'string' } },
};
export const call = {
  caller: ref('Device'),
  callee: ref('Device'),
  subject: { type: 'string', maxLength: 200 },
  note: { type: 'string' },
  maxDuration: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
  media: { type: 'string', enum: ['AUDIO', 'VIDEO'] },
  recordingEnabled: { type: 'boolean' },
  labels: { type: 'array', items: { type: 'string' } },
  notBefore: { type: 'string', format: 'date-time' },
};
const { caller: _caller, callee: _callee, ...changeable } = call;
export const changeableNames: readonly string[] = Object.keys(changeable);

export const queue = {
  FriendlyName: { type: 'string', maxLength: 64 },
  MaxSize: { type: 'integer', minimum: 1, maximum: 5000 },
};
const account = '/2010-04-01/Accounts/{AccountSid}/Queues';
const sid = (prefix: string, name: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 34, maxLength: 34, pattern: `^${prefix}[0-9a-fA-F]{32}$` },
});
const form = (name: string): JsonObject => ({
  content: { 'application/x-www-form-urlencoded': { schema: ref(name) } },
});

const calls: JsonObject = {
  '/calls': {
    get: {
      operationId: 'getCalls',
      parameters: [correlator],
      responses: { 200: ok({ type: 'array', items: ref('Call') }) },
    },
    post: {
      operationId: 'createCall',
      parameters: [correlator],
      requestBody: takes('CreateCall'),
      responses: { 201: ok(ref('Call'), 'Created'), 400: refused('Generic400') },
    },
  },
  '/calls/{callId}': {
    get: { operationId: 'getCall', parameters: [correlator, callId], responses: { 200: ok(ref('Call')), ...refusals } },
    patch: {
      operationId: 'patchCall',
      parameters: [correlator, callId],
      requestBody: takes('PatchCall'),
      responses: { 200: ok(ref('Call')), ...refusals },
    },
    delete: { operationId: 'deleteCall', parameters: [correlator, callId], responses: { 204: gone, ...refusals } },
  },
  '/retrieve-calls': {
    post: {
      operationId: 'retrieveCalls',
      parameters: [correlator],
      requestBody: takes('RetrieveCalls'),
      responses: { 200: ok({ type: 'array', items: ref('Call') }), ...refusals },
    },
  },
  '/subscriptions': {
    post: {
      operationId: 'createSubscription',
      parameters: [correlator],
      requestBody: takes('SubscriptionRequest'),
      responses: { 201: ok(ref('Subscription'), 'Created'), 400: refused('Generic400') },
      callbacks: {
        notifications: {
          '{$request.body#/sink}': {
            post: {
              requestBody: {
                required: true,
                content: { 'application/cloudevents+json': { schema: ref('CloudEvent') } },
              },
              responses: { 204: { description: 'Received' } },
            },
          },
        },
      },
    },
  },
  '/subscriptions/{subscriptionId}': {
    get: {
      operationId: 'getSubscription',
      parameters: [correlator, subscriptionId],
      responses: { 200: ok(ref('Subscription')), ...refusals },
    },
    delete: {
      operationId: 'deleteSubscription',
      parameters: [correlator, subscriptionId],
      responses: { 204: gone, ...refusals },
    },
  },
};

const queues: JsonObject = {
  [`${account}.json`]: {
    post: {
      operationId: 'CreateQueue',
      parameters: [sid('AC', 'AccountSid')],
      requestBody: form('CreateQueueRequest'),
      responses: { 201: ok(ref('Queue'), 'Created'), 400: refused('Generic400') },
    },
  },
  [`${account}/{Sid}.json`]: {
    get: {
      operationId: 'FetchQueue',
      parameters: [sid('AC', 'AccountSid'), sid('QU', 'Sid')],
      responses: { 200: ok(ref('Queue')), ...refusals },
    },
    post: {
      operationId: 'UpdateQueue',
      parameters: [sid('AC', 'AccountSid'), sid('QU', 'Sid')],
      requestBody: form('UpdateQueueRequest'),
      responses: { 200: ok(ref('Queue')), ...refusals },
    },
    delete: {
      operationId: 'DeleteQueue',
      parameters: [sid('AC', 'AccountSid'), sid('QU', 'Sid')],
      responses: { 204: gone, ...refusals },
    },
  },
};

export const document: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Call Handling', version: '0.3.0' },
  servers: [{ url: '{apiRoot}/call-handling/v0', variables: { apiRoot: { default: 'http://localhost:9091' } } }],
  paths: { ...calls, ...queues },
  components: {
    parameters: {
      'x-correlator': { name: 'x-correlator', in: 'header', schema: ref('XCorrelator') },
    },
    headers: { 'x-correlator': { description: 'Correlation id', required: true, schema: ref('XCorrelator') } },
    responses: { Generic400: ok(ref('ErrorInfo'), 'Bad Request'), Generic404: ok(ref('ErrorInfo'), 'Not found') },
    schemas: {
      XCorrelator: { type: 'string', pattern: '^[a-zA-Z0-9-_:;.\\/<>{}]{0,256}$' },
      CallId: { type: 'string', format: 'uuid' },
      PhoneNumber: { type: 'string', pattern: '^\\+[1-9][0-9]{4,14}$', example: '+12125550147' },
      Device: device,
      CreateCall: { type: 'object', required: ['caller', 'callee', 'subject'], properties: call },
      PatchCall: { type: 'object', properties: changeable },
      Call: {
        type: 'object',
        required: ['callId', 'caller', 'callee', 'subject', 'status'],
        properties: { callId: ref('CallId'), ...call, status: { type: 'string', enum: ['REQUESTED', 'ENDED'] } },
      },
      RetrieveCalls: { type: 'object', required: ['device'], properties: { device: ref('Device') } },
      SubscriptionRequest: {
        type: 'object',
        required: ['sink', 'protocol', 'types'],
        properties: {
          sink: { type: 'string', format: 'uri', maxLength: 2048 },
          protocol: { type: 'string', enum: ['HTTP'] },
          types: { type: 'array', minItems: 1, items: { type: 'string', enum: ['call-ended', 'call-started'] } },
        },
      },
      Subscription: {
        type: 'object',
        required: ['id', 'sink', 'protocol', 'types'],
        properties: {
          id: { type: 'string' },
          sink: { type: 'string', format: 'uri' },
          protocol: { type: 'string' },
          types: { type: 'array', items: { type: 'string' } },
        },
      },
      CloudEvent: {
        type: 'object',
        required: ['id', 'type'],
        properties: { id: { type: 'string' }, type: { type: 'string' } },
      },
      CreateQueueRequest: {
        type: 'object',
        title: 'CreateQueueRequest',
        required: ['FriendlyName'],
        properties: queue,
      },
      UpdateQueueRequest: { type: 'object', title: 'UpdateQueueRequest', properties: queue },
      Queue: {
        type: 'object',
        required: ['sid', 'friendly_name'],
        properties: { sid: { type: 'string' }, friendly_name: { type: 'string' }, max_size: { type: 'integer' } },
      },
      ErrorInfo: {
        type: 'object',
        required: ['status', 'code', 'message'],
        properties: { status: { type: 'integer' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
