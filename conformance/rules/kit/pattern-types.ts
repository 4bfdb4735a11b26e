/** Texts for patterns, without the library that makes them: published types may show none of its own. */

/** What a text has to be besides matching the pattern. */
export interface TextBounds {
  /** Code points, as JSON Schema counts (Validation 2020-12, sections 6.3.1 and 6.3.2). */
  least: number;
  most: number;
  /** Says of a text that is right otherwise whether it may be sent. */
  suits?: (text: string) => boolean;
}

/** @returns a text that the pattern matches, the same for the same seed; undefined when none is found */
export type PatternTexts = (pattern: string, bounds: TextBounds, seed: number) => string | undefined;
