/** Renders the reports and puts each in its place. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../model/index.ts';
import { loadReporter } from '../../report/index.ts';
import { reasonOf } from '../reason.ts';
import { UsageError } from '../errors.ts';
import { piecesOf, writeWhole } from '../files.ts';
import type { Io } from '../io.ts';
import { previousOf, type Sink } from './sinks.ts';

export interface WriteOptions {
  quiet: boolean;
  verbose: boolean;
  /** Makes the command that asks the cases of a finding again. */
  askAgain?: (cases: readonly string[]) => string;
}

/**
 * Every report is tried, whatever became of the others.
 * @throws UsageError that names those which could not be written
 */
export async function writeReports(
  report: Report,
  sinks: readonly Sink[],
  io: Io,
  options: WriteOptions,
): Promise<void> {
  const failed: string[] = [];
  const taken = sinks.some(({ format, file }) => file === undefined && format !== 'text' && format !== 'github');
  for (const sink of sinks) {
    try {
      await writeReport(report, sink, io, options, taken);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      failed.push(error.message);
    }
  }
  await writeStepSummary(report, io);
  if (failed.length > 0) throw new UsageError(failed.join('\n'));
}

async function writeReport(report: Report, sink: Sink, io: Io, options: WriteOptions, taken: boolean): Promise<void> {
  const { format, file } = sink;
  if (file !== undefined && sink.folder === true) {
    const { renderRecords } = await import('../../report/markdown.ts');
    const place = (name: string): { path: string; shown: string } => ({
      path: join(file.path, name),
      shown: join(file.shown, name),
    });
    const records = renderRecords(report, (name) => previousOf({ format, file: place(name) }));
    for (const { fileName, text } of records) writeWhole(place(fileName).path, text, place(fileName).shown);
    if (!options.quiet) io.err(`markdown records: ${String(records.length)} files in ${file.shown}\n`);
    return;
  }
  const render = await loadReporter(format);
  const text = render(report, {
    ...options,
    color: file === undefined && io.color.out,
    columns: io.columns,
    previous: previousOf(sink),
  });
  if (file === undefined) {
    // GitHub reads annotations from both; machine data on standard output is not to be mixed with them.
    const put = format === 'github' && taken ? io.err : io.out;
    for (const piece of piecesOf(text)) put(piece);
    return;
  }
  writeWhole(file.path, text, file.shown);
  if (!options.quiet) io.err(`${format} report: ${file.shown}\n`);
}

/** @see https://docs.github.com/actions: "Adding a job summary" */
async function writeStepSummary(report: Report, io: Io): Promise<void> {
  const file = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (!isGitHub(io.env) || file === '') return;
  const { renderStepSummary } = await import('../../report/github.ts');
  try {
    appendFileSync(file, renderStepSummary(report));
  } catch (error) {
    io.err(`The step summary could not be written: ${reasonOf(error)}.\n`);
  }
}

/** Whether this is a step of a GitHub workflow. */
export function isGitHub(env: Io['env']): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}
