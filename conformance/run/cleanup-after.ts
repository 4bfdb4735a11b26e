/** The end of a run with --cleanup: it has a time of its own, so that an interrupted run cleans up too. */
import type { Validators } from '../contract/validators.ts';
import type { CleanupEntry, Exchange, LedgerEntry } from '../model/index.ts';
import { cleanUp, type CleanupOptions } from './cleanup.ts';

/** Who interrupted a run waits, but not for long. */
const INTERRUPTED_MS = 30_000;
const USUAL_MS = 600_000;

/** What a run that is over knows: see `SuiteOptions`. */
export interface FinishedRun extends Pick<
  CleanupOptions,
  'contract' | 'target' | 'token' | 'roleTokens' | 'openTarget' | 'signal'
> {
  fixtures: readonly { name: string; value: string }[];
  onEvent?: (
    event:
      | { type: 'exchange'; exchange: Exchange }
      | { type: 'record'; entry: LedgerEntry }
      | { type: 'cleanup'; records: number; boundMs: number },
  ) => void;
}

/**
 * @param run the run that is over
 * @param ledger what it created, in order
 * @param secrets values to mask
 * @param validators as the run had them
 * @param boundMs the time that it may take; by default half a minute after an interrupted run, ten minutes after any other
 * @returns what became of each record
 */
export async function cleanUpAfter(
  run: FinishedRun,
  ledger: readonly LedgerEntry[],
  secrets: string[],
  validators: Validators,
  boundMs = run.signal?.aborted === true ? INTERRUPTED_MS : USUAL_MS,
): Promise<CleanupEntry[]> {
  if (ledger.length === 0) return [];
  run.onEvent?.({ type: 'cleanup', records: ledger.length, boundMs });
  const stop = new AbortController();
  const message = `The time for deleting, ${String(boundMs / 1000)} s, is used up; \`ringtrue cleanup LEDGER\` goes on with the file of --ledger.`;
  const bound = setTimeout(() => stop.abort({ kind: 'budget', message }), boundMs);
  // A person may interrupt this as well, once more than the run.
  const signal = run.signal?.aborted === false ? AbortSignal.any([stop.signal, run.signal]) : stop.signal;
  try {
    return await cleanUp(ledger, {
      contract: run.contract,
      validators,
      target: run.target,
      token: run.token,
      roleTokens: run.roleTokens,
      secrets,
      fixtures: new Map(run.fixtures.map(({ name, value }) => [name, value])),
      openTarget: run.openTarget,
      signal,
      onExchange: (exchange) => run.onEvent?.({ type: 'exchange', exchange }),
      onDeleted: (entry) => run.onEvent?.({ type: 'record', entry }),
    });
  } finally {
    clearTimeout(bound);
  }
}
