import { alteringField, alteringWithMemory, swapped } from '../../behaviours/altering.ts';
import { answering, changingAnswers, successOf, withBody } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import { answeringOlder, repeatingIds, sharingVariable } from '../../behaviours/racing.ts';
import type { Behaviour, Fault } from '../../fault.ts';
import { dig, isObject, onText } from '../../json.ts';

const { must, should } = rowsOf('calldesk');
const operation = ['createCall', 'getCall'];

const metadata = (change: (value: Record<string, unknown>) => unknown): Behaviour =>
  alteringField('metadata', (value) => (isObject(value) ? change(value) : value));
const entries = (change: (entry: [string, unknown]) => [string, unknown]): Behaviour =>
  metadata((value) => Object.fromEntries(Object.entries(value).map(change)));
const link = (name: string, change: (value: string) => unknown): Behaviour =>
  alteringField('links', (value) => (isObject(value) ? { ...value, [name]: onText(change)(value[name]) } : value));

/** What comes back of a call, and where its links lead. */
export const record: readonly Fault[] = [
  must(
    'metadata-missing',
    'metadata is missing everywhere',
    { operation, field: 'metadata' },
    alteringField('metadata', () => undefined),
  ),
  must(
    'metadata-echoed-only',
    'metadata is echoed and reads back empty',
    { field: 'metadata' },
    alteringField('metadata', () => ({}), ['read']),
  ),
  must(
    'metadata-as-text',
    'metadata comes back as a text',
    { field: 'metadata' },
    metadata((value) => JSON.stringify(value)),
  ),
  must(
    'metadata-first-key-only',
    'metadata keeps its first key',
    { field: 'metadata' },
    metadata((value) => Object.fromEntries(Object.entries(value).slice(0, 1))),
  ),
  must(
    'metadata-nine-keys',
    'metadata keeps nine keys',
    { field: 'metadata' },
    metadata((value) => Object.fromEntries(Object.entries(value).slice(0, 9))),
  ),
  must(
    'metadata-keys-prefixed',
    'metadata keys gain a prefix',
    { field: 'metadata' },
    entries(([key, value]) => [`x-${key}`, value]),
  ),
  must(
    'metadata-values-cut',
    'metadata values keep their first four characters',
    { field: 'metadata' },
    entries(([key, value]) => [key, onText((text) => text.slice(0, 4))(value)]),
  ),
  must(
    'metadata-values-upper-cased',
    'metadata values are upper-cased',
    { field: 'metadata' },
    entries(([key, value]) => [key, onText((text) => text.toUpperCase())(value)]),
  ),
  should(
    'first-status-ringing',
    'the create response says that the call rings',
    { operation: 'createCall', field: 'status', rules: ['first-value'] },
    alteringField('status', () => 'ringing', ['create']),
  ),
  must(
    'equal-bodies-answer-older',
    'a create with the destination of an earlier call answers 201 and that call',
    { operation: 'createCall', rules: ['equal-values'] },
    answeringOlder('createCall', 'destination'),
  ),
  must(
    'metadata-digits-as-number',
    'a value of metadata that is digits comes back as a number',
    { field: 'metadata', rules: ['accepts-value'] },
    entries(([key, value]) => [key, onText((text) => (/^\d+$/.test(text) ? Number(text) : text))(value)]),
  ),
  must(
    'metadata-empty-value-dropped',
    'an empty value of metadata is lost',
    { field: 'metadata', rules: ['accepts-value'] },
    metadata((value) => Object.fromEntries(Object.entries(value).filter(([, text]) => text !== ''))),
  ),
  must(
    'voice-null-refused',
    'voice_changer_uid null is refused, although it is one of the listed values',
    { operation: 'createCall', field: 'voice_changer_uid', rules: ['accepts-value'] },
    answering(
      (asked) => isObject(asked.body) && asked.body['voice_changer_uid'] === null,
      (_asked, api) => api.refusal(400, 'voice_changer_uid'),
    ),
  ),
  must(
    'metadata-extra-key',
    'metadata gain a key that nobody sent',
    { field: 'metadata' },
    metadata((value) => (Object.keys(value).length > 0 ? { ...value, source: 'api' } : value)),
  ),
  must(
    'metadata-swapped',
    'GET shows the metadata of the call before',
    { field: 'metadata' },
    swapped('metadata', ['read']),
  ),
  must(
    'destination-without-plus',
    'destination loses its plus sign',
    { field: 'destination' },
    alteringField(
      'destination',
      onText((text) => text.replace('+', '')),
    ),
  ),
  must(
    'destination-swapped',
    'GET shows the destination of the call before',
    { field: 'destination' },
    swapped('destination', ['read']),
  ),
  must(
    'destination-is-caller-id',
    'destination reads back as caller_id',
    { field: 'destination' },
    alteringField('destination', (_value, call) => call['caller_id'], ['read']),
  ),
  must(
    'caller-id-missing',
    'GET leaves caller_id out',
    { field: 'caller_id' },
    alteringField('caller_id', () => undefined, ['read']),
  ),
  must(
    'caller-id-masked',
    'caller_id is masked',
    { field: 'caller_id' },
    alteringField(
      'caller_id',
      onText((text) => `${text.slice(0, -4)}****`),
    ),
  ),
  must(
    'recording-inverted',
    'recording.enabled is the opposite of record',
    { field: ['record', 'recording'] },
    enabled((value) => !value),
  ),
  must(
    'recording-always',
    'recording.enabled is always true',
    { field: ['record', 'recording'] },
    enabled(() => true),
  ),
  must(
    'recording-never',
    'recording.enabled is always false',
    { field: ['record', 'recording'] },
    enabled(() => false),
  ),
  must(
    'recording-default-true',
    'recording.enabled is true when record is left out',
    { field: ['record', 'recording'] },
    defaultTrue(),
  ),
  must(
    'recording-lost',
    'GET says recording.enabled: false',
    { field: ['record', 'recording'] },
    enabled(() => false, ['read']),
  ),
  must(
    'recording-missing',
    'recording is missing',
    { field: ['record', 'recording'] },
    alteringField('recording', () => undefined),
  ),
  must(
    'recording-bare',
    'recording is a boolean',
    { field: ['record', 'recording'] },
    alteringField('recording', (value) => dig(value, 'enabled')),
  ),
  must(
    'voice-swapped',
    'male reads back as female',
    { field: 'voice_changer_uid' },
    alteringField('voice_changer_uid', (value) => (value === 'male' ? 'female' : value)),
  ),
  must(
    'status-missing',
    'GET leaves status out',
    { field: 'status', operation: 'getCall' },
    alteringField('status', () => undefined, ['read']),
  ),
  must(
    'status-number',
    'status is a number',
    { field: 'status', operation },
    alteringField('status', () => 1),
  ),
  must(
    'created-at-moves',
    'created_at is the time of the request',
    { field: 'created_at' },
    alteringField('created_at', () => new Date(Date.now() + 5000).toISOString(), ['read']),
  ),
  must(
    'created-at-seconds',
    'created_at is a number of seconds',
    { field: 'created_at' },
    alteringField('created_at', (value) => Math.floor(Date.parse(String(value)) / 1000)),
  ),
  must(
    'call-id-changes',
    'GET shows another call_id',
    { field: 'call_id', operation: 'getCall' },
    alteringField('call_id', (value) => `${String(value)}x`, ['read']),
  ),
  must(
    'links-missing',
    'links are missing',
    { field: 'links', operation },
    alteringField('links', () => undefined),
  ),
  must(
    'link-to-recordings-missing',
    'the link to the recordings is missing',
    { field: 'links', operation },
    link('recordings', () => undefined),
  ),
  must(
    'link-to-self-broken',
    'the link to the call leads nowhere',
    { field: 'links' },
    link('self', (text) => text.replace('/calls/', '/call/')),
  ),
  must(
    'link-to-status-broken',
    'the link to the status leads nowhere',
    { field: 'links' },
    link('status', (text) => `${text}es`),
  ),
  must(
    'link-to-recordings-is-self',
    'the link to the status leads to an empty path',
    { field: 'links' },
    link('status', () => ''),
  ),
  must(
    'links-to-another-call',
    'the links lead to the call before',
    { field: 'links' },
    swapped('links', ['create', 'read']),
  ),
  must(
    'status-of-another-call',
    '…/status speaks of another call',
    { operation: 'getCallStatus', field: ['links', 'call_id'] },
    changingAnswers(
      successOf('getCallStatus'),
      withBody((body) => ({ ...(body as object), call_id: 'call_0' })),
    ),
  ),
  must(
    'status-without-status',
    '…/status does not tell the status',
    { operation: 'getCallStatus', field: 'status' },
    changingAnswers(
      successOf('getCallStatus'),
      withBody((body) => ({ call_id: dig(body, 'call_id') })),
    ),
  ),
  must(
    'status-answers-404',
    '…/status answers 404',
    { operation: ['getCallStatus', 'createCall'], field: 'links' },
    answering(
      ({ operation }) => operation === 'getCallStatus',
      (_asked, api) => api.refusal(404),
    ),
  ),
  must(
    'recordings-without-call-id',
    '…/recordings does not tell the call',
    { operation: 'listCallRecordings', field: 'call_id' },
    changingAnswers(
      successOf('listCallRecordings'),
      withBody(() => ({ recordings: [] })),
    ),
  ),
  must(
    'recordings-answer-500',
    '…/recordings answers 500',
    { operation: ['listCallRecordings', 'createCall'], field: 'links' },
    answering(
      ({ operation }) => operation === 'listCallRecordings',
      (_asked, api) => api.refusal(500),
    ),
  ),
  must(
    'metadata-left-out-tells-anothers',
    'a call without metadata tells those of the call before it',
    { field: 'metadata', rules: ['default-value'] },
    leftOutTellsAnothers(),
  ),
  must(
    'status-tells-another-call',
    'the status of a call names the first call of all',
    { operation: 'getCallStatus', field: 'call_id', rules: ['link-resolves'] },
    statusOfFirst(),
  ),
  must(
    'recordings-missing-when-recorded',
    'the recordings of a call that is recorded answer 404',
    { operation: 'createCall', field: 'links', rules: ['link-resolves'] },
    recordingsMissing(),
  ),
  must(
    'concurrent-creates-mix',
    'creates that overlap store one destination',
    { operation, field: 'destination' },
    sharingVariable('createCall', 'destination'),
  ),
  must(
    'concurrent-creates-repeat-id',
    'creates that overlap answer one call_id',
    { operation, field: 'call_id' },
    repeatingIds('createCall'),
  ),
];

function enabled(change: (value: unknown) => unknown, ways?: readonly ('create' | 'read')[]): Behaviour {
  return alteringField('recording', (value) => ({ enabled: change(dig(value, 'enabled')) }), ways);
}

function defaultTrue(): Behaviour {
  return alteringWithMemory(() => {
    const unsaid = new Set<string>();
    return ({ record: call, id, way, asked }) => {
      if (way === 'create' && dig(asked.body, 'record') === undefined) unsaid.add(id);
      if (unsaid.has(id)) call['recording'] = { enabled: true };
    };
  });
}

function leftOutTellsAnothers(): Behaviour {
  return alteringWithMemory(() => {
    let last: unknown = {};
    const anothers = new Map<string, unknown>();
    return ({ record: call, id, way, asked }) => {
      const sent = dig(asked.body, 'metadata');
      if (way === 'create' && sent === undefined) anothers.set(id, last);
      else if (way === 'create' && isObject(sent) && Object.keys(sent).length > 0) last = sent;
      if (anothers.has(id)) call['metadata'] = anothers.get(id);
    };
  });
}

function statusOfFirst(): Behaviour {
  return () => {
    let first: unknown;
    return async (asked, next) => {
      const answered = await next(asked);
      if (asked.operation === 'createCall') first ??= dig(answered.body, 'call_id');
      if (asked.operation !== 'getCallStatus' || answered.status !== 200 || !isObject(answered.body)) return answered;
      return { ...answered, body: { ...answered.body, call_id: first } };
    };
  };
}

function recordingsMissing(): Behaviour {
  return (api) => {
    const recorded = new Set<string>();
    return async (asked, next) => {
      if (asked.operation === 'listCallRecordings' && recorded.has(asked.id ?? '')) return api.refusal(404);
      const answered = await next(asked);
      if (asked.operation === 'createCall' && dig(asked.body, 'record') === true)
        recorded.add(String(dig(answered.body, 'call_id')));
      return answered;
    };
  };
}
