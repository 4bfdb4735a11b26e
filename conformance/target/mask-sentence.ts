/** Masks sentences of our own: what a target said stands in them between quotation marks. */

const QUOTED = /("(?:[^"\\]|\\.)*")/;

/** A plain word between spaces or marks of a sentence; part of an address or of a header is none. */
const WORD = /(?<=^|[\s(])[A-Za-z]+(?=$|[\s)]|[,.;:!?](?:$|[\s)]))/g;

/** Stands for a word of ours while the rest is masked; no text has it (Unicode, private use). */
const HELD = '\uE000';

/**
 * Whoever has an ordinary word for a token would read sentences with holes: a word that stands there unquoted is ours, whatever the
 * secret is. Everything else, between quotation marks, in an address or glued to something, is masked as ever.
 *
 * @param text a sentence of ours, which quotes what was sent or answered in the manner of JSON
 * @param mask takes secrets out of a text
 * @returns the sentence without a secret in it
 */
export function maskSentence(text: string, mask: (text: string) => string): string {
  const masked = mask(text);
  if (masked === text || text.includes(HELD)) return masked;
  const parts = text.split(QUOTED).map((part, index) => (index % 2 === 1 ? mask(part) : maskUnquoted(part, mask)));
  return parts.join('');
}

function maskUnquoted(text: string, mask: (text: string) => string): string {
  const held: string[] = [];
  const open = text.replaceAll(WORD, (word) => {
    if (mask(word) === word) return word;
    held.push(word);
    return HELD;
  });
  return mask(open).replaceAll(HELD, () => held.shift() ?? '');
}
