/** One line on a terminal that is written over and over while the run goes on. */
import type { CaseResult } from '../model/index.ts';
import { visible } from '../report/escape.ts';

const EVERY_MS = 80;
const BAR = 24;

export interface Progress {
  update(done: number, total: number, last: CaseResult): void;
  /** Removes the line, so that something else can be written; the next update brings it back. */
  clear(): void;
}

/**
 * @param write writes to the terminal
 * @param columns its width
 * @param now a clock in milliseconds
 */
export function terminalProgress(
  write: (text: string) => void,
  columns: number,
  now = (): number => performance.now(),
): Progress {
  let shownAt = -Infinity;
  let visibleNow = false;
  let failed = 0;
  return {
    update(done, total, last) {
      if (last.status === 'fail') failed += 1;
      if (now() - shownAt < EVERY_MS) return;
      shownAt = now();
      const filled = total === 0 ? 0 : Math.round((done / total) * BAR);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
      const counts = `${bar} ${String(done)}/${String(total)}${failed === 0 ? '' : `, ${String(failed)} failed`}  `;
      const room = columns - counts.length - 1;
      write(`\r\u001b[2K${counts}${room < 12 ? '' : visible(last.id).slice(0, room)}`);
      visibleNow = true;
    },
    clear() {
      if (visibleNow) write('\r\u001b[2K');
      visibleNow = false;
    },
  };
}

/** For logs: a bar there is only noise. */
export const noProgress: Progress = { update: () => undefined, clear: () => undefined };
