/** Ids that no record has. */
import type { Fresh } from '../types.ts';

/**
 * @param id an id that the target made
 * @returns one of the same shape that it did not make: each letter and digit is replaced by another of its kind
 */
export function unknownLike(id: string, fresh: Fresh): string {
  const isHex = /^[0-9a-f-]+$/.test(id) && /[a-f]/.test(id) && id.length >= 16;
  return [...id]
    .map((char, index) => {
      // Prefixes and version digits of UUIDs make the shape; they stay.
      if (index < id.length - 12 && id.length > 14) return char;
      const pick = (alphabet: string): string => alphabet[fresh.int(`id-${String(index)}`, alphabet.length)] ?? char;
      if (/[0-9]/.test(char)) return isHex ? pick('0123456789abcdef') : pick('123456789');
      if (/[a-z]/.test(char)) return isHex ? pick('0123456789abcdef') : pick('abcdefghjkmnpqrstvwxyz');
      if (/[A-Z]/.test(char)) return pick('ABCDEFGHJKMNPQRSTVWXYZ');
      return char;
    })
    .join('');
}
