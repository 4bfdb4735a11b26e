import { accepting, inOtherCase, isA, matches } from '../../behaviours/accepting.ts';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault, JsonObject } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must, should } = rowsOf('aicaller');
const operation = 'createPhoneCall';

type When = (value: unknown) => boolean;
type Show = (record: JsonObject, value: unknown) => void;

const row =
  (level: 'must' | 'should') =>
  (name: string, field: string, what: string, when: When, show?: Show): Fault =>
    (level === 'must' ? must : should)(
      name,
      `a call takes ${what} as ${field}`,
      { operation, field },
      accepting({ operations: [operation], field, when, ...(show === undefined ? {} : { show }) }),
    );
const takes = row('must');
const mildlyTakes = row('should');

const refuses = (name: string, field: string, title: string, when: When): Fault =>
  must(
    name,
    title,
    { operation, field },
    answering(
      (asked) => asked.operation === operation && when(dig(asked.body, field)),
      (_asked, api) => api.refusal(400, field),
    ),
  );

const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Wrong values that are taken, and right ones that are refused. */
export const request: readonly Fault[] = [
  takes('takes-no-team', 'teamId', 'nothing', isA('missing')),
  takes('takes-no-template', 'callTemplateId', 'nothing', isA('missing')),
  takes('takes-no-name', 'nameOfHuman', 'nothing', isA('missing')),
  takes('takes-null-name', 'nameOfHuman', 'null', isA('null')),
  takes('takes-number-name', 'nameOfHuman', 'a number', isA('number')),
  takes('takes-no-number', 'toPhoneNumber', 'nothing', isA('missing')),
  takes('takes-number-number', 'toPhoneNumber', 'a number', isA('number')),
  takes('takes-no-variables', 'promptVariableValues', 'nothing', isA('missing')),
  takes('takes-null-variables', 'promptVariableValues', 'null', isA('null')),
  takes('takes-object-variables', 'promptVariableValues', 'an object', isA('object')),
  takes('takes-variables-without-value', 'promptVariableValues', 'an item without a value', (value) =>
    items(value).some((item) => isObject(item) && item['value'] === undefined),
  ),
  takes('takes-variables-without-key', 'promptVariableValues', 'an item without a key', (value) =>
    items(value).some((item) => isObject(item) && item['key'] === undefined),
  ),
  takes('takes-numbers-in-variables', 'promptVariableValues', 'an item whose value is a number', (value) =>
    items(value).some((item) => isObject(item) && item['value'] !== undefined && typeof item['value'] !== 'string'),
  ),
  takes('takes-text-items', 'promptVariableValues', 'items that are no objects', (value) =>
    items(value).some((item) => !isObject(item)),
  ),
  takes('takes-any-status', 'status', 'any text', isA('string')),
  takes(
    'takes-other-case-status',
    'status',
    'an enum value in another case',
    inOtherCase('queued', 'ringing', 'inProgress', 'busy', 'failed', 'noAnswer', 'cancelled', 'completed'),
  ),
  takes('takes-other-spelling-of-status', 'status', 'canceled', (value) => value === 'canceled'),
  takes('takes-any-provider', 'telephonyProvider', 'any text', isA('string')),
  takes(
    'takes-upper-case-provider',
    'telephonyProvider',
    'an enum value in another case',
    inOtherCase('twilio', 'plivo', 'telnyx'),
  ),
  takes('takes-text-record', 'record', 'a text', isA('string'), (record) => (record['record'] = true)),
  takes('takes-number-record', 'record', 'a number', isA('number'), (record) => (record['record'] = true)),
  takes('takes-offset', 'callDelayedUntil', 'an offset other than UTC', matches(/[+-](?!00:00)\d\d:\d\d$/)),
  takes(
    'takes-word-as-instant',
    'callDelayedUntil',
    'a word',
    matches(/^[a-z ]+$/i),
    (record) => (record['callDelayedUntil'] = null),
  ),
  takes('takes-object-webhooks', 'phoneCallWebhooks', 'an object', isA('object')),
  takes('takes-webhook-without-url', 'phoneCallWebhooks', 'an item without a url', (value) =>
    items(value).some((item) => isObject(item) && item['url'] === undefined),
  ),
  takes('takes-webhook-without-event', 'phoneCallWebhooks', 'an item without an event', (value) =>
    items(value).some((item) => isObject(item) && item['subscribedEvent'] === undefined),
  ),
  takes('takes-number-from-number', 'fromPhoneNumber', 'a number', isA('number')),
  takes('takes-number-email', 'toEmailAddress', 'a number', isA('number')),
  mildlyTakes('takes-number-without-plus', 'toPhoneNumber', 'digits without a plus sign', matches(/^\d+$/)),
  refuses('refuses-no-answer', 'status', 'the status noAnswer is refused', (value) => value === 'noAnswer'),
  refuses('refuses-telnyx', 'telephonyProvider', 'the provider telnyx is refused', (value) => value === 'telnyx'),
  refuses(
    'refuses-no-variable',
    'promptVariableValues',
    'an empty array of variables is refused',
    (value) => Array.isArray(value) && value.length === 0,
  ),
  refuses('refuses-long-numbers', 'toPhoneNumber', 'a number of 15 digits is refused', matches(/^\+\d{15}$/)),
  refuses('refuses-milliseconds', 'callDelayedUntil', 'an instant with milliseconds is refused', matches(/\.\d+Z$/)),
  refuses('refuses-record-true', 'record', 'record: true is refused', (value) => value === true),
];
