/** What calls an emergency service, in numbers, in words and as a service URN. */

/**
 * Emergency numbers of the world, as the public metadata of short numbers lists them country by country. One that is an ordinary
 * short number elsewhere is an emergency number here: where the target stands is not known.
 */
const numbers = new Set(
  (
    '01 02 03 08 13 14 15 16 17 18 19 90 91 92 93 94 000 001 002 003 011 019 022 033 050 060 065 066 068 080 085 088 100 101 102 ' +
    '103 104 105 106 107 108 110 111 112 113 114 115 116 117 118 119 120 122 123 124 125 127 128 129 130 131 132 133 140 144 150 ' +
    '151 152 153 154 155 156 157 158 159 160 166 170 171 172 175 177 180 188 190 191 192 193 194 195 197 198 199 211 311 333 355 ' +
    '511 555 666 819 888 901 902 903 911 912 913 917 919 922 933 939 955 977 990 991 992 993 994 995 996 997 998 999 1122 1220 ' +
    '1298 1300 1444 1669 1730 2611 9999'
  ).split(' '),
);

/** @returns whether digits, as dialled, are the number of an emergency service somewhere */
export function isEmergencyNumber(digits: string): boolean {
  return numbers.has(digits) || numbers.has(digits.replace(/^0+(?=\d\d)/, ''));
}

/** RFC 5031: the service URN and all below it; NENA's own and the words that stand for it. */
const urn = /urn:(?:[a-z0-9-]+:)?service:(?:sos|responder|test\.sos)|urn:emergency/i;

/** @returns whether a text holds a service URN of the emergency services */
export function holdsServiceUrn(text: string): boolean {
  return urn.test(text);
}

const words = new Set(['emergency', 'emergencies', 'sos', 'e911', 'e112', 'ecall', 'psap', 'notruf', 'emergencia']);
const denials = new Set(['non', 'no', 'not']);

/** @returns whether a name or a value that is one word, or words written together, says emergency: `EMERGENCY`, `sos`, `emergencyCall` */
export function saysEmergency(text: string): boolean {
  const found = wordsOf(text);
  return (
    found.some((word, index) => words.has(word) && !denials.has(found[index - 1] ?? '')) || /^e911|e911$/i.test(text)
  );
}

/** @returns the words of a name in camel, snake, kebab or dotted case, in lower case */
export function wordsOf(name: string): readonly string[] {
  const known = wordsByName.get(name);
  if (known) return known;
  const found = split(name);
  if (wordsByName.size < MOST_NAMES) wordsByName.set(name, found);
  return found;
}

/** The same few names are asked for with every request. */
const wordsByName = new Map<string, readonly string[]>();
const MOST_NAMES = 2000;

function split(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
