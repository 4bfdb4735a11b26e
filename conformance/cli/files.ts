/** Writes files so that a reader never finds half of one, and nothing of a run is lost for want of a folder. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
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
 * Writes a file as a whole: into a draft beside it, which then takes its place. Whatever goes wrong, the file that was there stays.
 *
 * @param path absolute
 * @param text the content, whole or in pieces
 * @param shown how the user called it
 * @throws UsageError with a sentence
 */
export function writeWhole(path: string, text: string | Iterable<string>, shown: string): void {
  try {
    if (existsSync(path) && !statSync(path).isFile()) {
      write(openSync(path, 'w'), text); // A pipe or /dev/stdout: there is nothing to replace.
      return;
    }
    // A link stays a link: what it points to is written.
    const real = existsSync(path) ? realpathSync(path) : path;
    const draft = openDraft(real);
    if (draft === undefined) writeInPlace(real, text);
    else writeByDraft(real, text, draft);
  } catch (error) {
    throw new UsageError(`${shown} could not be written: ${reasonOf(error)}.`);
  }
}

interface Draft {
  path: string;
  file: number;
}

/** @returns undefined where no file may be made beside one that may be written itself */
function openDraft(real: string): Draft | undefined {
  const path = join(dirname(real), `.${basename(real)}.${String(process.pid)}.tmp`);
  try {
    return { path, file: openSync(path, 'w') };
  } catch (error) {
    if (existsSync(real)) return undefined;
    // A name may be so long that none is left for a draft; there is nothing to lose yet.
    if ((error as NodeJS.ErrnoException).code !== 'ENAMETOOLONG') throw error;
    return { path: real, file: openSync(real, 'wx') };
  }
}

function writeByDraft(real: string, text: string | Iterable<string>, draft: Draft): void {
  try {
    write(draft.file, text);
    if (draft.path === real) return;
    try {
      renameSync(draft.path, real);
    } catch (error) {
      // A file that is mounted by itself, as in a container, cannot be replaced.
      if (!existsSync(real)) throw error;
      writeInPlace(real, readFileSync(draft.path, 'utf8'));
      rmSync(draft.path, { force: true });
    }
  } catch (error) {
    rmSync(draft.path, { force: true });
    throw error;
  }
}

/**
 * Puts the text behind what stands in the file first, and to its beginning only when all of it is there: a disk that is full on the
 * way leaves the old text as it was.
 */
function writeInPlace(path: string, text: string | Iterable<string>): void {
  const file = openSync(path, 'r+');
  try {
    const old = fstatSync(file).size;
    let end = old;
    try {
      for (const piece of piecesOf(text)) end += writeAll(file, Buffer.from(piece), end);
    } catch (error) {
      ftruncateSync(file, old);
      throw error;
    }
    const block = Buffer.alloc(Math.min(COPIED_AT_ONCE, end - old));
    for (let at = old; at < end;) {
      const length = readSync(file, block, 0, block.length, at);
      writeAll(file, block.subarray(0, length), at - old);
      at += length;
    }
    ftruncateSync(file, end - old);
  } finally {
    closeSync(file);
  }
}

const COPIED_AT_ONCE = 1024 * 1024;

function writeAll(file: number, bytes: Buffer, at: number): number {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
  return bytes.length;
}

function write(file: number, text: string | Iterable<string>): void {
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
