/** In the manner of FastAPI with SQLModel. */
import type { PlainApi } from '../api.ts';
import { asking, instead, showing, without } from '../behaviours.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { document, item } from './document.ts';
import { serve } from './server.ts';

const name = 'fastapi-items';
const create = 'POST /items/';

const shape: Shape = {
  api: name,
  create: { at: 'POST /items/', operation: 'create_item_items__post' },
  read: { at: 'GET /items/*', operation: 'read_item_items__item_id__get' },
  list: { at: 'GET /items/', operation: 'read_items_items__get' },
  update: { at: 'PATCH /items/*', operation: 'update_item_items__item_id__patch' },
  remove: { at: 'DELETE /items/*', operation: 'delete_item_items__item_id__delete' },
  whole: true,
  id: 'id',
  names: [...Object.keys(item), 'owner_id'],
  samples: { title: 'Lamp', price: 1, kind: 'toy', owner_id: 1 },
  text: { name: 'title' },
  optional: { name: 'description' },
  number: { name: 'price', wrong: (value) => Number(value) < 0 },
  choice: { name: 'kind', wrong: (value) => !['book', 'tool', 'toy'].includes(String(value)) },
  several: { name: 'tags' },
  instant: { name: 'available_from' },
  blank: { description: null, tags: [] },
  refusedWith: 422,
  refusal: (status, property) => ({
    status,
    json: {
      detail:
        status === 422 ? [{ loc: ['body', property ?? ''], msg: 'not allowed', type: 'value_error' }] : 'Not possible',
    },
  }),
  wishes: ['404', '405', '409'],
};

export const fastapiItems: PlainApi = {
  name,
  document,
  serve,
  faults: [
    ...commonFaults(shape),
    {
      id: `${name}/tags-lost-on-patch`,
      title: 'a list is accepted by PATCH and not stored',
      level: 'MUST',
      names: ['tags'],
      behaviour: asking(['PATCH /items/*'], (body) => without(body, 'tags')),
    },
    {
      id: `${name}/price-whole`,
      title: 'a price loses its fraction',
      level: 'MUST',
      names: ['price'],
      behaviour: asking([create, 'PATCH /items/*'], (body) => ({
        ...body,
        price: typeof body.price === 'number' ? Math.floor(body.price) : body.price,
      })),
    },
    {
      id: `${name}/owner-missing-in-list`,
      title: 'a required property is missing in the list',
      level: 'MUST',
      names: ['owner_id'],
      behaviour: showing(['GET /items/'], (record) => without(record, 'owner_id')),
    },
    {
      id: `${name}/health-as-text`,
      title: 'a singleton is answered as text',
      level: 'MUST',
      names: ['health_health_get'],
      behaviour: instead('GET /health', () => ({ status: 200, headers: { 'content-type': 'text/plain' }, text: 'ok' })),
    },
    {
      id: `${name}/health-crashes`,
      title: 'a singleton is answered with 500, again and again',
      level: 'MUST',
      names: ['health_health_get'],
      behaviour: instead('GET /health', () => ({ status: 500, text: 'Internal Server Error' })),
    },
  ],
  variants: [
    ...commonVariants(shape),
    {
      id: `${name}/instants-without-zone`,
      title: 'instants are stored without their zone',
      wishes: ['404', '405', '409', 'available_from'],
      behaviour: showing([create, 'GET /items/', 'GET /items/*', 'PATCH /items/*'], (record) => ({
        ...record,
        available_from:
          typeof record.available_from === 'string' ? record.available_from.replace(/Z$/, '') : record.available_from,
      })),
    },
  ],
};
