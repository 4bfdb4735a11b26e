import { accepting, inOtherCase, isA, matches } from '../../behaviours/accepting.ts';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Fault, JsonObject } from '../../fault.ts';
import { dig, isObject } from '../../json.ts';

const { must, should } = rowsOf('calldesk');
const operation = 'createCall';

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

const refuses = (name: string, field: string, title: string, when: When, status = 400): Fault =>
  must(
    name,
    title,
    { operation, field },
    answering(
      (asked) => asked.operation === operation && when(dig(asked.body, field)),
      (_asked, api) => api.refusal(status, field),
    ),
  );

const keys = (value: unknown): number => (isObject(value) ? Object.keys(value).length : -1);
const hidden: Show = () => undefined;

/** Wrong values that are taken, and right ones that are refused. */
export const request: readonly Fault[] = [
  takes('takes-no-caller-id', 'caller_id', 'nothing', isA('missing')),
  takes('takes-null-caller-id', 'caller_id', 'null', isA('null')),
  takes('takes-number-caller-id', 'caller_id', 'a number', isA('number')),
  takes('takes-caller-id-without-plus', 'caller_id', 'digits without a plus sign', matches(/^\d+$/)),
  takes('takes-no-destination', 'destination', 'nothing', isA('missing')),
  takes('takes-null-destination', 'destination', 'null', isA('null')),
  takes('takes-number-destination', 'destination', 'a number', isA('number')),
  takes('takes-empty-destination', 'destination', 'an empty text', (value) => value === ''),
  takes('takes-destination-without-plus', 'destination', 'digits without a plus sign', matches(/^[1-9]\d{1,14}$/)),
  takes('takes-long-destination', 'destination', '16 digits', matches(/^\+\d{16,}$/)),
  takes('takes-spaces-in-destination', 'destination', 'a number with spaces', matches(/ /)),
  takes('takes-letters-in-destination', 'destination', 'a number with letters', matches(/[a-z]/i)),
  takes('takes-text-record', 'record', 'a text', isA('string'), hidden),
  takes('takes-number-record', 'record', 'a number', isA('number'), hidden),
  takes('takes-upper-case-voice', 'voice_changer_uid', 'an enum value in another case', inOtherCase('male', 'female')),
  takes('takes-any-voice', 'voice_changer_uid', 'any text', isA('string')),
  takes('takes-number-voice', 'voice_changer_uid', 'a number', isA('number')),
  takes('takes-array-metadata', 'metadata', 'an array', isA('array')),
  takes('takes-text-metadata', 'metadata', 'a text', isA('string')),
  takes('takes-eleven-keys', 'metadata', '11 keys', (value) => keys(value) > 10),
  mildlyTakes(
    'takes-numbers-in-metadata',
    'metadata',
    'values that are numbers',
    (value) => isObject(value) && Object.values(value).some((item) => typeof item !== 'string'),
  ),
  refuses('refuses-ten-keys', 'metadata', 'metadata with 10 keys are refused', (value) => keys(value) === 10),
  refuses('refuses-empty-metadata', 'metadata', 'metadata without a key are refused', (value) => keys(value) === 0),
  refuses('refuses-female', 'voice_changer_uid', 'the voice female is refused', (value) => value === 'female'),
  refuses('refuses-record', 'record', 'record: true is refused', (value) => value === true),
  refuses('refuses-long-numbers', 'destination', 'a destination of 15 digits is refused', matches(/^\+\d{15}$/)),
  must(
    'takes-unverified-caller-id',
    'a caller id that is not verified is taken',
    { operation, field: 'caller_id' },
    unverified(undefined),
  ),
  must(
    'unverified-answers-400',
    'a caller id that is not verified answers 400',
    { operation, field: 'caller_id' },
    unverified(400),
  ),
  must(
    'unverified-answers-403',
    'a caller id that is not verified answers 403',
    { operation, field: 'caller_id' },
    unverified(403),
  ),
];

function unverified(status: number | undefined): Fault['behaviour'] {
  return (api) => {
    const take = accepting({ operations: [operation], field: 'caller_id', when: matches(/^\+14155550199$/) })(api);
    return async (asked, next) => {
      if (status === undefined) return take(asked, next);
      const answered = await next(asked);
      return answered.status === 422 ? api.refusal(status, 'caller_id') : answered;
    };
  };
}
