/** The documents of the bench; a new one is a folder of its own and a line here. */
import type { PlainApi } from './api.ts';
import { camaraCalls } from './camara-calls/index.ts';
import { cursorFeed } from './cursor-feed/index.ts';
import { drfTracker } from './drf-tracker/index.ts';
import { fastapiItems } from './fastapi-items/index.ts';
import { formCustomers } from './form-customers/index.ts';
import { githubIssues } from './github-issues/index.ts';
import { grpcLibrary } from './grpc-library/index.ts';
import { jsonapiArticles } from './jsonapi-articles/index.ts';
import { nestShop } from './nest-shop/index.ts';
import { nestedOrders } from './nested-orders.ts';
import { openRecords } from './open-records/index.ts';
import { springClinic } from './spring-clinic/index.ts';

export const plainApis: readonly PlainApi[] = [
  camaraCalls,
  cursorFeed,
  drfTracker,
  fastapiItems,
  formCustomers,
  githubIssues,
  grpcLibrary,
  jsonapiArticles,
  nestShop,
  nestedOrders,
  openRecords,
  springClinic,
];
