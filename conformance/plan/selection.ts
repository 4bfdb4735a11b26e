/** Which cases a user wants: by profile, by id, by shard. */
import { closest } from 'fastest-levenshtein';
import picomatch from 'picomatch';

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
}

/** A pattern that matches no case. The message names the remedy. */
export class SelectionError extends Error {
  override name = 'SelectionError';
}

/**
 * @param ids the ids of all cases
 * @param selection what the user wants
 * @returns whether an id is wanted
 * @throws SelectionError for a pattern that matches no case
 */
export function selector(
  ids: readonly string[],
  selection: Pick<Selection, 'include' | 'exclude'>,
): (id: string) => boolean {
  const matcher = (option: string, pattern: string): ((id: string) => boolean) => {
    const matches = picomatch(pattern, { bash: true });
    if (!ids.some((id) => matches(id))) {
      const near = ids.length > 0 ? closest(pattern.replaceAll(/[*?]/g, ''), [...ids, ...parts(ids)]) : '';
      throw new SelectionError(
        `--${option} ${JSON.stringify(pattern)} matches no case.${near ? ` Did you mean ${JSON.stringify(near.includes('.') ? near : `${near}.*`)}?` : ''} \`ringtrue list\` shows all ids.`,
      );
    }
    return matches;
  };
  const include = selection.include.map((pattern) => matcher('include', pattern));
  const exclude = selection.exclude.map((pattern) => matcher('exclude', pattern));
  return (id) =>
    (include.length === 0 || include.some((matches) => matches(id))) && !exclude.some((matches) => matches(id));
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
