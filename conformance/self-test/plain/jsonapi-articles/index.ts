/** In the manner of JSON:API. */
import type { PlainApi } from '../api.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { article, document } from './document.ts';
import { failure, serve } from './server.ts';

const name = 'jsonapi-articles';

const shape: Shape = {
  api: name,
  create: { at: 'POST /articles', operation: 'createArticle' },
  read: { at: 'GET /articles/*', operation: 'getArticle' },
  list: { at: 'GET /articles', operation: 'listArticles' },
  update: { at: 'PATCH /articles/*', operation: 'updateArticle' },
  remove: { at: 'DELETE /articles/*', operation: 'deleteArticle' },
  sent: ['data', 'attributes'],
  shown: ['data'],
  listed: ['data'],
  inner: ['attributes'],
  whole: true,
  id: 'id',
  names: Object.keys(article),
  samples: { title: 'On doors', status: 'draft', rating: 1 },
  text: { name: 'title' },
  length: { name: 'title', wrong: (value) => String(value).length > 160 },
  optional: { name: 'summary' },
  number: { name: 'rating', wrong: (value) => Number(value) > 5 },
  choice: { name: 'status', wrong: (value) => !['draft', 'review', 'published'].includes(String(value)) },
  flag: { name: 'featured' },
  several: { name: 'keywords' },
  instant: { name: 'published-at' },
  blank: { summary: '', keywords: [] },
  refusedWith: 422,
  refusal: (status, property) => failure(status, 'Not possible', `/data/attributes/${property ?? ''}`),
  wishes: ['400', '404', '405', '409'],
};

export const jsonapiArticles: PlainApi = {
  name,
  document,
  serve,
  faults: commonFaults(shape),
  variants: commonVariants(shape),
};
