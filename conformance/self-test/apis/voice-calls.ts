import type { Api } from '../fault.ts';
import { arrayOr, dig, isObject } from '../json.ts';
import { refusalOf } from './refusal.ts';

const COLLECTION = '/v3/communication/voice_calls';
const COLLECTION_OPERATIONS: Record<string, string> = { GET: 'listVoiceCalls', POST: 'createVoiceCall' };
const ITEM_OPERATIONS: Record<string, string> = { GET: 'getVoiceCall', PUT: 'updateVoiceCall' };

/** The `voice-calls` API as faults see it. */
export const voiceCalls: Api = {
  contract: 'voice-calls',
  route(method, path) {
    const id = /^\/v3\/communication\/voice_calls\/([^/]+)$/.exec(path)?.[1];
    const operation =
      path === COLLECTION ? COLLECTION_OPERATIONS[method] : id === undefined ? undefined : ITEM_OPERATIONS[method];
    return operation === undefined ? undefined : { operation, id };
  },
  ways: { createVoiceCall: 'create', getVoiceCall: 'read', listVoiceCalls: 'list', updateVoiceCall: 'update' },
  recordsIn(operation, body) {
    const data = operation === 'listVoiceCalls' ? dig(body, 'data', 'voice_calls') : dig(body, 'data');
    return [data].flat().filter(isObject);
  },
  listIn: (body) => arrayOr(dig(body, 'data', 'voice_calls')),
  idProperty: 'uid',
  pathOf: (id) => `${COLLECTION}/${id}`,
  fieldsNamedIn: (body) =>
    [dig(body, 'errors')].flat().flatMap((error) => [dig(error, 'field')].filter((field) => typeof field === 'string')),
  refusal: (status, field) =>
    refusalOf(status, {
      success: false,
      errors: [{ code: `e${String(status)}`, message: 'Refused.', ...(field === undefined ? {} : { field }) }],
    }),
  samples: {
    staff_uid: 'staff_1',
    client_uid: 'client_1',
    business_uid: 'business_1',
    from_number: '+12125550100',
    to_number: '+12125550101',
    direction: 'INBOUND',
    status: 'MISSED',
    rate: '0.01',
    price: '0.02',
    provider: 'VONAGE',
    source_id: 'sample-source',
    external_uuid: 'sample-uuid',
    duration: 1,
    call_summary: 'sample',
    external_app_url: 'https://sample.example/',
    external_app_name: 'sample',
    recording_id: 'sample',
    handled_by_staff_uid: 'staff_1',
  },
  credentials: { authorization: 'Bearer staff-token' },
};
