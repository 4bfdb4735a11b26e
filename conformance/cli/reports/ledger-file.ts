/** Tells of each created record in a file as soon as it is known, so that a run that is killed leaves nothing behind unknown. */
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LedgerEntry } from '../../model/index.ts';
import { reasonOf } from '../reason.ts';
import { jsonSafe } from '../../report/escape.ts';
import { UsageError } from '../errors.ts';
import { checkWritable } from '../files.ts';
import type { Sink } from './sinks.ts';

export interface LedgerFile {
  /** Adds one line; by the time it returns, the line is the operating system's to keep. */
  add(entry: LedgerEntry): void;
}

/**
 * @param file as the user named it; what stands in it stays
 * @param cwd the folder in which the user is
 * @param sinks the reports, none of which may be written over it
 * @param stop called once, with a sentence, when it can no longer be written: what is created from then on could not be found again
 * @throws UsageError when it cannot be written from the start
 */
export function openLedger(
  file: string,
  cwd: string,
  sinks: readonly Sink[],
  stop: (sentence: string) => void,
): LedgerFile {
  const path = resolve(cwd, file);
  checkWritable(path, file, '--ledger');
  if (sinks.some((sink) => sink.file?.path === path)) {
    throw new UsageError(`--ledger: a report is to be written to ${file} as well; give each a file of its own.`);
  }
  let failed = false;
  return {
    add: (entry) => {
      try {
        appendFileSync(path, `${jsonSafe(JSON.stringify(entry))}\n`);
      } catch (error) {
        if (!failed) stop(`--ledger: ${file} can no longer be written: ${reasonOf(error)}. The run stopped.`);
        failed = true;
      }
    },
  };
}
