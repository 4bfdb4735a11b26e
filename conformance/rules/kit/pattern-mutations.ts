/** Texts that a pattern of JSON Schema does not match, and that other dialects of regular expressions take for a match. */
import type { Schema } from '../../contract/types.ts';

export interface PatternMutation {
  /** Made of a right value; undefined when that leaves nothing to change. */
  value: (valid: unknown) => string | undefined;
  detail: string;
  what: string;
}

/** Arabic-Indic digits. */
const foreign = ['\u0660', '\u0661', '\u0662', '\u0663', '\u0664', '\u0665', '\u0666', '\u0667', '\u0668', '\u0669'];

/**
 * @param schema a property's schema
 * @param name the property
 * @param listed values that the contract itself names as refused
 * @returns the texts; none for a pattern without anything that dialects read differently
 * @see JSON Schema 2020-12 Core, section 6.4: patterns are those of ECMA-262, where `\d` is 0 to 9 and `$` the very end
 */
export function patternMutations(schema: Schema, name: string, listed: readonly unknown[]): PatternMutation[] {
  const { pattern } = schema;
  if (typeof pattern !== 'string') return [];
  const broken = (change: (text: string) => string) => (valid: unknown) => {
    if (typeof valid !== 'string' || !matches(pattern, valid)) return undefined;
    const text = change(valid);
    return text !== valid && !matches(pattern, text) ? text : undefined;
  };
  return [
    ...(pattern.includes(String.raw`\d`)
      ? [
          {
            value: broken(withForeignDigit),
            detail: 'foreign-digit',
            what: `${name} has a digit that is not ASCII`,
          },
        ]
      : []),
    ...(pattern.endsWith('$') && !listed.some((value) => typeof value === 'string' && value.endsWith('\n'))
      ? [
          {
            value: broken((text) => `${text}\n`),
            detail: 'line-break-at-the-end',
            what: `${name} has a line break at its end`,
          },
        ]
      : []),
  ];
}

/**
 * The last digit in another script. In what may be a telephone number it stands behind the last one: whoever leaves it out has the
 * number again that was set aside for fiction, and whoever reads it has that number with a digit too many.
 */
function withForeignDigit(text: string): string {
  const mayBeNumber = text.replaceAll(/\D/g, '').length >= 7;
  return text.replace(/\d(?=\D*$)/, (digit) => `${mayBeNumber ? digit : ''}${foreign[Number(digit)] ?? digit}`);
}

/** @returns whether a pattern of the contract matches; a pattern that is none matches everything */
export function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
