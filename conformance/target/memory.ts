/** Bounds what all the answers of a run take together, however long the run keeps them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Smaller values are too many to be followed one by one, and too few to do harm. */
const LIGHT = 256 * 1024;

/** So much may pass through before what is left of it is cleared away; V8 by itself waits for more. */
const PASSING = 64 * 1024 * 1024;

/** So many pieces of a value are watched, evenly spread: they stand for the others, and watching each of them costs more than reading it. */
const WATCHED = 256;

/**
 * Keeps account of big values as long as anybody holds them. Who holds them is not known here (a control that many cases share, a
 * record that is compared later), so the garbage collector is asked, and only when the account is overdrawn.
 */
export class Memory {
  readonly #budget: number;
  readonly #collect: () => void;
  #kept: Entry[] = [];
  #total = 0;
  #passed = 0;
  #collecting: Promise<void> | undefined;

  /**
   * @param budget bytes
   * @param collect frees what nobody holds
   */
  constructor(budget: number, collect: () => void = collectGarbage) {
    this.#budget = budget;
    this.#collect = collect;
  }

  /**
   * @param value what is to be kept
   * @param weight about how many bytes it takes
   * @returns whether there is room for it; a promise when that has to be found out
   */
  take(value: unknown, weight: number): boolean | Promise<boolean> {
    if (weight <= LIGHT || typeof value !== 'object' || value === null) return true;
    const entry = { pieces: someOf(piecesOf(value)).map((piece) => new WeakRef(piece)), weight };
    this.#kept.push(entry);
    this.#total += weight;
    return this.#total <= this.#budget || this.#makeRoom(entry);
  }

  /** Takes note that a body of so many bytes was read and let go. */
  pass(bytes: number): void {
    if (bytes <= LIGHT) return;
    this.#passed += bytes;
    if (this.#passed < PASSING) return;
    this.#passed = 0;
    this.#collect();
  }

  async #makeRoom(entry: Entry): Promise<boolean> {
    this.#collecting ??= this.#prune();
    await this.#collecting;
    if (this.#total <= this.#budget) return true;
    // Looking at what is left has made a new entry of it, and nobody will hold it.
    const refused = new Set(entry.pieces);
    this.#kept = this.#kept.filter(({ pieces }) => !pieces.some((piece) => refused.has(piece)));
    this.#total = this.#kept.reduce((sum, { weight }) => sum + weight, 0);
    return false;
  }

  async #prune(): Promise<void> {
    // A weak reference holds its value until the end of the turn in which it was made or read.
    await nextTurn();
    this.#collect();
    this.#kept = this.#kept.map(withoutFreed).filter(({ pieces }) => pieces.length > 0);
    this.#total = this.#kept.reduce((sum, { weight }) => sum + weight, 0);
    this.#collecting = undefined;
  }
}

/** A value, and what it takes; each of its pieces may be held without the others. */
interface Entry {
  pieces: WeakRef<object>[];
  weight: number;
}

/** How deep the list of a page of records may stand. */
const DEPTH = 4;

/** The items of its longest list, or else the value itself: a run keeps records of a page, and not the page. */
function piecesOf(value: object): object[] {
  let longest: object[] = [];
  const look = (node: unknown, depth: number): void => {
    if (typeof node !== 'object' || node === null || depth > DEPTH) return;
    if (Array.isArray(node)) {
      const items = node.filter((item): item is object => typeof item === 'object' && item !== null);
      if (items.length > longest.length) longest = items;
      return;
    }
    for (const inner of Object.values(node)) look(inner, depth + 1);
  };
  look(value, 0);
  return longest.length > 0 ? longest : [value];
}

function someOf(pieces: object[]): object[] {
  if (pieces.length <= WATCHED) return pieces;
  const stride = pieces.length / WATCHED;
  return pieces.filter((_, index) => Math.floor(index / stride) !== Math.floor((index - 1) / stride));
}

function withoutFreed({ pieces, weight }: Entry): Entry {
  const held = pieces.filter((piece) => piece.deref() !== undefined);
  return { pieces: held, weight: (weight * held.length) / pieces.length };
}

/** Node keeps its collector to itself unless told otherwise. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
