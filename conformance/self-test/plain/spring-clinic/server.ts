/** As Spring answers: problem+json, ids counted for each kind, PUT that replaces. */
import type { JsonObject } from '../../fault.ts';
import { isObject } from '../../json.ts';
import { checkOf } from '../check.ts';
import { application, Refusal, Table, type PathValues, type PlainHandler, type PlainRequest } from '../server.ts';
import { document, owner, pet } from './document.ts';

const check = checkOf(document);

/** @returns a refusal as problem+json */
export function refusal(status: number, title: string, errors?: JsonObject[]): Refusal {
  return new Refusal({
    status,
    headers: { 'content-type': 'application/problem+json' },
    json: { title, status, ...(errors ? { errors } : {}) },
  });
}

function validated({ body, headers }: PlainRequest, schema: string): JsonObject {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) throw refusal(415, 'Unsupported Media Type');
  const wrong = check(schema, body);
  if (wrong.length === 0 && isObject(body)) return body;
  const errors = wrong.map(({ place, message }) => ({ field: place.join('.'), defaultMessage: message }));
  throw refusal(400, 'Bad Request', errors);
}

function found(table: Table, value: string | undefined): JsonObject {
  if (!/^\d{1,9}$/.test(value ?? '')) throw refusal(400, 'Type mismatch');
  const row = table.get(value);
  if (!row) throw refusal(404, 'Not Found');
  return row;
}

/** @returns a server without owners and pets */
export function serve(): PlainHandler {
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
  const given = (body: JsonObject, names: JsonObject): JsonObject => {
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
          json: owners.put(id, { id, ...given(body, owner) }),
        };
      },
      'GET /owners/{ownerId}': ({ ownerId }) => ({ status: 200, json: found(owners, ownerId) }),
      'PUT /owners/{ownerId}': ({ ownerId }, request) => {
        const { id } = found(owners, ownerId);
        const body = validated(request, 'Owner');
        if (body.id !== id) throw refusal(400, 'The id in the body is not the id in the path');
        return { status: 200, json: owners.put(id, { id, ...given(body, owner) }) };
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
        return { status: 201, json: pets.put(id, { id, ownerId: above.id, ...given(body, pet) }) };
      },
      'GET /owners/{ownerId}/pets/{petId}': (values) => ({ status: 200, json: ownersPet(values) }),
      'PUT /owners/{ownerId}/pets/{petId}': (values, request) => {
        const { id, ownerId } = ownersPet(values);
        const body = validated(request, 'PetFields');
        return { status: 200, json: pets.put(id, { id, ownerId, ...given(body, pet) }) };
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
