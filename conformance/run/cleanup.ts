/** Deletes what a run created on the target, and says what it could not delete. */
import type { Contract } from '../contract/types.ts';
import type { Validators } from '../contract/validators.ts';
import type { CleanupEntry, Exchange, LedgerEntry } from '../model/index.ts';
import { explanationOf } from '../rules/kit/explanation.ts';
import { BlockedError, UnansweredError } from '../rules/types.ts';
import { createTarget, maskExchange, type Target, type TargetOptions } from '../target/index.ts';
import { planCleanup, type Removal } from './cleanup-plan.ts';
import { maskTexts } from './mask-report.ts';
import { createSession } from './session.ts';

export interface CleanupOptions {
  contract: Contract;
  validators: Validators;
  target: Omit<TargetOptions, 'secrets' | 'signal'>;
  token?: string;
  roleTokens: Record<string, string>;
  /** Values to mask. */
  secrets: string[];
  fixtures: ReadonlyMap<string, string>;
  /** Opens the target; by default over HTTP. */
  openTarget?: (options: TargetOptions) => Target;
  /** Ends it; what was not deleted by then is left. */
  signal?: AbortSignal;
  /** Called with each request that was sent. */
  onExchange?: (exchange: Exchange) => void;
  /** Called with the line for the ledger's file, as soon as a record is known to be gone. */
  onDeleted?: (entry: LedgerEntry) => void;
}

/** What one attempt at a record came to. */
interface Tried extends Pick<CleanupEntry, 'status' | 'reason'> {
  /** Worth another attempt when the others are gone. */
  again?: boolean;
  code?: number;
}

/** It is not there (any more): RFC 9110 sections 15.5.5 and 15.5.11. */
const GONE = new Set([404, 410]);
/** No DELETE is done there, whatever the record: RFC 9110 sections 15.5.6 and 15.6.2. */
const NEVER = new Set([405, 501]);

/**
 * Sends the contract's DELETE for each record of a ledger: children before their parents, the last one first. What was refused is
 * tried once more when everything else is gone.
 *
 * @param entries the ledger, in the order of creation; nothing else is ever deleted
 * @param options where, and as whom
 * @returns what became of each record, in the order of the attempts; it never rejects for anything that a target does
 */
export async function cleanUp(entries: readonly LedgerEntry[], options: CleanupOptions): Promise<CleanupEntry[]> {
  const { contract, target, fixtures } = options;
  const plan = planCleanup(entries, { contract, url: target.url, fixture: (name) => fixtures.get(name) });
  const opened = (options.openTarget ?? createTarget)({ ...target, secrets: options.secrets, signal: options.signal });
  const session = createSession({
    ...options,
    target: opened,
    targetUrl: target.url,
    headers: target.headers,
    seed: 0,
    consistencyMs: 0,
    explore: 0,
    workers: 1,
    now: () => performance.now(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onExchange: (exchange) => options.onExchange?.(maskExchange(exchange, (text) => opened.mask(text))),
  });
  const never = new Map<string, string>();
  const attempt = async ({ ask, reason }: Removal): Promise<Tried> => {
    if (!ask) return { status: 'left', reason };
    const known = never.get(ask.operation.id);
    if (known !== undefined) return { status: 'left', reason: known };
    try {
      const tried = triedOf(await session.send({ ...ask, judge: 'server-error' }));
      if (tried.code !== undefined && NEVER.has(tried.code)) never.set(ask.operation.id, tried.reason ?? '');
      return tried;
    } catch (error) {
      if (error instanceof UnansweredError) return { status: 'left', reason: error.message, again: true };
      if (error instanceof BlockedError) return { status: 'left', reason: error.message };
      throw error;
    }
  };
  const results = new Map<Removal, Tried>();
  const pass = async (removals: readonly Removal[]): Promise<void> => {
    for (const removal of removals) {
      const tried = await attempt(removal);
      results.set(removal, tried);
      if (tried.status !== 'left' && removal.ask)
        options.onDeleted?.(
          maskTexts(lineOf(removal.entry, removal.ask.operation.id, tried.code ?? 0), (text) => opened.mask(text)),
        );
    }
  };
  try {
    await pass(plan);
    await pass(plan.filter((removal) => results.get(removal)?.again));
  } finally {
    await opened.close();
  }
  return plan.map((removal) => entryOf(removal, results.get(removal), (text) => opened.mask(text)));
}

function triedOf(exchange: Exchange): Tried {
  const code = exchange.response?.status ?? 0;
  if (code >= 200 && code < 300) return { status: 'deleted', code };
  if (GONE.has(code)) return { status: 'gone', code };
  const reason = `DELETE answered ${String(code)}${explanationOf(exchange).said}`;
  return { status: 'left', reason, code, again: !NEVER.has(code) };
}

function lineOf({ operation, id, url }: LedgerEntry, by: string, status: number): LedgerEntry {
  return {
    operation,
    ...(id === undefined ? {} : { id }),
    url,
    at: new Date().toISOString(),
    deleted: { operation: by, status },
  };
}

function entryOf({ entry }: Removal, tried: Tried | undefined, mask: (text: string) => string): CleanupEntry {
  const { status, reason } = tried ?? { status: 'left' as const, reason: 'it was not tried' };
  return {
    operation: entry.operation,
    ...(entry.id === undefined ? {} : { id: mask(entry.id) }),
    status,
    ...(reason === undefined ? {} : { reason: mask(reason) }),
  };
}
