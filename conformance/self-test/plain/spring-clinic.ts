/** In the manner of Spring with springdoc: a base path, nested resources, counted ids for each kind, problem+json, PUT with 204. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../fault.ts';
import { isObject } from '../json.ts';
import type { PlainApi } from './api.ts';
import { answering, asking, isAsked, showing, without } from './behaviours.ts';
import { application, Refusal, Table, type PathValues, type PlainHandler, type PlainRequest } from './server.ts';

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
const owner = {
  firstName: { type: 'string', minLength: 1, maxLength: 30 },
  lastName: { type: 'string', minLength: 1, maxLength: 30 },
  address: { type: 'string', minLength: 1, maxLength: 255 },
  city: { type: 'string', minLength: 1, maxLength: 80 },
};
const pet = {
  name: { type: 'string', maxLength: 30 },
  birthDate: { type: 'string', format: 'date' },
  weight: { type: 'integer', format: 'int32', minimum: 1, maximum: 500 },
  chipped: { type: 'boolean' },
};

const document: JsonObject = {
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

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, 'document');

function refusal(status: number, title: string, errors?: JsonObject[]): Refusal {
  return new Refusal({
    status,
    headers: { 'content-type': 'application/problem+json' },
    json: { title, status, ...(errors ? { errors } : {}) },
  });
}

function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) throw refusal(415, 'Unsupported Media Type');
  const right = ajv.getSchema(`document#/components/schemas/${schema}`);
  if (right?.(body) === true && isObject(body)) return body;
  const errors = (right?.errors ?? []).map(({ instancePath, message, params }) => ({
    field: instancePath.slice(1) || String(params.missingProperty),
    defaultMessage: message,
  }));
  throw refusal(400, 'Bad Request', errors);
}

function found(table: Table, value: string | undefined): JsonObject {
  if (!/^\d{1,9}$/.test(value ?? '')) throw refusal(400, 'Type mismatch');
  const row = table.get(value);
  if (!row) throw refusal(404, 'Not Found');
  return row;
}

function serve(): PlainHandler {
  const owners = new Table(11);
  const pets = new Table(11);
  const species = new Table();
  for (const name of ['cat', 'dog', 'snake']) species.put(species.nextId(), { id: species.rows.size + 1, name });
  const ownersPet = (values: PathValues): JsonObject => {
    const above = found(owners, values.ownerId);
    const row = found(pets, values.petId);
    if (row.ownerId !== above.id) throw refusal(404, 'Not Found');
    return row;
  };
  const picked = (body: JsonObject, names: JsonObject): JsonObject => {
    const kept: JsonObject = {};
    for (const name of Object.keys(names)) if (body[name] != null) kept[name] = body[name];
    return kept;
  };
  return application(
    {
      'GET /owners': (_values, { query }) => {
        const last = query.get('lastName');
        return {
          status: 200,
          json: [...owners.rows.values()].filter(({ lastName }) => last === null || String(lastName).startsWith(last)),
        };
      },
      'POST /owners': (_values, request) => {
        const body = validated(request, 'OwnerFields');
        const id = owners.nextId();
        return {
          status: 201,
          headers: { location: `/api/v3/owners/${String(id)}` },
          json: owners.put(id, { id, ...picked(body, owner) }),
        };
      },
      'GET /owners/{ownerId}': ({ ownerId }) => ({ status: 200, json: found(owners, ownerId) }),
      'PUT /owners/{ownerId}': ({ ownerId }, request) => {
        const { id } = found(owners, ownerId);
        const body = validated(request, 'Owner');
        if (body.id !== id) throw refusal(400, 'The id in the body is not the id in the path');
        return { status: 200, json: owners.put(id, { id, ...picked(body, owner) }) };
      },
      'DELETE /owners/{ownerId}': ({ ownerId }) => {
        const { id } = found(owners, ownerId);
        owners.rows.delete(String(id));
        for (const [petId, row] of pets.rows) if (row.ownerId === id) pets.rows.delete(petId);
        return { status: 204 };
      },
      'GET /owners/{ownerId}/pets': ({ ownerId }) => {
        const { id } = found(owners, ownerId);
        return { status: 200, json: [...pets.rows.values()].filter((row) => row.ownerId === id) };
      },
      'POST /owners/{ownerId}/pets': ({ ownerId }, request) => {
        const above = found(owners, ownerId);
        const body = validated(request, 'PetFields');
        const id = pets.nextId();
        return { status: 201, json: pets.put(id, { id, ownerId: above.id, ...picked(body, pet) }) };
      },
      'GET /owners/{ownerId}/pets/{petId}': (values) => ({ status: 200, json: ownersPet(values) }),
      'PUT /owners/{ownerId}/pets/{petId}': (values, request) => {
        const { id, ownerId } = ownersPet(values);
        const body = validated(request, 'PetFields');
        return { status: 200, json: pets.put(id, { id, ownerId, ...picked(body, pet) }) };
      },
      'DELETE /owners/{ownerId}/pets/{petId}': (values) => {
        pets.rows.delete(String(ownersPet(values).id));
        return { status: 204 };
      },
      'GET /species': () => ({ status: 200, json: [...species.rows.values()] }),
      'GET /species/{speciesId}': ({ speciesId }) => ({ status: 200, json: found(species, speciesId) }),
    },
    {
      path: {
        status: 404,
        json: { status: 404, title: 'Not Found' },
        headers: { 'content-type': 'application/problem+json' },
      },
      method: {
        status: 405,
        json: { status: 405, title: 'Method Not Allowed' },
        headers: { 'content-type': 'application/problem+json' },
      },
    },
  );
}

const name = 'spring-clinic';
const writesPet = ['POST /owners/*/pets', 'PUT /owners/*/pets/*'];
const wishes = ['405', '415'];

export const springClinic: PlainApi = {
  name,
  document,
  base: '/api/v3',
  serve,
  faults: [
    {
      id: `${name}/city-lost-on-put`,
      title: 'PUT does not store the city',
      level: 'MUST',
      names: ['city'],
      behaviour: () => {
        const before = new Map<string, unknown>();
        return (request, next) => {
          const answer = next(request);
          if (isAsked(request, 'POST /owners') && isObject(answer.json))
            before.set(String(answer.json.id), answer.json.city);
          const shown = (row: unknown): unknown =>
            isObject(row) && before.has(String(row.id)) && 'city' in row
              ? { ...row, city: before.get(String(row.id)) }
              : row;
          return { ...answer, json: Array.isArray(answer.json) ? answer.json.map(shown) : shown(answer.json) };
        };
      },
    },
    {
      id: `${name}/weight-lost`,
      title: 'an optional number of a nested record is accepted and never stored',
      level: 'MUST',
      names: ['weight'],
      behaviour: asking(writesPet, (body) => without(body, 'weight')),
    },
    {
      id: `${name}/chipped-inverted`,
      title: 'a boolean is returned inverted',
      level: 'MUST',
      names: ['chipped'],
      behaviour: showing(['GET /owners/*/pets/*'], (record) =>
        'chipped' in record ? { ...record, chipped: record.chipped !== true } : record,
      ),
    },
    {
      id: `${name}/day-early`,
      title: 'a date is stored a day early',
      level: 'MUST',
      names: ['birthDate'],
      behaviour: asking(writesPet, (body) => ({ ...body, birthDate: dayBefore(body.birthDate) })),
    },
    {
      id: `${name}/weight-unbounded`,
      title: 'a weight beyond its maximum is stored',
      level: 'MUST',
      names: ['weight'],
      behaviour: () => {
        const kept = new Map<string, unknown>();
        const shown = (row: unknown): unknown =>
          isObject(row) && kept.has(String(row.id)) && 'birthDate' in row
            ? { ...row, weight: kept.get(String(row.id)) }
            : row;
        return (request, next) => {
          const { body } = request;
          const heavy =
            isAsked(request, 'POST /owners/*/pets') &&
            isObject(body) &&
            typeof body.weight === 'number' &&
            body.weight > 500;
          const answer = next(heavy ? { ...request, body: { ...body, weight: 1 } } : request);
          if (heavy && isObject(answer.json)) kept.set(String(answer.json.id), body.weight);
          return { ...answer, json: Array.isArray(answer.json) ? answer.json.map(shown) : shown(answer.json) };
        };
      },
    },
    {
      id: `${name}/pet-readable-under-all`,
      title: 'a pet is readable under every owner',
      level: 'MUST',
      names: ['getOwnersPet'],
      behaviour: () => {
        const home = new Map<string, string>();
        return (request, next) => {
          const made = isAsked(request, 'POST /owners/*/pets') ? next(request) : undefined;
          if (made) {
            if (isObject(made.json)) home.set(String(made.json.id), String(made.json.ownerId));
            return made;
          }
          const [, , , , id = ''] = request.path.split('/');
          return next(
            isAsked(request, 'GET /owners/*/pets/*') && home.has(id)
              ? { ...request, path: `/owners/${home.get(id) ?? ''}/pets/${id}` }
              : request,
          );
        };
      },
    },
    {
      id: `${name}/deleted-owner-listed`,
      title: 'a deleted owner stands in the list',
      level: 'MUST',
      names: ['deleteOwner', 'listOwners'],
      behaviour: () => {
        const gone: unknown[] = [];
        return (request, next) => {
          const id = request.path.split('/')[2] ?? '';
          const last = isAsked(request, 'DELETE /owners/*') ? next({ ...request, method: 'GET' }) : undefined;
          const answer = next(request);
          if (last?.status === 200 && answer.status === 204 && id !== '') gone.push(last.json);
          return isAsked(request, 'GET /owners') && Array.isArray(answer.json)
            ? { ...answer, json: [...(answer.json as unknown[]), ...gone] }
            : answer;
        };
      },
    },
    {
      id: `${name}/delete-takes-neighbour`,
      title: 'DELETE of an owner removes the one before it as well',
      level: 'MUST',
      names: ['deleteOwner'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        if (isAsked(request, 'DELETE /owners/*') && answer.status === 204) {
          const id = Number(request.path.split('/')[2]);
          for (let other = id - 1; other > 10; other -= 1)
            if (next({ ...request, path: `/owners/${String(other)}` }).status === 204) break;
        }
        return answer;
      },
    },
    {
      id: `${name}/species-without-name`,
      title: 'a record that nothing makes breaks its schema',
      level: 'MUST',
      names: ['getSpecies'],
      behaviour: showing(['GET /species/*'], (record) => without(record, 'name')),
    },
    {
      id: `${name}/html-refusals`,
      title: 'refusals are answered as HTML where the document has problem+json',
      level: 'MUST',
      names: ['addOwner', 'text/html'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        return answer.status === 400
          ? { status: 400, headers: { 'content-type': 'text/html' }, text: '<h1>400</h1>' }
          : answer;
      },
    },
    {
      id: `${name}/put-changes-another`,
      title: 'PUT of an owner changes the city of all',
      level: 'MUST',
      names: ['updateOwner', 'city'],
      behaviour: () => {
        let city: unknown;
        const shown = (row: unknown): unknown =>
          isObject(row) && 'city' in row && city !== undefined ? { ...row, city } : row;
        return (request, next) => {
          const answer = next(request);
          if (isAsked(request, 'PUT /owners/*') && answer.status === 200 && isObject(request.body))
            ({ city } = request.body);
          return { ...answer, json: Array.isArray(answer.json) ? answer.json.map(shown) : shown(answer.json) };
        };
      },
    },
  ],
  variants: [
    { id: `${name}/as-it-is`, title: 'the right server itself', wishes },
    {
      id: `${name}/null-for-nothing`,
      title: 'a DELETE is answered with 200 and the record, which the document has as 204',
      wishes: [...wishes, 'deleteOwner'],
      behaviour: answering(['GET /owners'], (answer) => ({
        ...answer,
        headers: { 'content-type': 'application/json;charset=UTF-8' },
      })),
    },
    {
      id: `${name}/second-delete-is-204`,
      title: 'a second DELETE is answered with 204 again',
      wishes,
      behaviour: () => (request, next) => {
        const answer = next(request);
        return request.method === 'DELETE' && answer.status === 404 ? { status: 204 } : answer;
      },
    },
    {
      id: `${name}/refuses-with-422`,
      title: 'what does not validate is answered with an undocumented 422',
      wishes: [...wishes, '422'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        return answer.status === 400 && request.method !== 'GET' ? { ...answer, status: 422 } : answer;
      },
    },
    {
      id: `${name}/trims`,
      title: 'outer spaces of texts are cut off',
      wishes: [...wishes, 'outer spaces lost'],
      behaviour: asking(['POST /owners', 'PUT /owners/*'], (body) =>
        Object.fromEntries(
          Object.entries(body).map(([field, value]) => [field, typeof value === 'string' ? value.trim() : value]),
        ),
      ),
    },
    {
      id: `${name}/records-before`,
      title: 'others have made owners before',
      wishes,
      behaviour: () => {
        let filled = false;
        return (request, next) => {
          if (!filled) {
            filled = true;
            for (let count = 0; count < 5; count += 1)
              next({
                ...request,
                method: 'POST',
                path: '/owners',
                headers: { 'content-type': 'application/json' },
                body: { firstName: 'A', lastName: 'B', address: 'C', city: `D${String(count)}` },
              });
          }
          return next(request);
        };
      },
    },
    {
      id: `${name}/only-known-cities`,
      title: 'an owner is taken only with a city that the document does not tell',
      wishes,
      behaviour: () => (request, next) =>
        request.method !== 'GET' &&
        isObject(request.body) &&
        'city' in request.body &&
        request.body.city !== 'Springfield'
          ? {
              status: 400,
              headers: { 'content-type': 'application/problem+json' },
              json: { title: 'unknown city', status: 400, errors: [{ field: 'city', defaultMessage: 'unknown' }] },
            }
          : next(request),
      fixtures: { city: 'Springfield' },
    },
  ],
};

function dayBefore(value: unknown): unknown {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return value;
  return new Date(Date.parse(value) - 86_400_000).toISOString().slice(0, 10);
}
