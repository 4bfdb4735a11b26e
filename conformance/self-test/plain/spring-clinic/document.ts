/** As springdoc writes it: a base path, nested resources, int32 ids, problem+json. */
import type { JsonObject } from '../../fault.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const problem = { description: 'Problem', content: { 'application/problem+json': { schema: ref('ProblemDetail') } } };
const refusals = { 400: problem, 404: problem };
const key = (name: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'integer', format: 'int32', minimum: 0 },
});
const ok = (schema: JsonObject): JsonObject => ({ description: 'OK', content: json(schema) });
export const owner = {
  firstName: { type: 'string', minLength: 1, maxLength: 30 },
  lastName: { type: 'string', minLength: 1, maxLength: 30 },
  address: { type: 'string', minLength: 1, maxLength: 255 },
  city: { type: 'string', minLength: 1, maxLength: 80 },
};
export const pet = {
  name: { type: 'string', maxLength: 30 },
  birthDate: { type: 'string', format: 'date' },
  weight: { type: 'integer', format: 'int32', minimum: 1, maximum: 500 },
  chipped: { type: 'boolean' },
};

export const document: JsonObject = {
  openapi: '3.0.1',
  info: { title: 'Clinic', version: '3.0' },
  servers: [{ url: '/api/v3' }],
  paths: {
    '/owners': {
      get: {
        operationId: 'listOwners',
        parameters: [{ name: 'lastName', in: 'query', schema: { type: 'string' } }],
        responses: { 200: ok({ type: 'array', items: ref('Owner') }) },
      },
      post: {
        operationId: 'addOwner',
        requestBody: { required: true, content: json(ref('OwnerFields')) },
        responses: { 201: ok(ref('Owner')), ...refusals },
      },
    },
    '/owners/{ownerId}': {
      get: { operationId: 'getOwner', parameters: [key('ownerId')], responses: { 200: ok(ref('Owner')), ...refusals } },
      put: {
        operationId: 'updateOwner',
        parameters: [key('ownerId')],
        requestBody: { required: true, content: json(ref('Owner')) },
        responses: { 200: ok(ref('Owner')), ...refusals },
      },
      delete: {
        operationId: 'deleteOwner',
        parameters: [key('ownerId')],
        responses: { 204: { description: 'Gone' }, ...refusals },
      },
    },
    '/owners/{ownerId}/pets': {
      get: {
        operationId: 'listPetsOfOwner',
        parameters: [key('ownerId')],
        responses: { 200: ok({ type: 'array', items: ref('Pet') }), ...refusals },
      },
      post: {
        operationId: 'addPetToOwner',
        parameters: [key('ownerId')],
        requestBody: { required: true, content: json(ref('PetFields')) },
        responses: { 201: ok(ref('Pet')), ...refusals },
      },
    },
    '/owners/{ownerId}/pets/{petId}': {
      parameters: [key('ownerId'), key('petId')],
      get: { operationId: 'getOwnersPet', responses: { 200: ok(ref('Pet')), ...refusals } },
      put: {
        operationId: 'updateOwnersPet',
        requestBody: { required: true, content: json(ref('PetFields')) },
        responses: { 200: ok(ref('Pet')), ...refusals },
      },
      delete: { operationId: 'deleteOwnersPet', responses: { 204: { description: 'Gone' }, ...refusals } },
    },
    '/species': {
      get: { operationId: 'listSpecies', responses: { 200: ok({ type: 'array', items: ref('Species') }) } },
    },
    '/species/{speciesId}': {
      get: {
        operationId: 'getSpecies',
        parameters: [key('speciesId')],
        responses: { 200: ok(ref('Species')), ...refusals },
      },
    },
  },
  components: {
    schemas: {
      OwnerFields: { type: 'object', required: ['firstName', 'lastName', 'address', 'city'], properties: owner },
      Owner: {
        type: 'object',
        required: ['id', 'firstName', 'lastName', 'address', 'city'],
        properties: { id: { type: 'integer', format: 'int32' }, ...owner },
      },
      PetFields: { type: 'object', required: ['name', 'birthDate'], properties: pet },
      Pet: {
        type: 'object',
        required: ['id', 'ownerId', 'name', 'birthDate'],
        properties: { id: { type: 'integer', format: 'int32' }, ownerId: { type: 'integer', format: 'int32' }, ...pet },
      },
      Species: {
        type: 'object',
        required: ['id', 'name'],
        properties: { id: { type: 'integer', format: 'int32' }, name: { type: 'string' } },
      },
      ProblemDetail: {
        type: 'object',
        required: ['title', 'status'],
        properties: {
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          errors: { type: 'array', items: { type: 'object' } },
        },
      },
    },
  },
};
