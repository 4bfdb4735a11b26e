/** A misspelt variable is overlooked by everybody; say so. */
import { envNameOf } from './options/spec.ts';
import { runOptions } from './options/run-options.ts';
import { closest } from './suggest.ts';
import type { Io } from './io.ts';

/** @returns a sentence for each `RINGTRUE_…` variable that nearly has the name of one that is read */
export function misspeltVariables(env: Io['env']): string[] {
  const known = [...runOptions.map(envNameOf), 'RINGTRUE_DEBUG'];
  return Object.keys(env)
    .filter((name) => name.startsWith('RINGTRUE_') && !known.includes(name))
    .flatMap((name) => {
      const meant = closest(name, known);
      return meant === undefined ? [] : [`${name} is no variable of RingTrue. Did you mean ${meant}?`];
    });
}
