/** Seeded choices that depend on nothing but the seed and a key: the same in whatever order cases run. */
import type { Fresh } from '../rules/types.ts';

/**
 * @param seed the run's seed
 * @returns the text that stands in every record of the run that has a place for it; letters first, so that no reader takes it for a number
 */
export function runMarker(seed: number): string {
  return `rt${seed.toString(36)}`;
}

/**
 * @param seed the run's seed: it alone decides what is chosen
 * @param nonce of the run: texts and keys are new in every run, since a target may refuse what it has seen before
 * @returns choices for a key
 */
export function freshFor(seed: number, nonce = ''): (key: string) => Fresh {
  const known = new Map<string, Fresh>();
  const base = `${String(seed)}\0`;
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const own = `${base}${key}\0`;
    const [high, low] = hash(nonce + own, 0);
    const made: Fresh = {
      token: runMarker(seed) + ((high % 0x1000) * 2 ** 32 + low).toString(36).padStart(9, '0'),
      int: (name, below) => (below <= 0 ? 0 : hash(own + name, 1)[0] % below),
      hex: (name, length) => {
        let text = '';
        for (let round = 2; text.length < length; round += 1)
          text += hash(nonce + own + name, round)
            .map((part) => part.toString(16).padStart(8, '0'))
            .join('');
        return text.slice(0, length);
      },
    };
    known.set(key, made);
    return made;
  };
}

/**
 * 64 bits from a text: two FNV-1a-like lanes with MurmurHash3's finalizer. Nobody has to be kept from guessing these values, they
 * only have to differ, and a run wants some ten thousand of them: SHA-256 took 3 % of a run.
 */
function hash(text: string, round: number): [high: number, low: number] {
  let high = 0xdeadbeef ^ Math.imul(round, 0x9e3779b1);
  let low = 0x41c6ce57 ^ Math.imul(round, 0x85ebca6b);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [(high ^ (high >>> 16)) >>> 0, (low ^ (low >>> 16)) >>> 0];
}
