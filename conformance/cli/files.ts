/** Writes files so that a reader never finds half of one, and nothing of a run is lost for want of a folder. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from './reason.ts';
import { UsageError } from './errors.ts';

/**
 * Makes the folder and looks whether the file can be written, before the work is done that is to be kept in it.
 *
 * @param path absolute
 * @param shown how the user called it
 * @param place the flag
 */
export function checkWritable(path: string, shown: string, place: string): void {
  try {
    makeFolder(dirname(path));
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
      accessSync(path, constants.W_OK);
    } else {
      // A user who may do anything may "write" below a file, as far as access() goes.
      if (!statSync(dirname(path)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
      accessSync(dirname(path), constants.W_OK);
    }
  } catch (error) {
    throw new UsageError(`${place}: ${shown} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Step by step: Node's own `recursive` never comes back from a place like /proc, where a folder may be made and is not there. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/**
 * @param path absolute
 * @param text the content, whole or in pieces
 * @param shown how the user called it
 * @throws UsageError with a sentence
 */
export function writeWhole(path: string, text: string | Iterable<string>, shown: string): void {
  try {
    if (existsSync(path) && !statSync(path).isFile()) {
      write(path, text); // A pipe or /dev/stdout: there is nothing to replace.
      return;
    }
    // A link stays a link: what it points to is written.
    const real = existsSync(path) ? realpathSync(path) : path;
    const draft = join(dirname(real), `.${basename(real)}.${String(process.pid)}.tmp`);
    try {
      write(draft, text);
      renameSync(draft, real);
    } catch (error) {
      rmSync(draft, { force: true });
      // A folder in which no new file may be made, with a file in it that may be written.
      if (!existsSync(real)) throw error;
      write(real, text);
    }
  } catch (error) {
    throw new UsageError(`${shown} could not be written: ${reasonOf(error)}.`);
  }
}

function write(path: string, text: string | Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of piecesOf(text)) writeFileSync(file, piece);
  } finally {
    closeSync(file);
  }
}

/** A text is one piece: iterated it would be as many as it has characters. */
export function piecesOf(text: string | Iterable<string>): Iterable<string> {
  return typeof text === 'string' ? [text] : text;
}
