/** The documents of the bench; a new one is a file of its own and a line here. */
import type { PlainApi } from './api.ts';
import { cursorFeed } from './cursor-feed/index.ts';
import { fastapiItems } from './fastapi-items.ts';
import { formCustomers } from './form-customers.ts';
import { nestedOrders } from './nested-orders.ts';
import { openRecords } from './open-records/index.ts';
import { springClinic } from './spring-clinic.ts';

export const plainApis: readonly PlainApi[] = [
  fastapiItems,
  springClinic,
  formCustomers,
  cursorFeed,
  openRecords,
  nestedOrders,
];
