/** What became of the records that were to be deleted, in a few lines. */
import type { CleanupEntry } from '../model/index.ts';
import { plural } from './summary.ts';

/** So many reasons are told where not everything is. */
const REASONS = 5;

/**
 * @param cleanup what became of each record; undefined where nobody wanted them deleted
 * @param all whether every record that was left is told, and not only the reasons
 * @returns one line when everything is gone, a line for each reason else; nothing where nothing was to be deleted
 */
export function cleanupLines(cleanup: readonly CleanupEntry[] | undefined, all = false): string[] {
  if (cleanup === undefined || cleanup.length === 0) return [];
  const count = (status: CleanupEntry['status']): number => cleanup.filter((one) => one.status === status).length;
  const gone = count('gone');
  const left = cleanup.filter((one) => one.status === 'left');
  const head = `Deleted: ${plural(count('deleted'), 'record')}${gone === 0 ? '' : `; ${String(gone)} were gone already`}${left.length === 0 ? '' : `; ${String(left.length)} left`}.`;
  if (all) return [head, ...left.map((one) => `  left ${one.operation} ${one.id ?? '(no id)'}: ${one.reason ?? ''}`)];
  const groups = new Map<string, CleanupEntry[]>();
  for (const one of left) {
    const key = `${one.operation}: ${one.reason ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const told = [...groups].sort((a, b) => b[1].length - a[1].length).slice(0, REASONS);
  const more = groups.size - told.length;
  return [
    head,
    ...told.map(([key, { length, 0: first }]) => {
      const such = first?.id === undefined ? '' : ` (${length === 1 ? '' : 'such as '}${first.id})`;
      return `  left ${String(length)} of ${key}${such}`;
    }),
    ...(more > 0 ? [`  … and ${plural(more, 'other reason')}; the JSON report has them all, as cleanup.`] : []),
  ];
}
