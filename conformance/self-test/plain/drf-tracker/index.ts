/** In the manner of Django REST framework with drf-spectacular. */
import type { PlainApi } from '../api.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { detail, serve } from './server.ts';
import { document, issueNames, statuses } from './document.ts';

const name = 'drf-tracker';

const shape: Shape = {
  api: name,
  create: { at: 'POST /api/issues/', operation: 'issues_create' },
  read: { at: 'GET /api/issues/*/', operation: 'issues_retrieve' },
  list: { at: 'GET /api/issues/', operation: 'issues_list' },
  update: { at: 'PATCH /api/issues/*/', operation: 'issues_partial_update' },
  remove: { at: 'DELETE /api/issues/*/', operation: 'issues_destroy' },
  listed: ['results'],
  id: 'id',
  names: issueNames,
  samples: { project: 1, title: 'Door', status: 'open', estimate: 3 },
  text: { name: 'title' },
  optional: { name: 'description' },
  number: { name: 'estimate', wrong: (value) => Number(value) > 1000 },
  choice: { name: 'status', wrong: (value) => !statuses.includes(String(value)) },
  flag: { name: 'blocked' },
  several: { name: 'labels' },
  blank: { description: '', labels: [], blocked: false },
  refusal: (status, property) =>
    status === 400 || status === 422
      ? { status, json: { [property ?? '']: ['Not allowed.'] } }
      : detail(status, 'Not possible.'),
  wishes: ['400', '404', '405', '409', '415', 'query parameter'],
};

export const drfTracker: PlainApi = {
  name,
  document,
  serve,
  faults: commonFaults(shape),
  variants: commonVariants(shape),
};
