/** The one door to the process: where text goes, and what the surroundings are. Tests hand in their own. */

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
export type ProcessLike = Pick<NodeJS.Process, 'env' | 'cwd' | 'stdout' | 'stderr'>;

/**
 * @param process the process
 * @param noColor whether the user asked for none by flag
 */
export function ioOf({ env, cwd, stdout, stderr }: ProcessLike, noColor = false): Io {
  const gone = new Set<NodeJS.WriteStream>();
  for (const stream of [stdout, stderr]) {
    // `ringtrue list | head`: a reader who has left is no failure, and files are still to be written.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      gone.add(stream);
    });
  }
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    if (text !== '' && !gone.has(stream)) stream.write(text);
  };
  return {
    out: (text) => write(stdout, text),
    err: (text) => write(stderr, text),
    env,
    cwd: cwd(),
    color: { out: wantsColor(env, stdout.isTTY, noColor), err: wantsColor(env, stderr.isTTY, noColor) },
    // Some terminals say that they have no columns at all.
    columns: stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined,
    interactive: stderr.isTTY,
  };
}

/** @see https://no-color.org: any value that is not empty; https://force-color.org likewise, and a flag wins over both */
export function wantsColor(env: Io['env'], isTerminal: boolean, noColor: boolean): boolean {
  if (noColor || (env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
