/**
 * Telephone numbers that regulators have set aside for fiction, so that no subscriber ever has them. Only ranges that a regulator or
 * a numbering administration publishes stand here; a country without one has no row.
 */

/** Seeded choices: the same seed and name give the same number. */
export interface Choice {
  /** A whole number from 0 up to, not including, `below`. */
  int: (name: string, below: number) => number;
}

interface Range {
  /** Country calling code (ITU-T E.164 section 6.2.1). */
  code: string;
  /** What is dialled in front of the national number inside the country. */
  trunk: string;
  /** The national number up to the free digits. */
  prefix: string;
  /** The free digits: from, to, both written with all their zeros. */
  from: string;
  to: string;
}

const range = (code: string, trunk: string, prefix: string, from: string, to: string): Range => ({
  code,
  trunk,
  prefix,
  from,
  to,
});

/** The area codes from which numbers of the North American plan are chosen. */
const areaCodes = [
  201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
];

/** The first range of a country is the one that numbers are chosen from, unless a pattern wants another. */
const ranges: readonly Range[] = [
  // Ofcom, Telephone numbers for use in TV and radio drama.
  range('44', '0', '7700900', '000', '999'),
  range('44', '0', '207946', '0000', '0999'),
  range('44', '0', '1632960', '000', '999'),
  ...['113', '114', '115', '116', '117', '118', '121', '131', '141', '151', '161'].map((area) =>
    range('44', '0', `${area}496`, '0000', '0999'),
  ),
  range('44', '0', '191498', '0000', '0999'),
  range('44', '0', '292018', '0000', '0999'),
  range('44', '0', '808157', '0000', '0999'),
  range('44', '0', '3069990', '000', '999'),
  // ACMA, Phone numbers for use in TV shows, films and creative works.
  ...['006', '110', '156', '157', '158', '159', '313', '737'].map((last) => range('61', '0', '491570', last, last)),
  ...['2', '3', '7', '8'].map((area) => range('61', '0', `${area}5550`, '0000', '9999')),
  // ComReg, National Numbering Conventions: numbers for use in drama.
  range('353', '0', '2091', '00000', '99999'),
  // Arcep, decision 2009-0637: six ranges for audiovisual works.
  ...['639 98', '199 00', '261 91', '353 01', '465 71', '536 49'].map((prefix) =>
    range('33', '0', prefix.replace(' ', ''), '0000', '9999'),
  ),
  // Bundesnetzagentur, notice 148/2021: numbers for media productions.
  range('49', '0', '3023125', '000', '999'),
  range('49', '0', '6990009', '000', '999'),
  range('49', '0', '4066969', '000', '999'),
  range('49', '0', '2214710', '000', '999'),
  range('49', '0', '8999998', '000', '999'),
  range('49', '0', '17139200', '00', '99'),
  range('49', '0', '176040690', '00', '99'),
  // PTS, telephone numbers for use in books and films.
  range('46', '0', '701740', '605', '699'),
  range('46', '0', '8465004', '00', '99'),
  range('46', '0', '313900', '600', '699'),
];

/** Numbers of the North American plan: 555-0100 to 555-0199 in every geographic area code (ATIS-0300115). */
const northAmerican = /^1(?!(?:8(?:00|33|44|55|66|77|88)|900|5\d\d)5550)[2-9](?!11)\d{2}55501\d{2}$/;

/** @returns a number of the range +1 NPA 555-01xx that is set aside for fiction */
export function fictionalNumber(choice: Choice, name: string): string {
  const area = areaCodes[choice.int(`${name}/area`, areaCodes.length)] ?? 202;
  return `+1${String(area)}55501${String(choice.int(`${name}/line`, 100)).padStart(2, '0')}`;
}

/** @returns whether digits, country calling code first, are a number that is set aside for fiction */
export function isFictional(digits: string): boolean {
  if (northAmerican.test(digits)) return true;
  return ranges.some((one) => digits.startsWith(one.code) && isWithin(one, digits.slice(one.code.length)));
}

/** @returns whether digits are such a number as it is dialled inside its own country */
export function isFictionalAtHome(digits: string): boolean {
  if (digits.length === 10 && northAmerican.test(`1${digits}`)) return true;
  return ranges.some(
    (one) => one.trunk !== '' && digits.startsWith(one.trunk) && isWithin(one, digits.slice(one.trunk.length)),
  );
}

/**
 * @param digits what is left of a number of the North American plan from which characters were dropped, or to which some were added
 * @returns whether whatever a network would still make of it lies in 555-0100 to 555-0199: the plan has numbers of one length, more
 *   digits are not dialled, and fewer lead nowhere
 */
export function staysFictional(digits: string): boolean {
  return northAmerican.test(digits.slice(0, 11)) || northAmerican.test(digits.padEnd(11, '0'))
    ? digits.length >= 9
    : false;
}

/** A number as it can be written: with country code, and as it is dialled at home. */
export interface FictionalNumber {
  code: string;
  /** Country code and national number, digits alone. */
  digits: string;
  /** With the trunk prefix, digits alone. */
  home: string;
}

/**
 * @param choice seeded choices
 * @param name what the number is for
 * @returns one number of each range, those of the North American plan first
 */
export function fictionalNumbers(choice: Choice, name: string): FictionalNumber[] {
  const american = fictionalNumber(choice, name).slice(1);
  return [
    { code: '1', digits: american, home: american.slice(1) },
    ...ranges.map((one) => {
      const count = Number(one.to) - Number(one.from) + 1;
      const line = String(Number(one.from) + choice.int(`${name}/${one.code}/${one.prefix}`, count));
      const national = one.prefix + line.padStart(one.from.length, '0');
      return { code: one.code, digits: one.code + national, home: one.trunk + national };
    }),
  ];
}

function isWithin(one: Range, national: string): boolean {
  if (!national.startsWith(one.prefix)) return false;
  const line = national.slice(one.prefix.length);
  return line.length === one.from.length && line >= one.from && line <= one.to;
}
