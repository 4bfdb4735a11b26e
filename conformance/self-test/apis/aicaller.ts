import type { Api } from '../fault.ts';
import { arrayOr, dig, isObject } from '../json.ts';
import { refusalOf } from './refusal.ts';

const COLLECTION = '/v1/phoneCalls';
const COLLECTION_OPERATIONS: Record<string, string> = { GET: 'listPhoneCalls', POST: 'createPhoneCall' };

/** The `aicaller` API as faults see it. */
export const aicaller: Api = {
  contract: 'aicaller',
  route(method, path) {
    const id = /^\/v1\/phoneCalls\/([^/]+)$/.exec(path)?.[1];
    const operation =
      path === COLLECTION
        ? COLLECTION_OPERATIONS[method]
        : id !== undefined && method === 'GET'
          ? 'getPhoneCall'
          : undefined;
    return operation === undefined ? undefined : { operation, id };
  },
  ways: { createPhoneCall: 'create', getPhoneCall: 'read', listPhoneCalls: 'list' },
  recordsIn: (_operation, body) => [dig(body, 'data')].flat().filter(isObject),
  listIn: (body) => arrayOr(dig(body, 'data')),
  idProperty: '_id',
  pathOf: (id) => `${COLLECTION}/${id}`,
  fieldsNamedIn: (body) => [dig(body, 'payload', 'fields')].flat().filter((field) => typeof field === 'string'),
  refusal: (status, field) =>
    refusalOf(status, {
      error: { statusCode: status, message: [`${field ?? 'request'}: refused`], error: 'Refused' },
      payload: field === undefined ? {} : { fields: [field] },
    }),
  samples: {
    teamId: '64b7f0a1c2d3e4f5a6b7c8d1',
    callTemplateId: '64b7f0a1c2d3e4f5a6b7c8d2',
    nameOfHuman: 'Sample',
    toPhoneNumber: '+12125550101',
    promptVariableValues: [],
    phoneNumberId: '64b7f0a1c2d3e4f5a6b7c8d4',
    fromPhoneNumber: '+12125550100',
    toEmailAddress: 'sample@mail.example',
    status: 'queued',
    telephonyProvider: 'twilio',
    record: false,
    callDelayedUntil: '2030-01-01T00:00:00Z',
    phoneCallWebhooks: [],
  },
  credentials: { 'aicaller-api-key': 'test-key' },
};
