/**
 * Reads a file that the user names, whatever it turns out to be: a pipe that nobody writes to, or a device that never ends, is told
 * in a sentence and keeps nobody waiting.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { bytesText } from '../target/words.ts';
import { reasonOf } from './reason.ts';

/** How long a pipe may be silent. Whoever types a password for `<(pass show token)` needs some of it. */
const PATIENCE_MS = 60_000;

/** As long as a named pipe has no writer it looks as if it were at its end; this long one may take to come. */
const NO_WRITER_MS = 3000;

/** Between two looks at a pipe that has nothing yet. */
const PAUSE_MS = 10;

const BLOCK = 64 * 1024;

export interface ReadBounds {
  /** Bytes. */
  most: number;
  /** Milliseconds for a pipe that says nothing. */
  patienceMs?: number;
  /** Milliseconds for a named pipe without a writer. */
  noWriterMs?: number;
}

/**
 * @param path absolute
 * @param bounds how much, and how long
 * @returns the text
 * @throws Error whose message is a clause that says why it cannot be read, such as "there is no such file or folder"
 */
export function readBounded(path: string, bounds: ReadBounds): string {
  let file: number;
  try {
    // Otherwise opening a named pipe waits for its writer, without end. Windows has no such flag and no such pipes.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK || 0));
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
  try {
    return readAll(file, bounds);
  } finally {
    closeSync(file);
  }
}

function readAll(file: number, { most, patienceMs = PATIENCE_MS, noWriterMs = NO_WRITER_MS }: ReadBounds): string {
  const named = fstatSync(file);
  const blocks: Buffer[] = [];
  let size = 0;
  let silentMs = 0;
  for (;;) {
    const block = Buffer.allocUnsafe(BLOCK);
    const length = readSome(file, block);
    if (length === 0 && (size > 0 || !named.isFIFO())) break;
    if (length === 0 && silentMs >= noWriterMs) throw new Error('it is a pipe, and nobody writes to it');
    if (length === undefined && silentMs >= patienceMs)
      throw new Error(`nothing came from it for ${String(patienceMs / 1000)} s`);
    if (length === undefined || length === 0) {
      silentMs += pause();
      continue;
    }
    silentMs = 0;
    size += length;
    if (size > most) throw new Error(`it is bigger than ${bytesText(most)}`);
    blocks.push(block.subarray(0, length));
  }
  return Buffer.concat(blocks).toString('utf8');
}

/** @returns how many bytes were read, 0 at the end, undefined when there is nothing yet */
function readSome(file: number, block: Buffer): number | undefined {
  try {
    return readSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Files are read before anything else happens, so there is nobody to be kept waiting. */
function pause(): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  return PAUSE_MS;
}
