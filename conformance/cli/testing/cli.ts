/** Runs the real command as a process, as a user's shell would. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** What the surroundings of the tests must not change. */
const FOREIGN = /^(RINGTRUE_|GITHUB_|CI$|NO_COLOR$|FORCE_COLOR$|(HTTPS?|ALL|NO)_PROXY$)/i;

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Surroundings {
  cwd?: string;
  env?: Record<string, string>;
  /** Text for standard input. */
  input?: string;
}

/** Starts the command. */
export function start(args: readonly string[], { cwd, env }: Surroundings = {}): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return spawn(process.execPath, [cli, ...args], { cwd, env: { ...Object.fromEntries(own), ...env } });
}

/** Runs the command to its end. */
export async function ringtrue(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const child = start(args, surroundings);
  child.stdin?.end(surroundings.input ?? '');
  return ended(child);
}

/** Waits for the end of a command that was started. */
export function ended(child: ChildProcess): Promise<Outcome> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...text }));
  });
}

export interface Folder {
  path: string;
  remove: () => void;
}

/** An empty folder, so that no config file of anybody's is found. */
export function emptyFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'ringtrue-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
