import { altering, alteringField } from '../../behaviours/altering.ts';
import { answering } from '../../behaviours/answering.ts';
import { coercing, readingAs } from '../../behaviours/reading.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault } from '../../fault.ts';
import { dig, onText } from '../../json.ts';

const voiceCalls = rowsOf('voice-calls');
const calldesk = rowsOf('calldesk');
const aicaller = rowsOf('aicaller');

/** What Pydantic takes for a boolean in its lax mode. */
const BOOLEANS = new Map<unknown, boolean>(
  Object.entries({ true: true, yes: true, on: true, t: true, y: true, false: false, no: false, off: false }),
);

const asciiDigits = onText((text) => text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660)));

/** FastAPI with Pydantic as they come: lax conversion, Rust's regular expressions, naive instants, slashes that are added. */
export const fastapi: readonly Fault[] = [
  voiceCalls.must(
    'fastapi-number-from-text',
    'a duration that is a text of digits becomes a number',
    { operation: 'updateVoiceCall', field: 'duration', rules: ['wrong-type'] },
    coercing({ number: (value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value) }),
  ),
  voiceCalls.must(
    'fastapi-number-from-boolean',
    'a duration that is true becomes 1',
    { operation: 'updateVoiceCall', field: 'duration', rules: ['wrong-type'] },
    coercing({ number: (value) => (typeof value === 'boolean' ? Number(value) : value) }),
  ),
  ...[calldesk, aicaller].map(({ must }) =>
    must(
      'fastapi-boolean-from-text',
      'record is taken as a text or as 1',
      { field: 'record', rules: ['wrong-type'] },
      coercing({ boolean: (value) => (value === 1 ? true : (BOOLEANS.get(value) ?? value)) }),
    ),
  ),
  voiceCalls.must(
    'fastapi-foreign-digits',
    'a number with digits that are not ASCII matches the pattern',
    { field: 'from_number', rules: ['pattern-refused'] },
    readingAs(['from_number'], asciiDigits),
  ),
  voiceCalls.must(
    'fastapi-naive-created-at',
    'created_at has no time zone',
    { field: 'created_at', rules: ['response-body'] },
    alteringField(
      'created_at',
      onText((text) => text.replace(/Z$/, '')),
    ),
  ),
  voiceCalls.must(
    'fastapi-decimal-as-float',
    'rate and price pass through a binary number',
    { field: ['rate', 'price'], rules: ['accepts-value'] },
    altering(({ record }) => {
      for (const name of ['rate', 'price'])
        if (typeof record[name] === 'string') record[name] = String(Number(record[name]));
    }),
  ),
  aicaller.must(
    'fastapi-strips-texts',
    'outer spaces of nameOfHuman are lost',
    { field: 'nameOfHuman', rules: ['accepts-value'] },
    readingAs(
      ['nameOfHuman'],
      onText((text) => text.trim()),
    ),
  ),
  voiceCalls.must(
    'fastapi-redirects-collection',
    'the collection stands under its path with a slash, and the path of the contract is redirected there',
    { operation: ['createVoiceCall', 'listVoiceCalls'], rules: ['accepts', 'status-documented'] },
    answering(
      ({ operation }) => operation === 'createVoiceCall' || operation === 'listVoiceCalls',
      ({ path, query }) => ({ status: 307, headers: { location: `${path}/${query}` }, body: undefined, raw: '' }),
    ),
  ),
  voiceCalls.must(
    'fastapi-fails-on-nul',
    'a text with a NUL character, which the database refuses, answers 500',
    { operation: ['createVoiceCall', 'updateVoiceCall'], rules: ['robust-input', 'no-server-error'] },
    answering(
      ({ body }) => ['source_id', 'external_uuid'].some((name) => String(dig(body, name)).includes('\0')),
      (_asked, api) => api.refusal(500),
    ),
  ),
];
