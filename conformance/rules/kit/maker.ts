/** What values are made with, and where one is made. */
import type { Contract, Schema } from '../../contract/types.ts';
import type { Fresh } from '../types.ts';
import type { PatternTexts } from './pattern-types.ts';

/** Seeded choices; those of lists and booleans are the same in every create. */
export type Chooser = Fresh & { choice: (name: string, below: number) => number };

export interface Maker {
  contract: Contract;
  fresh: Chooser;
  /**
   * The document has no keyword of ours: what it says of nested, conditional and repeated parts is all there is to go by. Contracts with
   * requirements show examples of theirs.
   */
  plain: boolean;
  /** Whether a value keeps the schema at a place. */
  keeps?: (pointer: string, value: unknown) => boolean;
  patternTexts?: PatternTexts;
  /** Which branch a union takes, by its place; the first where nothing is said. */
  branches?: ReadonlyMap<string, number>;
  /** So many more optional properties are sent inside of objects. */
  optional: number;
  make: (spot: Spot) => unknown;
}

/** A place in a request, and what the contract says of it. */
export interface Spot {
  schema: Schema;
  pointer: string;
  /** What the contract shows there. */
  example: unknown;
  /** Property names from the outermost to its own; items of a list bear the list's name. */
  names: readonly string[];
  /** What makes its choices different from those of other places. */
  name: string;
  depth: number;
  /** Places of the objects around it, of a schema that may hold itself. */
  above: readonly string[];
}

/** @returns the value when it is a number */
export function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
