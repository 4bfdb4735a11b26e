/** Spreads trials over processes of the same command line. */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { TrialResult } from './try-subject.ts';
import type { TrialRequest } from './worker.ts';

/** A trial that takes longer is a complaint. */
const LIMIT_MS = 120_000;

export interface Spread {
  /** How many processes; by default as many as there are cores, up to four. */
  workers?: number;
  /** Called after each trial. */
  onResult?: (result: TrialResult, done: number) => void;
}

/**
 * @param keys what to try
 * @returns the results, in the order of the keys
 */
export async function tryAll(keys: readonly string[], { workers, onResult }: Spread): Promise<TrialResult[]> {
  const results = new Map<string, TrialResult>();
  const queue = [...keys];
  const count = Math.min(workers ?? Math.min(4, availableParallelism()), keys.length);
  const take = (): string | undefined => queue.shift();
  const tell = (result: TrialResult): void => {
    results.set(result.key, result);
    onResult?.(result, results.size);
  };
  await Promise.all(Array.from({ length: count }, () => work(take, tell)));
  return keys.flatMap((key) => results.get(key) ?? []);
}

/** One process after another, until nothing is left to take: one that dies takes only its own trial with it. */
async function work(take: () => string | undefined, tell: (result: TrialResult) => void): Promise<void> {
  for (let key = take(); key !== undefined;) {
    const lost = await oneProcess(key, take, tell);
    if (lost === undefined) return;
    tell(failed(lost.key, lost.why));
    key = take();
  }
}

/** @returns the trial that the process took with it when it died, or nothing when all is done */
function oneProcess(
  first: string,
  take: () => string | undefined,
  tell: (result: TrialResult) => void,
): Promise<{ key: string; why: string } | undefined> {
  return new Promise((resolve) => {
    const child = start();
    let key: string | undefined = first;
    let timer: NodeJS.Timeout | undefined;
    let why = 'its process ended before the trial did';
    const ask = (): void => {
      clearTimeout(timer);
      if (key === undefined) {
        child.disconnect();
        return;
      }
      timer = setTimeout(() => {
        why = `no result within ${String(LIMIT_MS / 1000)} s`;
        child.kill('SIGKILL');
      }, LIMIT_MS);
      child.send({ key } satisfies TrialRequest);
    };
    child.on('message', (message) => {
      if (isResult(message)) {
        tell(message);
        key = take();
      }
      ask();
    });
    child.once('error', (error) => {
      why = error.message;
    });
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(key === undefined ? undefined : { key, why });
    });
  });
}

function start(): ChildProcess {
  const [, script] = process.argv;
  if (script === undefined) throw new Error('The self-test needs the command line that it is a command of.');
  // Its output is ours to write; what a broken behaviour says on standard error is worth reading.
  return fork(script, ['selftest', '--worker'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

function isResult(message: unknown): message is TrialResult {
  return typeof message === 'object' && message !== null && 'key' in message && 'killers' in message;
}

function failed(key: string, why: string): TrialResult {
  return { key, killers: [], warners: [], complaints: [why], findings: [], durationMs: 0 };
}
