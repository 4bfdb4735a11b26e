import type { Api } from '../fault.ts';
import { dig, isObject } from '../json.ts';
import { refusalOf } from './refusal.ts';

const COLLECTION = '/api/v1/voice/calls';
const READS: Record<string, string> = {
  '': 'getCall',
  '/status': 'getCallStatus',
  '/recordings': 'listCallRecordings',
};
const CODES: Record<number, string> = {
  400: 'validation_error',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'idempotency_conflict',
  422: 'caller_id_not_verified',
  500: 'internal_error',
};

/** The `calldesk` API as faults see it. */
export const calldesk: Api = {
  contract: 'calldesk',
  route(method, path) {
    if (path === COLLECTION) return method === 'POST' ? { operation: 'createCall' } : undefined;
    const match = /^\/api\/v1\/voice\/calls\/([^/]+)(\/status|\/recordings)?$/.exec(path);
    const operation = method === 'GET' && match !== null ? READS[match[2] ?? ''] : undefined;
    return operation === undefined ? undefined : { operation, id: match?.[1] };
  },
  ways: { createCall: 'create', getCall: 'read' },
  recordsIn: (operation, body) =>
    operation === 'createCall' || operation === 'getCall' ? [body].filter(isObject) : [],
  listIn: () => undefined,
  idProperty: 'call_id',
  pathOf: (id) => `${COLLECTION}/${id}`,
  fieldsNamedIn: (body) => Object.keys(dig(body, 'error', 'fields') ?? {}),
  refusal: (status, field) =>
    refusalOf(status, {
      error: {
        code: CODES[status] ?? `e${String(status)}`,
        message: 'Refused.',
        ...(field === undefined ? {} : { fields: { [field]: 'is refused' } }),
      },
    }),
  samples: {
    caller_id: '+14155550123',
    destination: '+12125550101',
    record: false,
    voice_changer_uid: null,
    metadata: {},
  },
  credentials: { authorization: 'Bearer calldesk_test' },
};
