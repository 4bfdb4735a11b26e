/** In the manner of Spring with springdoc. */
import { isObject } from '../../json.ts';
import type { PlainApi } from '../api.ts';
import { answering, asking, isAsked, showing, without } from '../behaviours.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { document, owner } from './document.ts';
import { refusal, serve } from './server.ts';

const name = 'spring-clinic';
const writesPet = ['POST /owners/*/pets', 'PUT /owners/*/pets/*'];
const wishes = ['405', '415'];

const shape: Shape = {
  api: name,
  create: { at: 'POST /owners', operation: 'addOwner' },
  read: { at: 'GET /owners/*', operation: 'getOwner' },
  list: { at: 'GET /owners', operation: 'listOwners' },
  update: { at: 'PUT /owners/*', operation: 'updateOwner' },
  remove: { at: 'DELETE /owners/*', operation: 'deleteOwner' },
  id: 'id',
  names: ['id', ...Object.keys(owner)],
  samples: { firstName: 'Jean', lastName: 'Coleman', address: '105 N. Lake St.', city: 'Monona' },
  text: { name: 'address' },
  length: { name: 'lastName', wrong: (value) => String(value).length > 30 },
  child: {
    create: { at: 'POST /owners/*/pets', operation: 'addPetToOwner' },
    read: { at: 'GET /owners/*/pets/*', operation: 'getOwnersPet' },
    list: { at: 'GET /owners/*/pets', operation: 'listPetsOfOwner' },
  },
  refusal: (status, property) =>
    refusal(status, 'Not possible', [{ field: property ?? '', defaultMessage: 'not allowed' }]).answer,
  wishes,
};

export const springClinic: PlainApi = {
  name,
  document,
  base: '/api/v3',
  serve,
  faults: [
    ...commonFaults(shape),
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
  ],
  variants: [
    ...commonVariants(shape),
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
