import { altering, alteringField, alteringWithMemory } from '../behaviours/altering.ts';
import { changingAnswers } from '../behaviours/answering.ts';
import { isSuccess } from '../behaviours/altering.ts';
import { aliasing } from './aliasing.ts';
import type { Behaviour, JsonObject, Variant } from '../fault.ts';
import { dig, isObject, onText } from '../json.ts';
import { each, everyContract, together } from './row.ts';

const SERVER_INSTANTS = ['created_at', 'updated_at', 'createdAt', 'updatedAt'];
const INSTANTS = [...SERVER_INSTANTS, 'callDelayedUntil'];
const AFTER_UPDATE = [
  'price',
  'duration',
  'call_summary',
  'external_app_url',
  'external_app_name',
  'recording_id',
  'handled_by_staff_uid',
];
const OPTIONAL = [
  'phoneNumberId',
  'fromPhoneNumber',
  'toEmailAddress',
  'telephonyProvider',
  'callDelayedUntil',
  'phoneCallWebhooks',
];

/** What records look like. */
export const records: readonly Variant[] = [
  ...each(
    everyContract,
    'extra-fields',
    'records and envelopes have further fields',
    together(
      altering(({ record }) => Object.assign(record, { extra: { deep: [1, null] }, href: '/x', status_text: null })),
      changingAnswers(
        () => true,
        (answered) =>
          isObject(answered.body)
            ? { ...answered, body: { ...answered.body, meta: { request_id: 'r1', took: 3 } } }
            : answered,
      ),
    ),
  ),
  ...each(
    everyContract,
    'zone-as-zero-offset',
    'instants end in +00:00',
    instants(INSTANTS, (text) => text.replace('Z', '+00:00')),
  ),
  ...each(
    everyContract,
    'zone-of-two-hours',
    'instants are told with the offset +02:00',
    instants(INSTANTS, (text) => new Date(Date.parse(text) + 7_200_000).toISOString().replace('Z', '+02:00')),
  ),
  ...each(
    ['voice-calls', 'aicaller'],
    'seconds-only',
    'the server tells its own instants in whole seconds',
    instants(SERVER_INSTANTS, (text) => text.replace(/\.\d+/, '')),
  ),
  ...each(
    ['voice-calls', 'calldesk'],
    'microseconds',
    'instants have six fractional digits',
    instants(INSTANTS, (text) => text.replace(/(\.\d{3})/, '$1000')),
  ),
  ...each(
    ['calldesk', 'aicaller'],
    'nanoseconds',
    'instants have nine fractional digits',
    instants(INSTANTS, (text) => text.replace(/\.(\d{3})/, '.$1000000')),
  ),
  ...each(
    everyContract,
    'clock-of-another-machine',
    'the server tells its own instants three minutes late by its Date header',
    instants(SERVER_INSTANTS, (text) => new Date(Date.parse(text) - 180_000).toISOString()),
  ),
  ...each(
    everyContract,
    'properties-reversed',
    'properties come in another order',
    altering(({ record }) => {
      reverse(record);
    }),
  ),
  ...each(
    ['voice-calls'],
    'canonical-decimals',
    'rate and price lose their trailing zeros',
    together(decimals('rate'), decimals('price')),
  ),
  ...each(
    ['voice-calls'],
    'padded-decimals',
    'rate and price have six decimals',
    together(alteringField('rate', onText(padded)), alteringField('price', onText(padded))),
  ),
  ...each(
    ['voice-calls'],
    'lean',
    'rate, price, provider, business_uid and recording_id are left out',
    altering(({ record }) => {
      leaveOut(record, ['rate', 'price', 'provider', 'business_uid', 'recording_id']);
    }),
  ),
  ...each(
    ['voice-calls'],
    'nulls-left-out',
    'what an update has not told yet is absent',
    altering(({ record }) => {
      leaveOut(
        record,
        AFTER_UPDATE.filter((name) => record[name] === null),
      );
    }),
  ),
  ...each(
    ['voice-calls'],
    'all-fields',
    'what is not known yet is there as null',
    altering(({ record }) =>
      Object.assign(record, { handled_at: null, deleted_at: null, transcript_status: null, recording: null }),
    ),
  ),
  ...each(
    ['aicaller'],
    'absent-as-null',
    'what was left out reads back null',
    altering(({ record }) =>
      Object.assign(record, Object.fromEntries(OPTIONAL.map((name) => [name, record[name] ?? null]))),
    ),
  ),
  ...each(
    ['calldesk'],
    'metadata-null',
    'metadata is null when none was sent',
    alteringField('metadata', (value) => (isObject(value) && Object.keys(value).length === 0 ? null : value)),
  ),
  ...each(
    ['calldesk'],
    'metadata-absent',
    'metadata is absent when none was sent',
    alteringField('metadata', (value) => (isObject(value) && Object.keys(value).length === 0 ? undefined : value)),
  ),
  ...each(
    ['calldesk'],
    'metadata-reordered',
    'the keys of metadata come in another order',
    alteringField('metadata', (value) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).toReversed()) : value,
    ),
  ),
  ...each(
    ['calldesk'],
    'voice-untold',
    'voice_changer_uid is not told',
    alteringField('voice_changer_uid', () => undefined),
  ),
  ...each(['calldesk', 'aicaller'], 'status-moves-on', 'status moves on with every read', statusMovesOn()),
  ...each(
    ['aicaller'],
    'secret-masked',
    "a webhook's secret is masked",
    secrets(() => '********'),
  ),
  ...each(
    ['aicaller'],
    'secret-kept',
    "a webhook's secret is told",
    secrets((secret) => secret),
  ),
  ...each(
    ['aicaller'],
    'secret-null',
    "a webhook's secret is told as null",
    secrets(() => null),
  ),
  ...each(['aicaller'], 'record-absent', 'record is absent when it was left out', recordAbsent()),
  ...each(
    ['aicaller'],
    'errors-without-payload',
    'a refusal does not name the field',
    changingAnswers(
      ({ status }) => status >= 400,
      (answered) => ({ ...answered, body: { ...(answered.body as object), payload: {} } }),
    ),
  ),
  ...each(
    ['calldesk'],
    'errors-without-fields',
    'a refusal does not name the field',
    changingAnswers(
      // A conflict has to name the original, which is no field of the request.
      (answered) => !isSuccess(answered) && answered.status !== 409,
      ({ status }, _asked, api) => ({ ...api.refusal(status) }),
    ),
    {},
  ),
  ...each(
    ['voice-calls', 'calldesk'],
    'ids-are-digits',
    'ids are digits, and other shapes answer 400',
    aliasing((count) => String(1_000_000 + count), /^\d+$/),
  ),
  ...each(
    ['calldesk', 'aicaller'],
    'ids-are-ulids',
    'ids are ULIDs',
    aliasing((count) => `01JD${count.toString().padStart(22, '0')}`),
  ),
  ...each(
    ['aicaller'],
    'ids-are-uuids',
    'ids are UUIDs, and other shapes answer 400',
    aliasing((count) => `00000000-0000-4000-8000-${count.toString(16).padStart(12, '0')}`, /^[0-9a-f-]{36}$/),
  ),
];

function instants(fields: readonly string[], change: (text: string) => string): Behaviour {
  return altering(({ record }) => {
    for (const field of fields)
      if (typeof record[field] === 'string') record[field] = change(new Date(record[field]).toISOString());
  });
}

function decimals(field: string): Behaviour {
  return alteringField(
    field,
    onText((text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)),
  );
}

function padded(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

function leaveOut(record: JsonObject, names: readonly string[]): void {
  for (const name of names) Reflect.deleteProperty(record, name);
}

function reverse(record: JsonObject): void {
  const entries = Object.entries(record).reverse();
  leaveOut(record, Object.keys(record));
  Object.assign(record, Object.fromEntries(entries));
}

function statusMovesOn(): Behaviour {
  const steps = ['queued', 'ringing', 'inProgress', 'completed'];
  return alteringWithMemory(() => {
    const reads = new Map<string, number>();
    return ({ record, id, way }) => {
      const read = way === 'create' ? 0 : Math.min((reads.get(id) ?? 0) + 1, steps.length - 1);
      reads.set(id, read);
      if (way !== 'create') record['status'] = steps[read];
    };
  });
}

function secrets(tell: (secret: unknown) => unknown): Behaviour {
  return alteringWithMemory(() => {
    const sent = new Map<string, unknown[]>();
    return ({ record, id, way, asked }) => {
      const hooks = dig(asked.body, 'phoneCallWebhooks');
      if (way === 'create' && Array.isArray(hooks))
        sent.set(
          id,
          hooks.map((hook) => dig(hook, 'secret')),
        );
      const shown = record['phoneCallWebhooks'];
      if (!Array.isArray(shown)) return;
      shown.forEach((hook, index) => {
        const secret = sent.get(id)?.[index];
        if (isObject(hook) && secret !== undefined) hook['secret'] = tell(secret);
      });
    };
  });
}

function recordAbsent(): Behaviour {
  return alteringWithMemory(() => {
    const unsaid = new Set<string>();
    return ({ record, id, way, asked }) => {
      if (way === 'create' && dig(asked.body, 'record') === undefined) unsaid.add(id);
      if (unsaid.has(id)) leaveOut(record, ['record']);
    };
  });
}
