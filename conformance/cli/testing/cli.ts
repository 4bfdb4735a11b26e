/** Runs the command line: in this process where that makes no difference, or as a process, as a user's shell would. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wantsColor } from '../io.ts';
import { runCli } from '../program.ts';

/** Where the tests themselves were started. */
const home = process.cwd();

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

export interface ProcessSurroundings extends Omit<Surroundings, 'input'> {
  /** An open file in place of a pipe. */
  stdin?: number;
  stdout?: number;
  /** A shell command that runs in the folder first. */
  before?: string;
}

function environment(env: Record<string, string> = {}): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(own), ...env };
}

/** Starts the command as a process: for what is about signals, pipes and the end of the process. */
export function start(args: readonly string[], { cwd, env, ...more }: ProcessSurroundings = {}): ChildProcess {
  const stdio: StdioOptions = [more.stdin ?? 'pipe', more.stdout ?? 'pipe', 'pipe'];
  const options = { cwd, env: environment(env), stdio };
  if (more.before === undefined) return spawn(process.execPath, [cli, ...args], options);
  return spawn('sh', ['-c', `${more.before} && exec "$0" "$@"`, process.execPath, cli, ...args], options);
}

/** Runs the command to its end: in this process, or as one of its own where something stands on standard input. */
export async function ringtrue(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  if (surroundings.input !== undefined) {
    const child = start(args, surroundings);
    child.stdin?.end(surroundings.input);
    return ended(child);
  }
  // As a shell would; commands that run at the same time in one process have to be in one folder.
  process.chdir(surroundings.cwd ?? home);
  const env = environment(surroundings.env);
  const color = wantsColor(env, false, args.includes('--no-color'));
  let stdout = '';
  let stderr = '';
  const code = await runCli(args, {
    out: (text) => (stdout += text),
    err: (text) => (stderr += text),
    env,
    cwd: process.cwd(),
    color: { out: color, err: color },
    columns: undefined,
    interactive: false,
  });
  return { code, stdout, stderr };
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
  return {
    path,
    remove: () => {
      process.chdir(home);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
