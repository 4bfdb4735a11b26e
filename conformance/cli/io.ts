/** The one door to the process: where text goes, and what the surroundings are. Tests hand in their own. */
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { UsageError } from './errors.ts';
import { reasonOf } from './reason.ts';

export interface Io {
  /** Data: standard output. */
  readonly out: (text: string) => void;
  /** Talk: standard error. */
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether colours are wanted on standard output and on standard error. */
  readonly color: { out: boolean; err: boolean };
  /** Columns of the terminal; undefined when there is none. */
  readonly columns: number | undefined;
  /** Whether standard error is a terminal: only there a progress bar makes sense. */
  readonly interactive: boolean;
}

/** The parts of `process` that are used. */
export type ProcessLike = Pick<NodeJS.Process, 'env' | 'cwd'> & { stdout: Output; stderr: Output };

/** A terminal, a pipe or a file. */
export type Output = NodeJS.WriteStream & { readonly fd?: number };

/** The process's own door, which knows besides whether all that was to be written has been. */
export interface ProcessIo extends Io {
  /** Why standard output could not be written, as a sentence; undefined when nothing is lost. */
  readonly lost: () => string | undefined;
}

/**
 * @param process the process
 * @param noColor whether the user asked for none by flag
 * @throws UsageError when the working folder is no longer there
 */
export function ioOf({ env, cwd, stdout, stderr }: ProcessLike, noColor = false): ProcessIo {
  const gone = new Set<Output>();
  let lost: string | undefined;
  const fail = (stream: Output, error: unknown): void => {
    gone.add(stream);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    // `ringtrue list | head`: a reader who has left is no failure. Of standard error nothing can be told anywhere.
    if (stream !== stdout || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    lost ??= `Standard output could not be written: ${reasonOf(error)}.`;
  };
  for (const stream of [stdout, stderr]) stream.on('error', (error) => fail(stream, error));
  const write = (stream: Output, text: string): void => {
    if (text === '' || gone.has(stream)) return;
    if (isSocket(stream) || stream.fd === undefined) {
      stream.write(text);
      return;
    }
    try {
      // A file. Node's stream takes a part for the whole when the disk fills up on the way; this writes all of it or throws.
      writeFileSync(stream.fd, text);
    } catch (error) {
      fail(stream, error);
    }
  };
  return {
    out: (text) => write(stdout, text),
    err: (text) => write(stderr, text),
    lost: () => lost,
    env,
    cwd: folderOf(cwd),
    color: { out: wantsColor(env, stdout.isTTY, noColor), err: wantsColor(env, stderr.isTTY, noColor) },
    // Some terminals say that they have no columns at all.
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    interactive: stderr.isTTY,
  };
}

/** Terminals and pipes are sockets to Node. */
function isSocket(stream: unknown): boolean {
  return stream instanceof Socket;
}

function folderOf(cwd: () => string): string {
  try {
    return cwd();
  } catch (error) {
    throw new UsageError(
      `The folder that this was started in cannot be used: ${reasonOf(error)}. Change to another one.`,
    );
  }
}

/** @see https://no-color.org: any value that is not empty; https://force-color.org likewise, and a flag wins over both */
export function wantsColor(env: Io['env'], isTerminal: boolean, noColor: boolean): boolean {
  if (noColor || (env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
