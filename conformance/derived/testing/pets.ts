/** A small document with what a derived server has to know: parents, pages, filters, errors, credentials, examples. */
import type { JsonObject } from '../../contract/types.ts';

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({ 'application/json': { schema, ...more } });
const error = { description: 'Refused', content: json(ref('Error')) };
const id = { name: 'petId', in: 'path', required: true, schema: { type: 'string' } };
const query = (name: string, schema: JsonObject): JsonObject => ({ name, in: 'query', schema });

export const pets: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1.0.0' },
  security: [{ bearer: [] }],
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        parameters: [
          query('limit', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
          query('offset', { type: 'integer', minimum: 0, default: 0 }),
          query('kind', { type: 'string', enum: ['dog', 'cat'] }),
        ],
        responses: { 200: { description: 'Pets', content: json(ref('PetPage')) }, 400: error, 401: error },
      },
      post: {
        operationId: 'createPet',
        requestBody: {
          required: true,
          content: json(ref('NewPet'), { examples: { fido: { value: { name: 'Fido', kind: 'dog' } } } }),
        },
        responses: { 201: { description: 'The pet', content: json(ref('Pet')) }, 400: error, 401: error },
      },
    },
    '/pets/{petId}': {
      parameters: [id],
      get: {
        operationId: 'getPet',
        responses: {
          200: {
            description: 'The pet',
            content: json(ref('Pet'), {
              examples: {
                cat: {
                  value: { id: 'p-7', name: 'Tom', kind: 'cat', vaccinated: true, created_at: '2026-01-01T00:00:00Z' },
                },
              },
            }),
          },
          401: error,
          404: error,
        },
      },
      patch: {
        operationId: 'changePet',
        requestBody: { required: true, content: json(ref('PetChange')) },
        responses: { 200: { description: 'The pet', content: json(ref('Pet')) }, 400: error, 401: error, 404: error },
      },
      delete: { operationId: 'deletePet', responses: { 204: { description: 'Gone' }, 401: error, 404: error } },
    },
    '/pets/{petId}/visits': {
      parameters: [id],
      get: {
        operationId: 'listVisits',
        responses: {
          200: { description: 'Visits', content: json({ type: 'array', items: ref('Visit') }) },
          401: error,
          404: error,
        },
      },
      post: {
        operationId: 'createVisit',
        requestBody: { required: true, content: json(ref('NewVisit')) },
        responses: {
          201: { description: 'The visit', content: json(ref('Visit')) },
          400: error,
          401: error,
          404: error,
        },
      },
    },
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      NewPet: {
        type: 'object',
        required: ['name', 'kind'],
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 40 },
          kind: { type: 'string', enum: ['dog', 'cat'] },
          vaccinated: { type: 'boolean', default: false },
        },
      },
      PetChange: {
        type: 'object',
        properties: { name: { type: 'string', minLength: 1, maxLength: 40 }, vaccinated: { type: 'boolean' } },
      },
      Pet: {
        type: 'object',
        required: ['id', 'name', 'kind', 'created_at'],
        properties: {
          id: { type: 'string', readOnly: true },
          name: { type: 'string' },
          kind: { type: 'string' },
          vaccinated: { type: 'boolean' },
          created_at: { type: 'string', format: 'date-time', readOnly: true },
        },
      },
      PetPage: {
        type: 'object',
        required: ['data', 'total'],
        properties: { data: { type: 'array', items: ref('Pet') }, total: { type: 'integer' } },
      },
      NewVisit: { type: 'object', required: ['reason'], properties: { reason: { type: 'string' } } },
      Visit: {
        type: 'object',
        required: ['id', 'reason'],
        properties: { id: { type: 'integer', readOnly: true }, reason: { type: 'string' } },
      },
      Error: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } },
      },
    },
  },
};
