import { alteringField, alteringWithMemory, stuck, swapped } from '../../behaviours/altering.ts';
import { answering } from '../../behaviours/answering.ts';
import { rowsOf } from '../../behaviours/row.ts';
import type { Behaviour, Expectation, Fault } from '../../fault.ts';
import { dig, onText } from '../../json.ts';

const { must } = rowsOf('voice-calls');
const field = 'external_uuid';
const expects: Expectation = { field };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const text = (change: (value: string) => unknown): Behaviour => alteringField(field, onText(change));
const cut = (length: number): Behaviour => text((value) => Array.from(value).slice(0, length).join(''));

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The known defect, an `external_uuid` that is taken and not kept, in every shape that it takes. */
export const externalUuid: readonly Fault[] = [
  must(
    'external-uuid-missing',
    'external_uuid is missing everywhere',
    expects,
    alteringField(field, () => undefined),
  ),
  must(
    'external-uuid-echoed-only',
    'external_uuid is echoed by POST and stored nowhere',
    expects,
    alteringField(field, () => undefined, ['read', 'list']),
  ),
  must(
    'external-uuid-null',
    'external_uuid reads back null',
    expects,
    alteringField(field, () => null),
  ),
  must(
    'external-uuid-null-but-echoed',
    'external_uuid is echoed by POST and reads back null',
    expects,
    alteringField(field, () => null, ['read', 'list']),
  ),
  must(
    'external-uuid-empty',
    'external_uuid reads back empty',
    expects,
    alteringField(field, () => ''),
  ),
  must(
    'external-uuid-upper-cased',
    'external_uuid is upper-cased',
    expects,
    text((value) => value.toUpperCase()),
  ),
  must(
    'external-uuid-lower-cased',
    'external_uuid is lower-cased',
    expects,
    text((value) => value.toLowerCase()),
  ),
  must(
    'external-uuid-trimmed',
    'outer spaces of external_uuid are lost',
    expects,
    text((value) => value.trim()),
  ),
  must(
    'external-uuid-spaces-collapsed',
    'inner spaces of external_uuid are collapsed',
    expects,
    text((value) => value.replace(/ +/g, ' ')),
  ),
  must(
    'external-uuid-spaces-removed',
    'spaces in external_uuid are removed',
    expects,
    text((value) => value.replaceAll(' ', '')),
  ),
  must('external-uuid-cut-to-36', 'external_uuid is cut to 36 characters', expects, cut(36)),
  must('external-uuid-cut-to-64', 'external_uuid is cut to 64 characters', expects, cut(64)),
  must('external-uuid-cut-to-254', 'external_uuid is cut to 254 characters', expects, cut(254)),
  must(
    'external-uuid-composed',
    'external_uuid is normalised to NFC',
    expects,
    text((value) => value.normalize('NFC')),
  ),
  must(
    'external-uuid-decomposed',
    'external_uuid is normalised to NFD',
    expects,
    text((value) => value.normalize('NFD')),
  ),
  must(
    'external-uuid-number',
    'an external_uuid of digits becomes a number',
    expects,
    text((value) => (/^\d+$/.test(value) ? Number(value) : value)),
  ),
  must(
    'external-uuid-zeros-lost',
    'leading zeros of external_uuid are lost',
    expects,
    text((value) => value.replace(/^0+(?=\d)/, '')),
  ),
  must(
    'external-uuid-swapped',
    'GET and list show the external_uuid of the call before',
    expects,
    swapped(field, ['read', 'list']),
  ),
  must('external-uuid-not-updated', 'external_uuid is kept on create and not on update', expects, stuck(field)),
  must(
    'external-uuid-update-echoed-only',
    'an update echoes external_uuid and does not store it',
    expects,
    stuck(field, ['read', 'list']),
  ),
  must('external-uuid-lost-by-update', 'an update empties external_uuid', expects, lostByUpdate()),
  must(
    'external-uuid-only-uuids',
    'only an external_uuid that is a UUID is kept',
    expects,
    text((value) => (UUID.test(value) ? value : null)),
  ),
  must(
    'external-uuid-only-uuids-taken',
    'an external_uuid that is no UUID is refused',
    { ...expects, operation: ['createVoiceCall', 'updateVoiceCall'] },
    refuseOthers(),
  ),
  must(
    'external-uuid-null-word',
    'the text null becomes null',
    expects,
    text((value) => (value === 'null' ? null : value)),
  ),
  must(
    'external-uuid-true-word',
    'the text true becomes true',
    expects,
    text((value) => (value === 'true' ? true : value)),
  ),
  must(
    'external-uuid-html-escaped',
    'external_uuid is escaped for HTML',
    expects,
    text((value) => value.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)),
  ),
  must(
    'external-uuid-tags-stripped',
    'what looks like a tag is taken out of external_uuid',
    expects,
    text((value) => value.replace(/<[^>]*>/g, '')),
  ),
  must(
    'external-uuid-percent-decoded',
    '%2F in external_uuid is decoded',
    expects,
    text((value) => value.replaceAll('%2F', '/')),
  ),
  must(
    'external-uuid-backslashes-lost',
    'backslashes in external_uuid are lost',
    expects,
    text((value) => value.replaceAll('\\', '')),
  ),
  must(
    'external-uuid-emoji-lost',
    'an emoji in external_uuid is lost',
    expects,
    text((value) => value.replace(/[\u{10000}-\u{10ffff}]/gu, '?')),
  ),
  must(
    'external-uuid-latin-lost',
    'what is not ASCII in external_uuid is lost',
    expects,
    text((value) => value.replace(/\P{ASCII}/gu, '?')),
  ),
  must(
    'external-uuid-missing-in-list',
    'the list leaves external_uuid out',
    { ...expects, operation: 'listVoiceCalls' },
    alteringField(field, () => undefined, ['list']),
  ),
  must(
    'external-uuid-missing-in-get',
    'GET leaves external_uuid out',
    { ...expects, operation: 'getVoiceCall' },
    alteringField(field, () => undefined, ['read']),
  ),
];

function lostByUpdate(): Behaviour {
  return alteringWithMemory(() => {
    const updated = new Set<string>();
    return ({ record, id, way }) => {
      if (way === 'update') updated.add(id);
      if (updated.has(id)) record[field] = null;
    };
  });
}

function refuseOthers(): Behaviour {
  return answering(
    ({ body }) => {
      const value = dig(body, field);
      return typeof value === 'string' && !UUID.test(value);
    },
    (_asked, api) => api.refusal(400, field),
  );
}
