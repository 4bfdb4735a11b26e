/** Reads one line from standard input, without showing it when it is typed. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** @param say where the question goes: standard error, so that data on standard output stays clean */
export async function askSecret(question: string, say: (text: string) => void): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) say(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', (line) => resolve(line.trim()));
      lines.once('close', () => resolve(''));
      // In a terminal readline takes Ctrl+C for itself.
      lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    });
  } finally {
    lines.close();
    process.stdin.unref();
    if (terminal) say('\n');
  }
}
