import { alteringWithMemory, isSuccess, recordsSeen, stuck } from '../../behaviours/altering.ts';
import { answering } from '../../behaviours/answering.ts';
import { forging } from '../../behaviours/forging.ts';
import { leaking } from '../../behaviours/leaking.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must, should } = rowsOf('voice-calls');
const operation = 'updateVoiceCall';

/** What an update does to what it does not name, and to other calls. */
export const update: readonly Fault[] = [
  must(
    'update-resets-business',
    'an update changes business_uid',
    { operation, field: 'business_uid' },
    afterUpdate('business_uid', () => 'business_reset'),
  ),
  must(
    'update-resets-created-at',
    'an update sets created_at anew',
    { operation, field: 'created_at' },
    afterUpdate('created_at', (record) => record['updated_at']),
  ),
  must(
    'update-turns-updated-at-back',
    'updated_at goes back with an update',
    { operation, field: 'updated_at' },
    afterUpdate('updated_at', () => '2001-01-01T00:00:00.000Z'),
  ),
  should(
    'update-leaves-updated-at',
    'updated_at does not move on with an update',
    { operation, field: 'updated_at' },
    stuck('updated_at'),
  ),
  must(
    'update-by-external-uuid',
    'an update writes to every call with its external_uuid',
    { operation, rules: ['equal-values'] },
    writingByValue('external_uuid'),
  ),
  must('update-creates', 'an update of an unknown uid creates a call', { operation }, upsert()),
  must(
    'update-creates-behind-404',
    'an update of an unknown uid answers 404 and stores a call under it',
    { operation, rules: ['update-unknown'] },
    upsertBehindRefusal(),
  ),
  must('update-unknown-answers-200', 'an update of an unknown uid answers 200', { operation }, pretend()),
  must(
    'update-changes-others',
    'an update writes its call_summary into every other call',
    { operation, field: 'call_summary' },
    spill(),
  ),
  must(
    'refused-update-partly-applied',
    'a refused update is applied in its right fields',
    { operation },
    leaking(operation, [400], async (api, asked, next) => {
      const found = await next({
        ...asked,
        method: 'GET',
        headers: { ...asked.headers, ...api.credentials },
        body: undefined,
        raw: undefined,
      });
      const record = dig(found.body, 'data');
      return isObject(record) ? Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null)) : {};
    }),
  ),
  must(
    'refused-update-moves-updated-at',
    'an update that is refused moves updated_at on',
    { operation, field: 'updated_at', rules: ['refused-leaves-no-trace'] },
    touchedByRefusal(),
  ),
  must(
    'update-wants-handled-by',
    'an update without handled_by_staff_uid is refused',
    { operation, rules: ['accepts'] },
    answering(
      (asked) =>
        asked.operation === operation && isObject(asked.body) && asked.body['handled_by_staff_uid'] === undefined,
      (_asked, api) => api.refusal(400, 'handled_by_staff_uid'),
    ),
  ),
  must(
    'unauthorized-update-applied',
    'an update without a token answers 401 and is applied',
    { operation },
    leaking(operation, [401]),
  ),
  must(
    'forbidden-update-applied',
    'an update with a role that may not answers 403 and is applied',
    { operation },
    leaking(operation, [403]),
  ),
  must(
    'business-forged-by-update',
    'an update applies a business_uid that it may not name',
    { operation, field: 'business_uid' },
    forging(operation, 'business_uid'),
  ),
  must(
    'created-at-forged-by-update',
    'an update applies a created_at of the client',
    { operation, field: 'created_at' },
    forging(operation, 'created_at'),
  ),
  must(
    'uid-forged-by-update',
    'an update applies a uid of the client',
    { operation, field: 'uid' },
    forging(operation, 'uid'),
  ),
];

function afterUpdate(field: string, value: (record: Record<string, unknown>) => unknown): Behaviour {
  return alteringWithMemory(() => {
    const values = new Map<string, unknown>();
    return ({ record, id, way }) => {
      if (way === 'update') values.set(id, value(record));
      if (values.has(id)) record[field] = values.get(id);
    };
  });
}

function upsert(): Behaviour {
  return (api) => async (asked, next) => {
    const answered = await next(asked);
    if (asked.operation !== operation || answered.status !== 404 || !isObject(asked.body)) return answered;
    const body = { ...asked.body, business_uid: api.samples['business_uid'] };
    const path = asked.path.slice(0, asked.path.lastIndexOf('/'));
    const created = await next({ ...asked, method: 'POST', path, id: undefined, body, raw: undefined });
    return created.status === 201 ? { ...created, status: 200 } : answered;
  };
}

function touchedByRefusal(): Behaviour {
  return (api) => {
    const touched = new Set<string>();
    return async (asked, next) => {
      const answered = await next(asked);
      if (asked.operation === operation && asked.id !== undefined)
        if (answered.status === 400) touched.add(asked.id);
        else if (isSuccess(answered)) touched.delete(asked.id);
      for (const { record, id } of recordsSeen(api, asked, answered))
        if (touched.has(id))
          record['updated_at'] = new Date(Date.parse(String(record['created_at'])) + 60_000).toISOString();
      return answered;
    };
  };
}

function upsertBehindRefusal(): Behaviour {
  return () => {
    const stored = new Map<string, object>();
    return async (asked, next) => {
      const answered = await next(asked);
      if (asked.id === undefined || answered.status !== 404) return answered;
      if (asked.operation === operation && isObject(asked.body)) {
        const now = new Date().toISOString();
        stored.set(asked.id, { ...asked.body, uid: asked.id, created_at: now, updated_at: now });
      }
      const data = asked.operation === 'getVoiceCall' ? stored.get(asked.id) : undefined;
      return data === undefined ? answered : { ...answered, status: 200, body: { success: true, data } };
    };
  };
}

function pretend(): Behaviour {
  return () => async (asked, next) => {
    const answered = await next(asked);
    if (asked.operation !== operation || answered.status !== 404 || !isObject(asked.body)) return answered;
    const now = new Date().toISOString();
    return {
      ...answered,
      status: 200,
      body: { success: true, data: { ...asked.body, uid: asked.id, created_at: now, updated_at: now } },
    };
  };
}

/** As `UPDATE … WHERE field = ?` does. */
function writingByValue(field: string): Behaviour {
  return (api) => {
    const valueOf = new Map<string, unknown>();
    const written = new Map<string, unknown>();
    return async (asked, next) => {
      const answered = await next(asked);
      for (const { record, id, way } of recordsSeen(api, asked, answered)) {
        valueOf.set(id, record[field]);
        if (way === 'update') {
          written.delete(id);
          for (const [other, value] of valueOf)
            if (other !== id && value === record[field]) written.set(other, record['status']);
        }
        if (written.has(id)) record['status'] = written.get(id);
      }
      return answered;
    };
  };
}

function spill(): Behaviour {
  return (api) => {
    const known = new Set<string>();
    const spilled = new Map<string, unknown>();
    return async (asked, next) => {
      const answered = await next(asked);
      for (const { record, id, way } of recordsSeen(api, asked, answered)) {
        known.add(id);
        if (way === 'update') {
          spilled.delete(id);
          for (const other of known) if (other !== id) spilled.set(other, record['call_summary']);
        }
        if (spilled.has(id)) record['call_summary'] = spilled.get(id);
      }
      return answered;
    };
  };
}
