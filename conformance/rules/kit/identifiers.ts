/** The shapes of an identifier that must survive being stored, each fresh in every run. */
import type { Level } from '../../model/index.ts';
import type { Fresh } from '../types.ts';
import { uuid } from './values.ts';

export interface IdentifierValue {
  id: string;
  title: string;
  value: string;
  /** Level of taking it; what is taken must be kept whatever the level. */
  level: Level;
}

/**
 * @param fresh seeded choices
 * @param name tells one property's values from another's
 * @param longest how many characters it may have, where the contract says so
 */
export function identifierValues(fresh: Fresh, name: string, longest?: number): IdentifierValue[] {
  const token = `${fresh.token}${fresh.hex(name, 4)}`;
  const digits = String(10_000_000 + (Number(`0x${fresh.hex(`${name}/digits`, 8)}`) % 89_999_999));
  const must = (id: string, title: string, value: string): IdentifierValue => ({ id, title, value, level: 'MUST' });
  const lower = uuid(fresh, `${name}/lower`).replace(/^./, 'a');
  const upper = uuid(fresh, `${name}/upper`).replace(/^./, 'b').toUpperCase();
  return [
    must('uuid-lower', 'a UUID in lower case', lower),
    must('uuid-upper', 'a UUID in upper case', upper),
    must('word', 'a word with hyphens', `ext-call-${token}`),
    must('leading-zeros', 'digits with leading zeros', `000${digits}`),
    must('digits', 'digits', `9${digits}`),
    must('many-digits', 'more digits than a number can hold', `9${digits}${digits}001`),
    must('number-like', 'a text that looks like a number', `${digits}.50`),
    // A target that refuses repeats has met these two in an earlier run.
    { id: 'text-null', title: 'the text null', value: 'null', level: 'MAY' },
    { id: 'text-true', title: 'the text true', value: 'true', level: 'MAY' },
    must('inner-spaces', 'inner spaces', `ext call  ${token}`),
    must('quotes', 'quotes and backslashes', `ext "${token}" 'q' \\n \\`),
    must('markup', 'markup', `<b>&amp;${token}</b>`),
    must('percent', 'a percent escape', `ext%2F${token}%20`),
    must('composed', 'a composed é', `caf\u00e9-${token}`),
    must('decomposed', 'a decomposed é', `cafe\u0301-${token}`),
    must('emoji', 'an emoji', `\u{1F4DE}-${token}`),
    must('length-255', '255 characters', `ext-${token}-`.padEnd(255, 'x9')),
    { id: 'outer-spaces', title: 'outer spaces', value: `  ext-${token} `, level: 'MAY' },
    { id: 'nul', title: 'a text with a NUL character', value: `ext\0${token}`, level: 'MAY' },
    { id: 'crlf', title: 'a text with a line break of two characters', value: `ext\r\n${token}`, level: 'MAY' },
    ...wideTexts(`ext-${token}-`, longest),
  ];
}

/**
 * Texts as long as may be of letters that take two bytes each, and of characters that take two units of UTF-16 each.
 * @see JSON Schema 2020-12 Validation, section 6.3.1: the length is the number of characters, which RFC 8259 takes for code points
 */
export function wideTexts(start: string, longest: number | undefined): IdentifierValue[] {
  if (longest === undefined || longest <= start.length || longest > 10_000) return [];
  const filled = (character: string): string => start + character.repeat(longest - start.length);
  const most = `${String(longest)} characters`;
  return [
    { id: 'longest-two-bytes', title: `${most}, letters of two bytes`, value: filled('\u044f'), level: 'SHOULD' },
    { id: 'longest-emoji', title: `${most}, emoji`, value: filled('\u{1F4DE}'), level: 'SHOULD' },
  ];
}
