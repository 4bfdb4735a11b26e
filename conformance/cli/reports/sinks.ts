/** Which reports are wanted, and where each goes. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatInfo, formats, isFormat, type Format } from '../../report/index.ts';
import { reasonOf } from '../reason.ts';
import { UsageError } from '../errors.ts';
import { checkWritable } from '../files.ts';
import { didYouMean } from '../suggest.ts';

export interface Sink {
  format: Format;
  /** Undefined: standard output. */
  file?: { path: string; shown: string };
  /** The file is a folder that takes a file per operation. */
  folder?: boolean;
}

/** Formats whose text may stand below another's. */
const LINES: readonly Format[] = ['text', 'github'];

/**
 * @param wanted each `FORMAT` or `FORMAT=FILE`, and where it was said
 * @param cwd the folder in which the user is
 * @param onGitHub whether annotations are wanted by themselves
 * @throws UsageError for a format that is none, a file that cannot be written, and two reports in one place
 */
export function planSinks(wanted: readonly { text: string; place: string }[], cwd: string, onGitHub: boolean): Sink[] {
  const sinks = wanted.map(({ text, place }) => sinkOf(text, place, cwd));
  const onStdout = sinks.filter(({ file }) => file === undefined);
  if (onStdout.length > 1 && !onStdout.every(({ format }) => LINES.includes(format))) {
    throw new UsageError(
      `--report: ${onStdout.map(({ format }) => format).join(' and ')} would be mixed up on standard output; give ${onStdout.length === 2 ? 'one of them' : 'all but one'} a file, such as ${String(onStdout.at(-1)?.format)}=FILE.`,
    );
  }
  const paths = sinks.flatMap(({ file }) => (file === undefined ? [] : [file]));
  for (const [at, { path, shown }] of paths.entries()) {
    if (paths.slice(0, at).some((other) => other.path === path)) {
      throw new UsageError(`--report: two reports would be written to ${shown}.`);
    }
  }
  if (onStdout.length === 0) sinks.unshift({ format: 'text' });
  if (onGitHub && !sinks.some(({ format }) => format === 'github')) sinks.push({ format: 'github' });
  return sinks;
}

function sinkOf(text: string, place: string, cwd: string): Sink {
  const at = text.indexOf('=');
  const format = at < 0 ? text : text.slice(0, at);
  if (!isFormat(format)) {
    throw new UsageError(
      `${place}: there is no report format ${JSON.stringify(format)}; there are ${formats.join(', ')}.${didYouMean(format, formats)}`,
    );
  }
  const name = at < 0 ? '-' : text.slice(at + 1);
  if (name === '-') return { format };
  if (name === '') throw new UsageError(`${place}: ${format}= names no file.`);
  const path = resolve(cwd, name);
  const isFolder = /[/\\]$/.test(name) || (existsSync(path) && statSync(path).isDirectory());
  // Records are filed one by one.
  if (isFolder && format === 'markdown') {
    checkWritable(join(path, 'record.md'), join(name, 'record.md'), place);
    return { format, file: { path, shown: name }, folder: true };
  }
  // Any other format gets a file of its usual name.
  const usual = formatInfo(format).fileName ?? `ringtrue-report.${format === 'text' ? 'txt' : format}`;
  const file = isFolder ? { path: join(path, usual), shown: join(name, usual) } : { path, shown: name };
  checkWritable(file.path, file.shown, place);
  return { format, file };
}

/** Whether some report tells every exchange, so that the run has to keep them. */
export function wantExchanges(sinks: readonly Sink[]): boolean {
  return sinks.some(({ format }) => formatInfo(format).wantsExchanges);
}

/**
 * The text of the file that is there already: a verification record in it is carried on.
 * @throws UsageError when it cannot be read: what is in it would be lost
 */
export function previousOf({ format, file }: Sink): string | undefined {
  if (format !== 'markdown' || file === undefined || !existsSync(file.path)) return undefined;
  // A pipe or /dev/stdout has no earlier text, and reading it would wait for ever.
  if (!statSync(file.path).isFile()) return undefined;
  try {
    return readFileSync(file.path, 'utf8');
  } catch (error) {
    throw new UsageError(`${file.shown} cannot be read, and what is in it would be lost: ${reasonOf(error)}.`);
  }
}
