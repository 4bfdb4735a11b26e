/** In the manner of Go with grpc-gateway. */
import type { PlainApi } from '../api.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { bookNames, document, states } from './document.ts';
import { serve, status } from './server.ts';

const name = 'grpc-library';

const shape: Shape = {
  api: name,
  create: { at: 'POST /v1/shelves/*/books', operation: 'LibraryService_CreateBook' },
  read: { at: 'GET /v1/shelves/*/books/*', operation: 'LibraryService_GetBook' },
  list: { at: 'GET /v1/shelves/*/books', operation: 'LibraryService_ListBooks' },
  update: { at: 'PATCH /v1/shelves/*/books/*', operation: 'LibraryService_UpdateBook' },
  remove: { at: 'DELETE /v1/shelves/*/books/*', operation: 'LibraryService_DeleteBook' },
  listed: ['books'],
  whole: true,
  anyStatus: true,
  id: 'name',
  names: [...bookNames, 'name', 'createTime'],
  samples: { title: 'Emma', pages: 3, state: 'LENT' },
  text: { name: 'title' },
  optional: { name: 'author' },
  number: { name: 'pages', wrong: (value) => Number(value) > 20_000 },
  choice: { name: 'state', wrong: (value) => !states.includes(String(value)) },
  flag: { name: 'reserved' },
  several: { name: 'labels' },
  blank: { author: '', labels: [] },
  deleted: { status: 200, json: {} },
  refusal: (http, property) => status(http, `${property ?? 'it'} is not possible`),
  pathOf: (id) => `/v1/${id}`,
  wishes: ['404', '405', '409', '501', 'Content-Type'],
};

export const grpcLibrary: PlainApi = {
  name,
  document,
  serve,
  faults: commonFaults(shape),
  variants: commonVariants(shape),
};
