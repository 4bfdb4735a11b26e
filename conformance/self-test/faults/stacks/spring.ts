import { alteringField } from '../../behaviours/altering.ts';
import { answering } from '../../behaviours/answering.ts';
import { limiting } from '../../behaviours/limiting.ts';
import { coercing, readingAs } from '../../behaviours/reading.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault } from '../../fault.ts';
import { onText } from '../../json.ts';

const voiceCalls = rowsOf('voice-calls');
const calldesk = rowsOf('calldesk');
const aicaller = rowsOf('aicaller');
const WRITES = ['createVoiceCall', 'updateVoiceCall'];

const DIRECTIONS = ['INBOUND', 'OUTBOUND'];
const STATUSES = [
  'INCOMING_CALL',
  'ANSWERED_BY_STAFF',
  'MISSED',
  'ANSWERED_BY_CALLS_PROVIDER',
  'MISSED_CALL_HANDLED',
  'VOICEMAIL_RECEIVED',
];
const PROVIDERS = ['twilio', 'plivo', 'telnyx'];

const ordinal = (names: readonly string[]) => (value: unknown) =>
  typeof value === 'number' ? (names[value] ?? value) : value;
const ordinalText = (names: readonly string[]) =>
  onText((text) => (/^\d$/.test(text) ? (names[Number(text)] ?? text) : text));
const trimmed = (names: readonly string[]) => onText((text) => (names.includes(text.trim()) ? text.trim() : text));

/** Spring Boot with Jackson as they come: ordinals, coerced scalars, padded values, local times, lengths in UTF-16, MySQL's utf8mb3. */
export const spring: readonly Fault[] = [
  voiceCalls.must(
    'spring-ordinals',
    'direction is taken as its place in the list',
    { field: 'direction', rules: ['enum-refused'] },
    readingAs(['direction'], ordinal(DIRECTIONS)),
  ),
  voiceCalls.must(
    'spring-ordinal-texts',
    'status is taken as the text of its place in the list',
    { field: 'status', rules: ['enum-refused'] },
    readingAs(['status'], ordinalText(STATUSES)),
  ),
  voiceCalls.must(
    'spring-ordinal-of-one',
    'provider is taken as 0, the only place in its list',
    { field: 'provider', rules: ['enum-refused'] },
    readingAs(['provider'], ordinal(['VONAGE'])),
  ),
  voiceCalls.must(
    'spring-trims-enums',
    'status is taken with spaces before it',
    { field: 'status', rules: ['enum-refused'] },
    readingAs(
      ['status'],
      onText((text) => (STATUSES.includes(text.trimStart()) ? text.trimStart() : text)),
    ),
  ),
  aicaller.must(
    'spring-ordinals',
    'telephonyProvider is taken as its place in the list, and with spaces around it',
    { field: 'telephonyProvider', rules: ['enum-refused'] },
    readingAs(['telephonyProvider'], (value) => trimmed(PROVIDERS)(ordinal(PROVIDERS)(value))),
  ),
  voiceCalls.must(
    'spring-texts-from-scalars',
    'numbers and booleans become texts',
    { field: ['source_id', 'external_uuid', 'rate'], rules: ['wrong-type'] },
    coercing({ string: (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value) }),
  ),
  calldesk.must(
    'spring-boolean-from-text',
    'record is taken as the text true',
    { field: 'record', rules: ['wrong-type'] },
    coercing({ boolean: (value) => (value === 'true' ? true : value) }),
  ),
  aicaller.must(
    'spring-local-time',
    'callDelayedUntil loses its zone',
    { field: 'callDelayedUntil', rules: ['round-trip', 'response-body'] },
    alteringField(
      'callDelayedUntil',
      onText((text) => text.replace(/Z$/, '')),
    ),
  ),
  aicaller.must(
    'spring-date-only',
    'callDelayedUntil is kept as a date',
    { field: 'callDelayedUntil', rules: ['round-trip', 'response-body'] },
    alteringField(
      'callDelayedUntil',
      onText((text) => text.slice(0, 10)),
    ),
  ),
  aicaller.must(
    'spring-other-zone',
    'callDelayedUntil is read as local time and is two hours off',
    { field: 'callDelayedUntil', rules: ['round-trip'] },
    alteringField(
      'callDelayedUntil',
      onText((text) => new Date(Date.parse(text) - 7_200_000).toISOString()),
    ),
  ),
  voiceCalls.should(
    'spring-length-in-utf-16',
    'the 255 characters of external_uuid are counted in units of UTF-16',
    { field: 'external_uuid', rules: ['identifier-values'] },
    limiting(WRITES, 'external_uuid', 255, (text) => text.length),
  ),
  voiceCalls.must(
    'spring-utf8mb3',
    'external_uuid ends before its first character beyond U+FFFF',
    { field: 'external_uuid', rules: ['identifier-values'] },
    alteringField(
      'external_uuid',
      onText((text) => text.replace(/[\u{10000}-\u{10FFFF}].*$/su, '')),
    ),
  ),
  voiceCalls.must(
    'spring-fails-on-repeated-key',
    'a key that stands twice answers 500',
    { operation: WRITES, rules: ['robust-input'] },
    answering(
      ({ raw }) => /^\{("[^"]+"):.*?,\1:/s.test(raw?.toString() ?? ''),
      (_asked, api) => api.refusal(500),
    ),
  ),
];
