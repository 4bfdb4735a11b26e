/** In the manner of NestJS with class-validator and @nestjs/swagger. */
import type { PlainApi } from '../api.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { document, productNames } from './document.ts';
import { exception, serve } from './server.ts';

const name = 'nest-shop';

const shape: Shape = {
  api: name,
  create: { at: 'POST /products', operation: 'ProductsController_create' },
  read: { at: 'GET /products/*', operation: 'ProductsController_findOne' },
  list: { at: 'GET /products', operation: 'ProductsController_findAll' },
  update: { at: 'PATCH /products/*', operation: 'ProductsController_update' },
  remove: { at: 'DELETE /products/*', operation: 'ProductsController_remove' },
  whole: true,
  id: 'id',
  names: productNames,
  samples: { name: 'Spade', price: 12, category: 'GARDEN' },
  text: { name: 'name' },
  length: { name: 'name', wrong: (value) => String(value).length > 80 },
  optional: { name: 'description' },
  number: { name: 'price', wrong: (value) => Number(value) > 10_000 },
  choice: { name: 'category', wrong: (value) => !['BOOKS', 'GARDEN', 'TOYS'].includes(String(value)) },
  flag: { name: 'published' },
  several: { name: 'tags' },
  object: { name: 'dimensions', part: 'width' },
  blank: { description: '', tags: [] },
  child: {
    create: { at: 'POST /products/*/reviews', operation: 'ReviewsController_create' },
    read: { at: 'GET /products/*/reviews/*', operation: 'ReviewsController_findOne' },
    list: { at: 'GET /products/*/reviews', operation: 'ReviewsController_findAll' },
    listed: [],
  },
  refusal: (status, property) => exception(status, [`${property ?? 'it'} is not possible`]),
  wishes: ['404', '405', '409', 'Content-Type'],
};

export const nestShop: PlainApi = {
  name,
  document,
  serve,
  faults: commonFaults(shape),
  variants: commonVariants(shape),
};
