/** A document that leaves much open: creates that tell no id, records inside records, updates that answer nothing. */
import type { JsonObject } from '../../fault.ts';

const text = { type: 'string' };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const body = (name: string): JsonObject => ({ required: true, content: json(ref(name)) });
const answer = (schema: JsonObject): JsonObject => ({ description: 'Done', content: json(schema) });
const refused = { description: 'Refused', content: json(ref('Problem')) };
const inPath = (name: string): JsonObject => ({ name, in: 'path', required: true, schema: text });
const number = (name: string): JsonObject => ({ ...inPath(name), schema: { type: 'integer' } });

export const document: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Open records', version: '1.0.0' },
  paths: {
    '/spaces': {
      post: {
        operationId: 'create_space',
        requestBody: body('SpaceCreate'),
        responses: { 200: answer({ type: 'object' }), 400: refused },
      },
    },
    '/spaces/{space_name}': {
      get: {
        operationId: 'get_space',
        parameters: [inPath('space_name')],
        responses: { 200: answer(ref('Space')), 404: refused },
      },
    },
    '/spaces/{space}/bins': {
      post: {
        operationId: 'create_bin',
        parameters: [inPath('space')],
        requestBody: body('Bin'),
        responses: { 201: answer(ref('Bin')), 400: refused, 404: refused },
      },
    },
    '/spaces/{space}/bins/{bin}': {
      get: {
        operationId: 'get_bin',
        parameters: [inPath('space'), inPath('bin')],
        responses: { 200: answer(ref('Bin')), 404: refused },
      },
    },
    '/kinds': {
      post: {
        operationId: 'create_kind',
        requestBody: body('Kind'),
        responses: { 201: answer(ref('Kind')), 400: refused },
      },
    },
    '/kinds/{kind_id}': {
      get: {
        operationId: 'get_kind',
        parameters: [number('kind_id')],
        responses: { 200: answer(ref('Kind')), 404: refused },
      },
    },
    '/things': {
      post: {
        operationId: 'create_thing',
        requestBody: body('ThingWrite'),
        responses: { 201: answer(ref('Thing')), 400: refused },
      },
    },
    '/things/{thing_id}': {
      parameters: [number('thing_id')],
      get: { operationId: 'get_thing', responses: { 200: answer(ref('Thing')), 404: refused } },
      put: {
        operationId: 'update_thing',
        requestBody: body('ThingWrite'),
        responses: { 204: { description: 'Done' }, 400: refused, 404: refused },
      },
    },
  },
  components: {
    schemas: {
      SpaceCreate: { type: 'object', required: ['name'], properties: { name: text, note: text } },
      Space: { type: 'object', required: ['name'], properties: { name: text, note: text } },
      Bin: { type: 'object', properties: { data: { type: 'object', additionalProperties: {} } } },
      Kind: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string', examples: ['cat'] } },
      },
      ThingWrite: {
        type: 'object',
        required: ['label', 'kind', 'born'],
        properties: { label: text, kind: ref('Kind'), born: { type: 'string', format: 'date' } },
      },
      Thing: {
        type: 'object',
        required: ['id', 'label', 'kind', 'born'],
        properties: {
          id: { type: 'integer' },
          label: text,
          kind: ref('Kind'),
          born: { type: 'string', format: 'date' },
        },
      },
      Problem: {
        type: 'object',
        required: ['fieldErrors'],
        properties: {
          fieldErrors: { type: 'array', items: { type: 'object', properties: { field: text, message: text } } },
        },
      },
    },
  },
};
