/** In the manner of CAMARA and Twilio. */
import type { PlainApi } from '../api.ts';
import { without } from '../behaviours.ts';
import { commonFaults, commonVariants } from '../common/index.ts';
import type { Shape } from '../common/shape.ts';
import { call, document } from './document.ts';
import { ACCOUNT, errorInfo, serve } from './server.ts';

const name = 'camara-calls';
const device = { networkAccessIdentifier: 'door@example.com' };

const shape: Shape = {
  api: name,
  create: { at: 'POST /calls', operation: 'createCall' },
  read: { at: 'GET /calls/*', operation: 'getCall' },
  list: { at: 'GET /calls', operation: 'getCalls' },
  update: { at: 'PATCH /calls/*', operation: 'patchCall' },
  remove: { at: 'DELETE /calls/*', operation: 'deleteCall' },
  whole: true,
  id: 'callId',
  names: Object.keys(call),
  samples: { caller: device, callee: device, subject: 'Parcel', maxDuration: 60, media: 'AUDIO' },
  text: { name: 'subject' },
  length: { name: 'subject', wrong: (value) => String(value).length > 200 },
  optional: { name: 'note' },
  number: { name: 'maxDuration', wrong: (value) => Number(value) > 86_400 },
  choice: { name: 'media', wrong: (value) => !['AUDIO', 'VIDEO'].includes(String(value)) },
  flag: { name: 'recordingEnabled' },
  several: { name: 'labels' },
  object: { name: 'caller', part: 'phoneNumber' },
  instant: { name: 'notBefore' },
  blank: { note: '', labels: [] },
  refusal: (status, property) => errorInfo(status, `${property ?? 'it'}: not possible`),
  wishes: ['404', '405', '409', '415', 'header parameter'],
};

export const camaraCalls: PlainApi = {
  name,
  document,
  serve,
  fixtures: { AccountSid: ACCOUNT },
  faults: [
    ...commonFaults(shape),
    {
      id: `${name}/no-correlator`,
      title: 'a documented header is missing in every answer',
      level: 'MUST',
      rules: ['response-headers'],
      names: ['x-correlator'],
      behaviour: () => (request, next) => {
        const answer = next(request);
        return { ...answer, headers: without({ ...answer.headers }, 'x-correlator') as Record<string, string> };
      },
    },
  ],
  variants: commonVariants(shape),
};
