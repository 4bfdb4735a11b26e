import { accepting } from '../../behaviours/accepting.ts';
import { altering, alteringField, alteringWithMemory, stuck, swapped } from '../../behaviours/altering.ts';
import { answeringOlder, makingTwo } from '../../behaviours/racing.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { become, onText } from '../../json.ts';

const { must, should } = rowsOf('voice-calls');

const text = (field: string, change: (value: string) => unknown): Behaviour => alteringField(field, onText(change));

/** Fields other than `external_uuid` that do not come back as they were written. */
export const fields: readonly Fault[] = [
  ...(['external_uuid', 'source_id'] as const).map((field) =>
    must(
      `create-answers-older-${field.replace('_', '-')}`,
      `a create with the ${field} of an earlier call answers 201 and that call`,
      { operation: 'createVoiceCall', rules: ['equal-values'] },
      answeringOlder('createVoiceCall', field),
    ),
  ),
  must(
    'create-makes-two',
    'a create makes two calls',
    { operation: 'createVoiceCall', rules: ['single-record'] },
    makingTwo('createVoiceCall'),
  ),
  should(
    'created-at-year-one',
    'created_at is the first of January of the year 1',
    { field: 'created_at', rules: ['server-time'] },
    alteringField('created_at', () => '0001-01-01T00:00:00Z'),
  ),
  should(
    'created-at-five-hours-off',
    'created_at is local time that says it is UTC',
    { field: 'created_at', rules: ['server-time'] },
    alteringField(
      'created_at',
      onText((value) => new Date(Date.parse(value) - 5 * 3_600_000).toISOString()),
    ),
  ),
  must(
    'empty-texts-left-out',
    'an empty text is taken and left out of every answer',
    { field: ['call_summary', 'external_app_name'], rules: ['accepts-value'] },
    altering(({ record }) => {
      for (const name of Object.keys(record)) if (record[name] === '') Reflect.deleteProperty(record, name);
    }),
  ),
  must(
    'empty-texts-as-null',
    'an empty text is taken and stored as null',
    { field: ['call_summary', 'external_app_name'], rules: ['accepts-value'] },
    altering(({ record }) => {
      for (const name of Object.keys(record)) if (record[name] === '') record[name] = null;
    }),
  ),
  must(
    'empty-app-url-as-null',
    'an empty external_app_url is taken and stored as null',
    { field: 'external_app_url', rules: ['accepts-value'] },
    accepting({
      operations: ['updateVoiceCall'],
      field: 'external_app_url',
      when: (value) => value === '',
      show: (record) => {
        record['external_app_url'] = null;
      },
    }),
  ),
  must(
    'source-id-missing',
    'source_id is missing everywhere',
    { field: 'source_id' },
    alteringField('source_id', () => undefined),
  ),
  must(
    'source-id-echoed-only',
    'source_id is echoed by POST and reads back null',
    { field: 'source_id' },
    alteringField('source_id', () => null, ['read', 'list']),
  ),
  must(
    'source-id-lower-cased',
    'source_id is lower-cased',
    { field: 'source_id' },
    text('source_id', (value) => value.toLowerCase()),
  ),
  must(
    'source-id-trimmed',
    'outer spaces of source_id are lost',
    { field: 'source_id' },
    text('source_id', (value) => value.trim()),
  ),
  must(
    'source-id-cut-to-64',
    'source_id is cut to 64 characters',
    { field: 'source_id' },
    text('source_id', (value) => value.slice(0, 64)),
  ),
  must(
    'source-id-number',
    'a source_id of digits becomes a number',
    { field: 'source_id' },
    text('source_id', (value) => (/^\d+$/.test(value) ? Number(value) : value)),
  ),
  must(
    'source-id-composed',
    'source_id is normalised to NFC',
    { field: 'source_id' },
    text('source_id', (value) => value.normalize()),
  ),
  must(
    'source-id-swapped',
    'GET and list show the source_id of the call before',
    { field: 'source_id' },
    swapped('source_id', ['read', 'list']),
  ),
  must(
    'source-id-not-updated',
    'source_id is kept on create and not on update',
    { field: 'source_id' },
    stuck('source_id'),
  ),
  must(
    'from-number-without-plus',
    'from_number loses its plus sign',
    { field: 'from_number' },
    text('from_number', (value) => value.replace('+', '')),
  ),
  must(
    'to-number-without-plus',
    'to_number loses its plus sign in the list',
    { field: 'to_number' },
    alteringField(
      'to_number',
      onText((value) => value.replace('+', '')),
      ['list'],
    ),
  ),
  must(
    'to-number-is-from-number',
    'to_number reads back as from_number',
    { field: 'to_number' },
    alteringField('to_number', (_value, record) => record['from_number']),
  ),
  must(
    'from-number-as-number',
    'from_number reads back as a number',
    { field: 'from_number' },
    text('from_number', Number),
  ),
  must(
    'from-number-cut',
    'from_number keeps its first 12 signs',
    { field: 'from_number' },
    text('from_number', (value) => value.slice(0, 12)),
  ),
  must(
    'direction-lower-cased',
    'direction is lower-cased',
    { field: 'direction' },
    text('direction', (value) => value.toLowerCase()),
  ),
  must(
    'direction-always-inbound',
    'direction is INBOUND whatever was sent',
    { field: 'direction' },
    alteringField('direction', () => 'INBOUND'),
  ),
  must('status-stuck', 'status stays as it was at the creation', { field: 'status' }, stuck('status')),
  must(
    'status-handled-lost',
    'MISSED_CALL_HANDLED reads back as MISSED',
    { field: 'status' },
    text('status', (value) => (value === 'MISSED_CALL_HANDLED' ? 'MISSED' : value)),
  ),
  must(
    'status-renamed',
    'VOICEMAIL_RECEIVED reads back as VOICEMAIL',
    { field: 'status' },
    text('status', (value) => value.replace('_RECEIVED', '')),
  ),
  must(
    'client-uid-missing',
    'client_uid is missing in the list',
    { field: 'client_uid', operation: 'listVoiceCalls' },
    alteringField('client_uid', () => undefined, ['list']),
  ),
  must(
    'staff-uid-null',
    'GET shows staff_uid as null',
    { field: 'staff_uid' },
    alteringField('staff_uid', () => null, ['read']),
  ),
  must(
    'client-uid-is-staff-uid',
    'client_uid reads back as staff_uid',
    { field: 'client_uid' },
    alteringField('client_uid', (_value, record) => record['staff_uid']),
  ),
  must(
    'rate-rounded',
    'rate is rounded to one decimal',
    { field: 'rate' },
    text('rate', (value) => Number(value).toFixed(1)),
  ),
  must(
    'rate-as-cents',
    'rate reads back in hundredths',
    { field: 'rate' },
    text('rate', (value) => String(Number(value) * 100)),
  ),
  must(
    'price-is-rate',
    'price reads back as rate',
    { field: 'price' },
    alteringField('price', (value, record) => (value === null ? null : record['rate'])),
  ),
  must(
    'recording-id-prefixed',
    'recording_id gains a prefix',
    { field: 'recording_id' },
    text('recording_id', (value) => `rec:${value}`),
  ),
  should(
    'rate-missing',
    'rate is in no response',
    { field: 'rate' },
    alteringField('rate', () => undefined),
  ),
  must(
    'duration-as-text',
    'duration reads back as a text',
    { field: 'duration' },
    alteringField('duration', (value) => (typeof value === 'number' ? String(value) : value)),
  ),
  must(
    'duration-in-minutes',
    'duration reads back in minutes',
    { field: 'duration' },
    alteringField('duration', (value) => (typeof value === 'number' ? value / 60 : value)),
  ),
  must(
    'duration-lost',
    'GET shows duration as null after an update',
    { field: 'duration' },
    alteringField('duration', () => null, ['read', 'list']),
  ),
  must(
    'call-summary-lost',
    'call_summary is never stored',
    { field: 'call_summary' },
    alteringField('call_summary', () => null),
  ),
  must(
    'call-summary-cut',
    'call_summary keeps its first 10 characters',
    { field: 'call_summary' },
    text('call_summary', (value) => value.slice(0, 10)),
  ),
  must(
    'call-summary-altered',
    'call_summary ends with a full stop that nobody sent',
    { field: 'call_summary' },
    text('call_summary', (value) => `${value}.`),
  ),
  must(
    'app-url-lost',
    'external_app_url is missing after an update',
    { field: 'external_app_url' },
    alteringField('external_app_url', () => undefined),
  ),
  must(
    'app-url-slash',
    'external_app_url gains a slash',
    { field: 'external_app_url' },
    text('external_app_url', (value) => `${value}/`),
  ),
  must(
    'app-name-upper-cased',
    'external_app_name is upper-cased',
    { field: 'external_app_name' },
    text('external_app_name', (value) => value.toUpperCase()),
  ),
  must(
    'app-name-is-app-url',
    'external_app_name reads back as external_app_url',
    { field: 'external_app_name' },
    alteringField('external_app_name', (_value, record) => record['external_app_url']),
  ),
  must(
    'handled-by-lost',
    'handled_by_staff_uid is never stored',
    { field: 'handled_by_staff_uid' },
    alteringField('handled_by_staff_uid', () => null),
  ),
  must(
    'handled-by-lost-in-list',
    'the list leaves handled_by_staff_uid out',
    { field: 'handled_by_staff_uid' },
    alteringField('handled_by_staff_uid', () => undefined, ['list']),
  ),
  must(
    'provider-lower-cased',
    'provider is lower-cased',
    { field: 'provider' },
    text('provider', (value) => value.toLowerCase()),
  ),
  must(
    'business-uid-wrong',
    'business_uid reads back as another one',
    { field: 'business_uid' },
    text('business_uid', (value) => `${value}0`),
  ),
  must(
    'list-item-stale',
    'the list shows a call as it was before its update',
    { operation: ['listVoiceCalls', 'updateVoiceCall'] },
    stale(['list']),
  ),
  must(
    'update-not-stored',
    'an update answers what was sent, and GET and list show the call as it was',
    { operation: ['updateVoiceCall', 'getVoiceCall', 'listVoiceCalls'] },
    stale(['read', 'list']),
  ),
  must(
    'update-ignored',
    'an update answers 200 and does nothing',
    { operation: ['updateVoiceCall', 'getVoiceCall', 'listVoiceCalls'] },
    stale(['update', 'read', 'list']),
  ),
  must(
    'uid-differs-in-list',
    'the list shows calls under another uid',
    { operation: 'listVoiceCalls', field: 'uid' },
    altering(({ record, id }) => (record['uid'] = `x${id}`), ['list']),
  ),
];

/** Shows a call as it was when it was made. */
function stale(ways: readonly string[]): Behaviour {
  return alteringWithMemory(() => {
    const first = new Map<string, Record<string, unknown>>();
    return ({ record, id, way }) => {
      const before = first.get(id);
      if (way === 'create') first.set(id, structuredClone(record));
      else if (before !== undefined && ways.includes(way)) become(record, before);
    };
  });
}
