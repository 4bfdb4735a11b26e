/** Waiting for a target that is still starting. */
import type { TransportError } from '../model/index.ts';
import { createTarget } from './client.ts';
import type { TargetOptions } from './types.ts';

const POLL_EVERY_MS = 100;

/**
 * Asks the target's URL again and again until it answers anything at all over HTTP.
 *
 * @param options how to reach the target; `timeoutMs` bounds each single try
 * @param seconds how long to try
 * @returns undefined as soon as an answer came; else why the last try failed
 */
export async function waitFor(options: TargetOptions, seconds: number): Promise<TransportError | undefined> {
  const now = options.now ?? (() => performance.now());
  const deadline = now() + seconds * 1000;
  for (;;) {
    const left = deadline - now();
    const error = await tryOnce({ ...options, timeoutMs: Math.max(1, Math.min(options.timeoutMs, left)) });
    if (!error || error.kind === 'aborted' || error.kind === 'budget') return error;
    if (now() + POLL_EVERY_MS >= deadline) {
      return { kind: error.kind, message: `${error.message} It was waited for during ${seconds} s.` };
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
}

async function tryOnce(options: TargetOptions): Promise<TransportError | undefined> {
  const target = createTarget({ ...options, retryAfterBudgetMs: 0 });
  try {
    const { error } = await target.send({ operation: 'wait', method: 'GET', path: '/', repeatable: false });
    // Being told to come back later is an answer.
    return error?.kind === 'rate-limited' ? undefined : error;
  } finally {
    await target.close();
  }
}
