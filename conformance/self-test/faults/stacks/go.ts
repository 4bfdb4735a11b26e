import { altering } from '../../behaviours/altering.ts';
import { limiting } from '../../behaviours/limiting.ts';
import { firstValueOnly, foldingKeys, replacingBadBytes } from '../../behaviours/reading.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault } from '../../fault.ts';

const contracts = [rowsOf('voice-calls'), rowsOf('calldesk'), rowsOf('aicaller')];
const [voiceCalls, , aicaller] = contracts as [ReturnType<typeof rowsOf>, unknown, ReturnType<typeof rowsOf>];
const WRITES = ['createVoiceCall', 'updateVoiceCall', 'createCall', 'createPhoneCall'];

/** Go's encoding/json as it comes: one value of a stream, U+FFFD for bad bytes, names in any case, omitempty; len() in bytes. */
export const go: readonly Fault[] = [
  ...contracts.map(({ must }) =>
    must(
      'go-first-value-only',
      'what follows the JSON is not read',
      { operation: WRITES, rules: ['malformed-json'] },
      firstValueOnly,
    ),
  ),
  ...contracts.map(({ must }) =>
    must(
      'go-replaces-bad-bytes',
      'bytes that are no UTF-8 are stored as U+FFFD',
      { operation: WRITES, rules: ['malformed-json'] },
      replacingBadBytes,
    ),
  ),
  ...contracts.map(({ should }) =>
    should(
      'go-folds-keys',
      'a property is taken under its name in another case',
      { operation: WRITES, rules: ['key-case'] },
      foldingKeys,
    ),
  ),
  voiceCalls.must(
    'go-omits-zero',
    'a duration of 0 is left out',
    { field: 'duration', rules: ['accepts-value'] },
    altering(({ record }) => {
      if (record['duration'] === 0) Reflect.deleteProperty(record, 'duration');
    }),
  ),
  aicaller.must(
    'go-omits-empty-list',
    'promptVariableValues is left out when it is empty',
    { field: 'promptVariableValues', rules: ['accepts-value', 'response-body'] },
    altering(({ record }) => {
      const { promptVariableValues: list } = record;
      if (Array.isArray(list) && list.length === 0) Reflect.deleteProperty(record, 'promptVariableValues');
    }),
  ),
  voiceCalls.should(
    'go-length-in-bytes',
    'the 255 characters of external_uuid are counted in bytes',
    { field: 'external_uuid', rules: ['identifier-values'] },
    limiting(WRITES, 'external_uuid', 255, (text) => Buffer.byteLength(text)),
  ),
];
