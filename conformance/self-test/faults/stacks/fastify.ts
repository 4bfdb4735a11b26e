import { alteringField } from '../../behaviours/altering.ts';
import { limiting } from '../../behaviours/limiting.ts';
import { coercing, readingAs } from '../../behaviours/reading.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault } from '../../fault.ts';
import { isObject, onText } from '../../json.ts';

const voiceCalls = rowsOf('voice-calls');
const calldesk = rowsOf('calldesk');
const aicaller = rowsOf('aicaller');
const WRITES = ['createVoiceCall', 'updateVoiceCall'];

/** A list of one thing is that thing (`coerceTypes: 'array'`). */
const alone = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);
const toText = (value: unknown): unknown => {
  const one = alone(value);
  if (one === null) return '';
  return typeof one === 'number' || typeof one === 'boolean' ? String(one) : one;
};
const toBoolean = (value: unknown): unknown => {
  const one = alone(value);
  if (one === 'true' || one === 1) return true;
  return one === 'false' || one === 0 || one === null ? false : one;
};

/** Fastify with Ajv as it configures it: coerced types, removed properties; JavaScript's lengths, and texts that were tidied up. */
export const fastify: readonly Fault[] = [
  voiceCalls.must(
    'fastify-coerces-texts',
    'numbers, booleans, null and lists of one become texts',
    { field: ['source_id', 'external_uuid', 'rate', 'call_summary'], rules: ['wrong-type'] },
    coercing({ string: toText }),
  ),
  voiceCalls.must(
    'fastify-null-as-empty-text',
    'null for call_summary is stored as an empty text',
    { field: 'call_summary', rules: ['required-null'] },
    readingAs(['call_summary'], (value) => value ?? ''),
  ),
  ...[calldesk, aicaller].map(({ must }) =>
    must(
      'fastify-coerces-booleans',
      'record is taken as a text, as 1, and in a list',
      { field: 'record', rules: ['wrong-type'] },
      coercing({ boolean: toBoolean }),
    ),
  ),
  calldesk.must(
    'fastify-removes-additional',
    'keys of metadata that the schema does not name are removed',
    { field: 'metadata', rules: ['round-trip', 'accepts-value'] },
    readingAs(['metadata'], (value) => (isObject(value) ? {} : value)),
  ),
  calldesk.should(
    'fastify-coerces-metadata',
    'values of metadata that are no texts become texts',
    { field: 'metadata', rules: ['wrong-type', 'pattern-refused'] },
    readingAs(['metadata'], (value) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toText(one)])) : value,
    ),
  ),
  voiceCalls.should(
    'fastify-length-in-utf-16',
    'an update counts the 255 characters of external_uuid in units of UTF-16',
    { operation: 'updateVoiceCall', field: 'external_uuid', rules: ['identifier-values'] },
    limiting(WRITES.slice(1), 'external_uuid', 255, (text) => text.length),
  ),
  voiceCalls.must(
    'fastify-one-kind-of-line-break',
    'CR LF in call_summary becomes LF',
    { field: 'call_summary', rules: ['accepts-value'] },
    alteringField(
      'call_summary',
      onText((text) => text.replaceAll('\r\n', '\n')),
    ),
  ),
  voiceCalls.must(
    'fastify-ends-at-nul',
    'source_id ends before its first NUL character',
    { field: 'source_id', rules: ['identifier-values'] },
    alteringField(
      'source_id',
      onText((text) => text.replace(/\0.*$/s, '')),
    ),
  ),
  voiceCalls.must(
    'fastify-lower-cases-uris',
    'external_app_url is lower-cased, path included',
    { field: 'external_app_url', rules: ['accepts-value', 'round-trip'] },
    alteringField(
      'external_app_url',
      onText((text) => text.toLowerCase()),
    ),
  ),
  voiceCalls.should(
    'fastify-canonical-uris',
    'external_app_url reads back in its canonical form, with a host in lower case and a path',
    { field: 'external_app_url', rules: ['accepts-value'] },
    alteringField(
      'external_app_url',
      onText((text) => new URL(text).href),
    ),
  ),
];
