/** Which cases a user wants: by profile, by id, by shard. */
import { closest } from 'fastest-levenshtein';
import picomatch from 'picomatch';
import type { Rule } from '../rules/types.ts';

export interface Selection {
  profile: 'core' | 'full';
  /** Globs over case ids; empty = all. */
  include: string[];
  exclude: string[];
  readOnly: boolean;
  /** Roles for which a token is at hand. */
  roles: string[];
  explore: number;
  /** Names of the fixtures that have a value. */
  fixtures: string[];
  shard?: { index: number; count: number };
  /** Rules of the user's own, asked after RingTrue's. */
  rules?: readonly Rule[];
}

/** A pattern that matches no case. The message names the remedy. */
export class SelectionError extends Error {
  override name = 'SelectionError';
}

/** Whether a case is wanted, by its id, and whether every pattern has matched a case. */
export class Wanted {
  readonly #include: Pattern[];
  readonly #exclude: Pattern[];

  /** @param selection what the user wants */
  constructor(selection: Pick<Selection, 'include' | 'exclude'>) {
    this.#include = selection.include.map((glob) => patternOf('include', glob));
    this.#exclude = selection.exclude.map((glob) => patternOf('exclude', glob));
  }

  /** @param id a case's id */
  has(id: string): boolean {
    // Every pattern is asked, so that one which no other leaves a case to is not taken for one that matches none.
    const matching = (patterns: Pattern[]): boolean => patterns.filter((pattern) => matches(pattern, id)).length > 0;
    const included = matching(this.#include) || this.#include.length === 0;
    return !matching(this.#exclude) && included;
  }

  /**
   * @param ids the ids of all cases, each of which has been asked for
   * @throws SelectionError for a pattern that matches no case
   */
  refuseUnmatched(ids: readonly string[]): void {
    for (const { option, glob, matched } of [...this.#include, ...this.#exclude]) {
      if (matched) continue;
      const near = ids.length > 0 ? closest(glob.replaceAll(/[*?]/g, ''), [...ids, ...parts(ids)]) : '';
      throw new SelectionError(
        `--${option} ${JSON.stringify(glob)} matches no case.${near ? ` Did you mean ${JSON.stringify(near.includes('.') ? near : `${near}.*`)}?` : ''} \`ringtrue list\` shows all ids.`,
      );
    }
  }
}

interface Pattern {
  option: 'include' | 'exclude';
  glob: string;
  matches: (id: string) => boolean;
  matched: boolean;
}

function patternOf(option: Pattern['option'], glob: string): Pattern {
  return { option, glob, matches: picomatch(glob, { bash: true }), matched: false };
}

function matches(pattern: Pattern, id: string): boolean {
  const found = pattern.matches(id);
  pattern.matched ||= found;
  return found;
}

function parts(ids: readonly string[]): string[] {
  return [...new Set(ids.map((id) => id.split('.')[0] ?? id))];
}

/**
 * @param id a case's id
 * @param count how many shards there are
 * @returns the shard that the case belongs to, from 1 on: by the id alone, so that no shard needs to know another
 */
export function shardOf(id: string, count: number): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  return ((hash >>> 0) % count) + 1;
}
