/** What a dialler could make of a text, however lenient it is: it may drop letters, zeros, spaces and a plus sign, or read letters off the keypad. */
import { isEmergencyNumber } from './emergency.ts';
import { isFictional, isFictionalAtHome, staysFictional } from './fictional.ts';

/** Whom a value may reach. */
export type Reach = 'emergency' | 'phone';

/** Country codes that ITU-T lists as spare or reserved, with no subscriber behind them: 28x, 83x, 89x and 999. */
const spareCode = /^(?:28|83|89|999)/;

/** So many digits are more than any country dials at home. */
const LONGER_THAN_NATIONAL = 14;

const keypad = ['', '', 'abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/**
 * @param text what stands where a telephone number is expected
 * @returns whom it may reach, undefined when nobody
 */
export function reachOf(text: string): Reach | undefined {
  const plain = westernDigits(text).trim();
  const international = /^[^\p{L}\d]*\+/u.test(plain) || /^(?:00|011)[1-9]/.test(plain);
  const found = readings(plain).map((digits) => reachOfDigits(digits, international));
  return found.find((reach) => reach === 'emergency') ?? found.find((reach) => reach !== undefined);
}

/** What digits may be dialled for a text: all of them, those that its letters stand for as well, those before its first letter. */
function readings(text: string): string[] {
  const digits = text.replaceAll(/\D/g, '');
  if (digits === '') return [];
  const letters = text.replaceAll(/[^a-z]/gi, '').length;
  if (letters === 0) return [digits];
  const typed = text.replaceAll(/[a-z]/gi, (letter) =>
    String(keypad.findIndex((key) => key.includes(letter.toLowerCase()))),
  );
  const head = text.replace(/[a-z].*$/is, '').replaceAll(/\D/g, '');
  return [digits, ...(letters <= 10 ? [typed.replaceAll(/\D/g, '')] : []), ...(head === '' ? [] : [head])];
}

function reachOfDigits(digits: string, international: boolean): Reach | undefined {
  if (isEmergencyNumber(digits)) return 'emergency';
  const bare = digits.replace(/^0+/, '');
  if (bare.length <= 1) return undefined;
  const forms = [bare, digits.replace(/^011/, '')];
  if (forms.some(isFictional) || isFictionalAtHome(digits)) return undefined;
  if (international && staysFictional(bare)) return undefined;
  if (digits.length > 11 && staysFictional(bare)) return undefined;
  const isLong = digits.length >= LONGER_THAN_NATIONAL;
  if (spareCode.test(bare) && (isLong || (international && bare === digits))) return undefined;
  return 'phone';
}

/** Digits of any script as 0 to 9, full-width signs as plain ones. */
function westernDigits(text: string): string {
  return text.normalize('NFKC').replaceAll(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    if (point < 0x80) return digit;
    let value = 0;
    // Unicode keeps the ten digits of a script side by side, zero first (The Unicode Standard, section 4.6).
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) value += 1;
    return String(value);
  });
}
