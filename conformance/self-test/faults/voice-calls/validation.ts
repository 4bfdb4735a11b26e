import { accepting, inOtherCase, isA, matches } from '../../behaviours/accepting.ts';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig } from '../../json.ts';

const { must, should } = rowsOf('voice-calls');
const POST = 'createVoiceCall';
const PUT = 'updateVoiceCall';

type When = (value: unknown) => boolean;

const row =
  (level: 'must' | 'should') =>
  (name: string, operation: string, field: string, what: string, when: When): Fault =>
    (level === 'must' ? must : should)(
      name,
      `${operation} takes ${what} as ${field}`,
      { operation, field },
      accepting({ operations: [operation], field, when }),
    );
const takes = row('must');
const mildlyTakes = row('should');

const refuses = (
  name: string,
  field: string,
  value: unknown,
  operation: string | readonly string[] = [POST, PUT],
): Fault =>
  must(
    name,
    `${JSON.stringify(value)} is refused as ${field}`,
    { operation, field },
    refusing(field, value, [operation].flat()),
  );

/** Wrong values that are taken, and right ones that are refused. */
export const validation: readonly Fault[] = [
  takes('create-takes-padded-direction', POST, 'direction', 'a padded value', matches(/^(?:IN|OUT)BOUND $/)),
  takes('create-takes-from-number-with-line-break', POST, 'from_number', 'a line break', matches(/^\+\d+\n$/)),
  takes('create-takes-no-external-uuid', POST, 'external_uuid', 'nothing', isA('missing')),
  takes('create-takes-no-source-id', POST, 'source_id', 'nothing', isA('missing')),
  takes('create-takes-no-business-uid', POST, 'business_uid', 'nothing', isA('missing')),
  takes('create-takes-no-staff-uid', POST, 'staff_uid', 'nothing', isA('missing')),
  takes('create-takes-no-rate', POST, 'rate', 'nothing', isA('missing')),
  takes('create-takes-no-provider', POST, 'provider', 'nothing', isA('missing')),
  takes('create-takes-null-external-uuid', POST, 'external_uuid', 'null', isA('null')),
  takes('create-takes-null-direction', POST, 'direction', 'null', isA('null')),
  takes('create-takes-null-client-uid', POST, 'client_uid', 'null', isA('null')),
  takes('create-takes-null-to-number', POST, 'to_number', 'null', isA('null')),
  takes('create-takes-number-external-uuid', POST, 'external_uuid', 'a number', isA('number')),
  takes('create-takes-number-rate', POST, 'rate', 'a number', isA('number')),
  takes('create-takes-number-source-id', POST, 'source_id', 'a number', isA('number')),
  takes(
    'create-takes-object-status',
    POST,
    'status',
    'an object',
    (value) => isA('object')(value) || isA('array')(value) || isA('number')(value) || isA('boolean')(value),
  ),
  takes(
    'create-takes-lower-case-direction',
    POST,
    'direction',
    'an enum value in another case',
    inOtherCase('INBOUND', 'OUTBOUND'),
  ),
  takes('create-takes-lower-case-provider', POST, 'provider', 'an enum value in another case', inOtherCase('VONAGE')),
  takes('create-takes-any-status', POST, 'status', 'any text', isA('string')),
  takes('create-takes-any-direction', POST, 'direction', 'any text', isA('string')),
  takes('create-takes-any-provider', POST, 'provider', 'any text', isA('string')),
  takes(
    'create-takes-number-without-plus',
    POST,
    'from_number',
    'digits without a plus sign',
    matches(/^[1-9]\d{1,14}$/),
  ),
  takes('create-takes-long-number', POST, 'to_number', '16 digits', matches(/^\+\d{16,}$/)),
  takes('create-takes-zero-country', POST, 'to_number', 'a country code that begins with 0', matches(/^\+0\d*$/)),
  takes('create-takes-letters-in-number', POST, 'from_number', 'letters and signs', matches(/[^+\d]/)),
  takes('create-takes-empty-direction', POST, 'direction', 'an empty text', (value) => value === ''),
  mildlyTakes('create-takes-any-rate', POST, 'rate', 'a text that is no decimal', isA('string')),
  mildlyTakes(
    'create-takes-long-external-uuid',
    POST,
    'external_uuid',
    '256 characters',
    (value) => typeof value === 'string' && Array.from(value).length > 255,
  ),
  takes('update-takes-no-external-uuid', PUT, 'external_uuid', 'nothing', isA('missing')),
  takes('update-takes-no-duration', PUT, 'duration', 'nothing', isA('missing')),
  takes('update-takes-no-price', PUT, 'price', 'nothing', isA('missing')),
  takes('update-takes-no-recording-id', PUT, 'recording_id', 'nothing', isA('missing')),
  takes('update-takes-text-duration', PUT, 'duration', 'a text', isA('string')),
  takes('update-takes-number-price', PUT, 'price', 'a number', isA('number')),
  takes('update-takes-null-call-summary', PUT, 'call_summary', 'null', isA('null')),
  takes('update-takes-null-app-name', PUT, 'external_app_name', 'null', isA('null')),
  takes(
    'update-takes-lower-case-status',
    PUT,
    'status',
    'an enum value in another case',
    (value) => typeof value === 'string' && /[a-z]/.test(value),
  ),
  takes(
    'update-takes-number-without-plus',
    PUT,
    'from_number',
    'digits without a plus sign',
    matches(/^[1-9]\d{1,14}$/),
  ),
  takes('update-takes-number-handled-by', PUT, 'handled_by_staff_uid', 'a number', isA('number')),
  refuses('refuses-outbound', 'direction', 'OUTBOUND'),
  refuses('refuses-voicemail', 'status', 'VOICEMAIL_RECEIVED'),
  refuses('refuses-provider-status', 'status', 'ANSWERED_BY_CALLS_PROVIDER', POST),
  refuses('refuses-free-rate', 'rate', '0', POST),
  must(
    'refuses-long-numbers',
    'a number of 15 digits is refused',
    { operation: [POST, PUT], field: ['from_number', 'to_number'] },
    answering(
      ({ body }) => [dig(body, 'from_number'), dig(body, 'to_number')].some(matches(/^\+\d{15}$/)),
      (_asked, api) => api.refusal(400, 'to_number'),
    ),
  ),
  must(
    'refuses-long-external-uuid',
    'an external_uuid of more than 100 characters is refused',
    { operation: [POST, PUT], field: 'external_uuid' },
    answering(
      ({ body }) => isLong(dig(body, 'external_uuid')),
      (_asked, api) => api.refusal(400, 'external_uuid'),
    ),
  ),
];

function refusing(field: string, value: unknown, operations: readonly string[]): Behaviour {
  return answering(
    ({ operation, body }) => operations.includes(operation ?? '') && dig(body, field) === value,
    (_asked, api) => api.refusal(400, field),
  );
}

function isLong(value: unknown): boolean {
  return typeof value === 'string' && value.length > 100;
}
