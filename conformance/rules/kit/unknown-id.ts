/** Ids that no record has. */
import type { Fresh } from '../types.ts';

/** Tries until an id is one that the run does not know; more than a few are needed only for ids of one letter. */
const TRIES = 20;

/** So many letters or digits at the end of an id are enough to make another one of them. */
const ENOUGH = 6;

/**
 * @param id an id that the target made
 * @param fresh where chance comes from
 * @param known ids that the target made as well
 * @returns one of the same shape that it did not make: prefixes stay, digits and letters are replaced by others of their kind
 */
export function unknownLike(id: string, fresh: Fresh, known: readonly { id: string }[] = []): string {
  for (let turn = 0; turn < TRIES; turn += 1) {
    const made = alike(id, { ...fresh, int: (name, below) => fresh.int(`${name}/${String(turn)}`, below) });
    if (made !== id && !known.some((record) => record.id === made)) return made;
  }
  return `${id}${fresh.hex('unknown', ENOUGH)}`;
}

function alike(id: string, fresh: Fresh): string {
  // `call_0f3a`, `vc-17`: what stands before the last separator makes the shape. The last group of a UUID is the one that changes.
  const last = Math.max(id.lastIndexOf('_'), id.lastIndexOf('-'), id.lastIndexOf(':'), id.lastIndexOf('.')) + 1;
  // In base64url and the like a separator is a letter as any other.
  const cut = last > 0 && /^\d+$/.test(id.slice(last)) ? last : id.length - last < ENOUGH ? 0 : last;
  const [prefix, tail] = [id.slice(0, cut), id.slice(cut)];
  // Counted ids: far beyond any count, and no longer than a number may be.
  if (/^\d+$/.test(tail)) return prefix + `9${digits(fresh, Math.max(tail.length, 9) - 1)}`;
  const isHex = /^[0-9a-f]+$/.test(tail) && tail.length >= 8;
  const isUpperHex = /^[0-9A-F]+$/.test(tail) && tail.length >= 8;
  const changed = [...tail]
    .map((char, index) => {
      // The head of a long id is often a time; its tail is chance.
      if (index < tail.length - 12) return char;
      const pick = (alphabet: string): string => alphabet[fresh.int(`id-${String(index)}`, alphabet.length)] ?? char;
      if (isHex) return pick('0123456789abcdef');
      if (isUpperHex) return pick('0123456789ABCDEF');
      if (/[0-9]/.test(char)) return pick('123456789');
      if (/[a-z]/.test(char)) return pick('abcdefghjkmnpqrstvwxyz');
      if (/[A-Z]/.test(char)) return pick('ABCDEFGHJKMNPQRSTVWXYZ');
      return char;
    })
    .join('');
  return prefix + changed;
}

function digits(fresh: Fresh, count: number): string {
  return Array.from({ length: count }, (_, index) => String(fresh.int(`digit-${String(index)}`, 10))).join('');
}
