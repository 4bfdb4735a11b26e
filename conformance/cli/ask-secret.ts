/** Reads one line from standard input, without showing it when it is typed. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { MOST_BYTES } from './config/value-ref.ts';
import { UsageError } from './errors.ts';

/** The parts of `process.stdin` that are used; a file that is redirected to it has no `isTTY`. */
export type Input = NodeJS.ReadableStream & { isTTY?: boolean; unref?: () => unknown };

/**
 * @param question what a person at a terminal is asked
 * @param say where the question goes: standard error, so that data on standard output stays clean
 * @param input standard input: a terminal, a pipe or a file
 * @returns the first line, without the space around it; empty when none came
 * @throws UsageError for a line that no token can be
 */
export async function askSecret(
  question: string,
  say: (text: string) => void,
  input: Input = process.stdin,
): Promise<string> {
  return input.isTTY === true ? typed(question, say, input) : firstLine(input);
}

async function typed(question: string, say: (text: string) => void, input: Input): Promise<string> {
  say(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('close', () => resolve(''));
      // In a terminal readline takes Ctrl+C for itself.
      lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    });
  } finally {
    lines.close();
    input.unref?.();
    say('\n');
  }
}

async function firstLine(input: Input): Promise<string> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of input) {
      bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
      if (bytes.includes('\n')) break;
      if (bytes.length > MOST_BYTES) throw new UsageError('The line on standard input is too long to be a token.');
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('Standard input cannot be read.', { cause: error });
  }
  return bytes.toString('utf8').split(/\r?\n/, 1)[0]?.trim() ?? '';
}
