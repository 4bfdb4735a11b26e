/** Seeded choices that depend on nothing but the seed and a key: the same in whatever order cases run. */
import { createHash } from 'node:crypto';
import type { Fresh } from '../rules/types.ts';

/**
 * @param seed the run's seed
 * @returns the text that stands in every record of the run that has a place for it; letters first, so that no reader takes it for a number
 */
export function runMarker(seed: number): string {
  return `rt${seed.toString(36)}`;
}

/**
 * @param seed the run's seed
 * @returns choices for a key
 */
export function freshFor(seed: number): (key: string) => Fresh {
  const known = new Map<string, Fresh>();
  const digest = (text: string): Buffer =>
    createHash('sha256')
      .update(`${String(seed)}\0${text}`)
      .digest();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const made: Fresh = {
      token:
        runMarker(seed) +
        Number(`0x${digest(key).toString('hex').slice(0, 11)}`)
          .toString(36)
          .padStart(9, '0'),
      int: (name, below) => (below <= 0 ? 0 : digest(`${key}\0${name}`).readUInt32BE(0) % below),
      hex: (name, length) => digest(`${key}\0${name}`).toString('hex').slice(0, length),
    };
    known.set(key, made);
    return made;
  };
}
