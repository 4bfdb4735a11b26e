import { altering, alteringField, alteringWithMemory, swapped } from '../../behaviours/altering.ts';
import { changingList, changingQuery } from '../../behaviours/listing.ts';
import { forging, forgingId } from '../../behaviours/forging.ts';
import { leaking } from '../../behaviours/leaking.ts';
import { answeringOlder, losingOverlaps, makingTwo, repeatingIds, sharingVariable } from '../../behaviours/racing.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Fault, Way } from '../../fault.ts';
import { dig, isObject, onText } from '../../json.ts';

const { must, should } = rowsOf('aicaller');
const POST = 'createPhoneCall';
const LIST = 'listPhoneCalls';

const text = (field: string, change: (value: string) => unknown, ways?: readonly Way[]): Behaviour =>
  alteringField(field, onText(change), ways);
const array = (field: string, change: (value: unknown[]) => unknown, ways?: readonly Way[]): Behaviour =>
  alteringField(field, (value) => (Array.isArray(value) ? change(value) : value), ways);
const instant = (change: (milliseconds: number) => number): Behaviour =>
  text('callDelayedUntil', (value) => new Date(change(Date.parse(value))).toISOString());

/** What comes back of a call, alone and in the list. */
export const record: readonly Fault[] = [
  must(
    'status-in-another-spelling',
    'GET and list show statuses that are not in the list of values',
    { field: 'status', rules: ['response-body'] },
    text('status', (value) => `${value}Call`, ['read', 'list']),
  ),
  must(
    'status-of-their-own',
    'the list shows the status archived',
    { field: 'status', rules: ['response-body'] },
    alteringField('status', () => 'archived', ['list']),
  ),
  must(
    'equal-bodies-answer-older',
    'a create for the nameOfHuman of an earlier call answers that call',
    { operation: POST, rules: ['equal-values'] },
    answeringOlder(POST, 'nameOfHuman'),
  ),
  must('create-makes-two', 'a create makes two calls', { operation: POST, rules: ['single-record'] }, makingTwo(POST)),
  must(
    'empty-texts-left-out',
    'an empty text is taken and left out of every answer',
    { field: ['nameOfHuman', 'promptVariableValues'], rules: ['accepts-value'] },
    altering(({ record: call }) => {
      if (call['nameOfHuman'] === '') Reflect.deleteProperty(call, 'nameOfHuman');
    }),
  ),
  must(
    'empty-variables-left-out',
    'a prompt variable whose value is empty loses it',
    { field: 'promptVariableValues', rules: ['accepts-value'] },
    array('promptVariableValues', (items) =>
      items.map((item) => (dig(item, 'value') === '' ? { key: dig(item, 'key') } : item)),
    ),
  ),
  must(
    'name-lower-cased',
    'nameOfHuman is lower-cased',
    { field: 'nameOfHuman' },
    text('nameOfHuman', (value) => value.toLowerCase()),
  ),
  must(
    'name-cut',
    'nameOfHuman keeps its first ten characters',
    { field: 'nameOfHuman' },
    text('nameOfHuman', (value) => value.slice(0, 10)),
  ),
  {
    ...must(
      'name-latin-only',
      'nameOfHuman shows a question mark for every letter beyond Latin-1',
      { field: 'nameOfHuman', rules: ['explore'] },
      text('nameOfHuman', (value) => value.replace(/[\u{100}-\u{10ffff}]/gu, '?')),
    ),
    explore: 8,
  },
  must(
    'name-swapped',
    'GET and list show the nameOfHuman of the call before',
    { field: 'nameOfHuman' },
    swapped('nameOfHuman', ['read', 'list']),
  ),
  must(
    'number-without-plus',
    'toPhoneNumber loses its plus sign',
    { field: 'toPhoneNumber' },
    text('toPhoneNumber', (value) => value.replace('+', '')),
  ),
  must(
    'number-missing-in-list',
    'the list leaves toPhoneNumber out',
    { field: 'toPhoneNumber' },
    alteringField('toPhoneNumber', () => undefined, ['list']),
  ),
  must(
    'from-number-is-to-number',
    'fromPhoneNumber reads back as toPhoneNumber',
    { field: 'fromPhoneNumber' },
    alteringField('fromPhoneNumber', (_value, call) => call['toPhoneNumber']),
  ),
  must(
    'from-number-lost',
    'fromPhoneNumber is never stored',
    { field: 'fromPhoneNumber' },
    alteringField('fromPhoneNumber', () => undefined, ['read', 'list']),
  ),
  must(
    'phone-number-id-lost',
    'phoneNumberId is never stored',
    { field: 'phoneNumberId' },
    alteringField('phoneNumberId', () => null),
  ),
  must(
    'team-id-as-object',
    'teamId comes back as an object',
    { field: 'teamId' },
    alteringField('teamId', (value) => ({ _id: value })),
  ),
  must(
    'template-id-missing',
    'GET leaves callTemplateId out',
    { field: 'callTemplateId' },
    alteringField('callTemplateId', () => undefined, ['read']),
  ),
  must(
    'email-lost',
    'toEmailAddress is never stored',
    { field: 'toEmailAddress' },
    alteringField('toEmailAddress', () => undefined),
  ),
  must(
    'email-altered',
    'toEmailAddress loses its first letter',
    { field: 'toEmailAddress' },
    text('toEmailAddress', (value) => value.slice(1)),
  ),
  must(
    'status-always-queued',
    'a create says queued whatever was sent',
    { field: 'status' },
    alteringField('status', () => 'queued'),
  ),
  must(
    'provider-upper-cased',
    'telephonyProvider is upper-cased',
    { field: 'telephonyProvider' },
    text('telephonyProvider', (value) => value.toUpperCase()),
  ),
  must(
    'provider-always-twilio',
    'telephonyProvider is always twilio',
    { field: 'telephonyProvider' },
    alteringField('telephonyProvider', () => 'twilio'),
  ),
  must(
    'record-inverted',
    'record is the opposite of what was sent',
    { field: 'record' },
    alteringField('record', (value) => value !== true),
  ),
  must(
    'record-always',
    'record is always true',
    { field: 'record' },
    alteringField('record', () => true),
  ),
  must(
    'record-lost',
    'record reads back false',
    { field: 'record' },
    alteringField('record', () => false, ['read', 'list']),
  ),
  must('record-as-text', 'record reads back as a text', { field: 'record' }, alteringField('record', String)),
  must(
    'record-default-true',
    'record is true when it was left out',
    { field: 'record' },
    alteringWithMemory(() => {
      const unsaid = new Set<string>();
      return ({ record: call, id, way, asked }) => {
        if (way === 'create' && dig(asked.body, 'record') === undefined) unsaid.add(id);
        if (unsaid.has(id)) call['record'] = true;
      };
    }),
  ),
  must(
    'variables-sorted',
    'promptVariableValues are sorted by key',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) => items.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))),
  ),
  must(
    'variables-reversed',
    'promptVariableValues come back in reverse',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) => items.toReversed()),
  ),
  must(
    'variables-lost',
    'promptVariableValues read back empty',
    { field: 'promptVariableValues' },
    alteringField('promptVariableValues', () => [], ['read', 'list']),
  ),
  must(
    'variables-first-only',
    'promptVariableValues keep their first item',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) => items.slice(0, 1)),
  ),
  must(
    'variables-as-object',
    'promptVariableValues come back as an object',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) =>
      Object.fromEntries(items.map((item) => [keyOf(item), dig(item, 'value')])),
    ),
  ),
  must(
    'variables-values-lost',
    'the values of promptVariableValues are empty',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) => items.map((item) => (isObject(item) ? { ...item, value: '' } : item))),
  ),
  must(
    'variables-repeats-lost',
    'a repeated key in promptVariableValues keeps its last value',
    { field: 'promptVariableValues' },
    array('promptVariableValues', (items) => [...new Map(items.map((item) => [keyOf(item), item])).values()]),
  ),
  must(
    'instant-seconds-lost',
    'callDelayedUntil loses its seconds',
    { field: 'callDelayedUntil' },
    instant((time) => time - (time % 60_000)),
  ),
  must(
    'instant-milliseconds-lost',
    'callDelayedUntil loses its milliseconds',
    { field: 'callDelayedUntil' },
    instant((time) => time - (time % 1000)),
  ),
  must(
    'instant-shifted',
    'callDelayedUntil is an hour late',
    { field: 'callDelayedUntil' },
    instant((time) => time + 3_600_000),
  ),
  must(
    'instant-lost',
    'callDelayedUntil is never stored',
    { field: 'callDelayedUntil' },
    alteringField('callDelayedUntil', () => null),
  ),
  must(
    'webhooks-lost',
    'phoneCallWebhooks are never stored',
    { field: 'phoneCallWebhooks' },
    alteringField('phoneCallWebhooks', () => undefined),
  ),
  must(
    'webhooks-empty',
    'phoneCallWebhooks read back empty',
    { field: 'phoneCallWebhooks' },
    alteringField('phoneCallWebhooks', () => [], ['read', 'list']),
  ),
  must(
    'webhook-event-lost',
    'the event of a webhook is lost',
    { field: 'phoneCallWebhooks' },
    array('phoneCallWebhooks', (items) => items.map((item) => ({ url: dig(item, 'url'), subscribedEvent: '' }))),
  ),
  must(
    'webhook-url-altered',
    'the url of a webhook gains a slash',
    { field: 'phoneCallWebhooks' },
    array('phoneCallWebhooks', (items) =>
      items.map((item) => (isObject(item) ? { ...item, url: `${String(item['url'])}/` } : item)),
    ),
  ),
  must(
    'id-changes',
    'the list shows calls under another _id',
    { field: '_id', operation: LIST },
    altering(({ record: call, id }) => (call['_id'] = `${id}0`), ['list']),
  ),
  must(
    'created-at-moves',
    'createdAt is the time of the request',
    { field: 'createdAt' },
    alteringField('createdAt', () => new Date(Date.now() + 5000).toISOString(), ['read', 'list']),
  ),
  must(
    'updated-at-missing',
    'updatedAt is missing',
    { field: 'updatedAt' },
    alteringField('updatedAt', () => undefined),
  ),
  must(
    'created-at-number',
    'createdAt is a number of milliseconds',
    { field: 'createdAt' },
    text('createdAt', Date.parse),
  ),
  should(
    'created-at-epoch-text',
    'createdAt is a text of milliseconds: a string, as the source says, and no instant, as its example shows',
    { field: 'createdAt', rules: ['response-body'] },
    text('createdAt', (value) => String(Date.parse(value))),
  ),
  must('id-forged', 'a create applies an _id of the client', { operation: POST, field: '_id' }, forgingId(POST)),
  must(
    'created-at-forged',
    'a create applies a createdAt of the client',
    { operation: POST, field: 'createdAt' },
    forging(POST, 'createdAt'),
  ),
  must('refused-create-stored', 'a create that answers 400 is stored', { operation: POST }, leaking(POST, [400])),
  must('unauthorized-create-stored', 'a create that answers 401 is stored', { operation: POST }, leaking(POST, [401])),
  must(
    'list-ignores-template',
    'the list ignores callTemplateId',
    { operation: LIST, field: 'callTemplateId' },
    changingQuery((query) => query.delete('callTemplateId')),
  ),
  must(
    'list-is-empty',
    'the list is always empty',
    { operation: LIST },
    changingList((calls) => {
      calls.splice(0);
    }),
  ),
  must(
    'list-misses-newest',
    'the list leaves its newest call out',
    { operation: LIST },
    changingList((calls) => {
      calls.pop();
    }),
  ),
  must(
    'list-repeats',
    'the list shows its newest call twice',
    { operation: LIST },
    changingList((calls) => {
      calls.push(...calls.slice(-1));
    }),
  ),
  must(
    'list-holds-ten',
    'the list ends after ten calls',
    { operation: LIST },
    changingList((calls) => {
      calls.splice(10);
    }),
  ),
  must(
    'webhooks-reversed',
    'phoneCallWebhooks come back in reverse order',
    { field: 'phoneCallWebhooks', rules: ['round-trip'] },
    array('phoneCallWebhooks', (value) => [...value].reverse()),
  ),
  must(
    'prompt-variables-end-after-ten',
    'promptVariableValues ends after ten',
    { field: 'promptVariableValues', rules: ['accepts-value'] },
    array('promptVariableValues', (value) => value.slice(0, 10)),
  ),
  must(
    'concurrent-creates-mix',
    'creates that overlap store one nameOfHuman',
    { operation: POST, field: 'nameOfHuman' },
    sharingVariable(POST, 'nameOfHuman'),
  ),
  must(
    'concurrent-creates-repeat-id',
    'creates that overlap answer one _id',
    { operation: POST, field: '_id' },
    repeatingIds(POST),
  ),
  must('concurrent-creates-lost', 'of creates that overlap one is stored', { operation: POST }, losingOverlaps(POST)),
];

function keyOf(item: unknown): string {
  const key = dig(item, 'key');
  return typeof key === 'string' ? key : '';
}
