/** Whole processes: what a user waits for. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/contracts.ts';
import { median } from './statistics.ts';

/** The built command. */
export const cli = join(root, 'dist', 'cli.js');

const usageModule = fileURLToPath(new URL('usage.mjs', import.meta.url));

/** npm and CI hand settings down by the environment; a user's shell has none of them. */
export const plainEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_config_|RINGTRUE_|GITHUB_|FORCE_COLOR)/i.test(name)),
);

/** A finished process. */
export interface Finished {
  code: number | null;
  out: string;
  err: string;
  wallMs: number;
}

/** @returns how it went; one that takes longer than the limit is ended and has no code */
export async function run(
  command: string,
  args: readonly string[],
  { cwd = root, seconds = 120, env = {} }: { cwd?: string; seconds?: number; env?: Record<string, string> } = {},
): Promise<Finished> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env: { ...plainEnv, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (chunks.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (chunks.err += data.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...chunks, wallMs: performance.now() - started };
  } finally {
    clearTimeout(timer);
  }
}

/** Node with the meter: its wall time, CPU time and greatest memory. */
export async function meter(
  args: readonly string[],
  seconds = 120,
): Promise<Finished & { cpuMs: number; maxMiB: number }> {
  return inFolder(async (folder) => {
    const file = join(folder, 'usage.json');
    const finished = await run(process.execPath, ['--import', usageModule, ...args], {
      seconds,
      env: { BENCH_USAGE: file },
    });
    if (finished.code === null) return { ...finished, cpuMs: NaN, maxMiB: NaN };
    return { ...finished, ...(JSON.parse(readFileSync(file, 'utf8')) as { cpuMs: number; maxMiB: number }) };
  });
}

/**
 * Runs several commands in turn, round after round, so that a noisy minute strikes all of them alike.
 *
 * @returns the median wall time of each
 */
export async function medians(
  commands: Readonly<Record<string, readonly string[]>>,
  rounds: number,
): Promise<Map<string, number>> {
  const walls = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const { wallMs, code, err } = await run(process.execPath, args);
      if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${err.slice(-400)}`);
      walls.set(name, [...(walls.get(name) ?? []), wallMs]);
    }
  }
  return new Map([...walls].map(([name, values]) => [name, median(values)]));
}

/** A server that prints its address when it listens. */
export interface Server {
  url: string;
  close(): Promise<void>;
}

/** Starts a server in a process of its own. */
export async function startServer(
  command: string,
  args: readonly string[],
  announced = /(https?:\/\/[\w.]+:\d+)/,
): Promise<Server> {
  const child: ChildProcess = spawn(command, args, {
    cwd: root,
    env: { ...plainEnv, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      said += data.toString();
      const found = announced.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`${command} ended: ${said.slice(-400)}`)));
    setTimeout(
      () => reject(new Error(`${command} does not say where it listens: ${said.slice(-400)}`)),
      40_000,
    ).unref();
  });
  return {
    url,
    close: async () => {
      if (child.exitCode !== null || !child.kill('SIGKILL')) return;
      await once(child, 'exit');
    },
  };
}

/** The reference server, as `ringtrue serve` starts it. */
export function startReference(): Promise<Server> {
  return startServer(process.execPath, [cli, 'serve', '--port', '0']);
}

/** Hands a temporary folder to the work and removes it afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'ringtrue-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
