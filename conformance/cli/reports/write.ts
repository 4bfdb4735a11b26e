/** Renders the reports and puts each in its place. */
import { appendFileSync } from 'node:fs';
import type { Report } from '../../model/index.ts';
import { loadReporter } from '../../report/index.ts';
import { reasonOf } from '../config/yaml-file.ts';
import { UsageError } from '../errors.ts';
import { writeWhole } from '../files.ts';
import type { Io } from '../io.ts';
import { previousOf, type Sink } from './sinks.ts';

export interface WriteOptions {
  quiet: boolean;
  verbose: boolean;
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
    const render = await loadReporter(sink.format);
    const text = render(report, {
      ...options,
      color: sink.file === undefined && io.color.out,
      columns: io.columns,
      previous: previousOf(sink),
    });
    if (sink.file === undefined) {
      // GitHub reads annotations from both; machine data on standard output is not to be mixed with them.
      if (sink.format === 'github' && taken) io.err(text);
      else io.out(text);
      continue;
    }
    try {
      writeWhole(sink.file.path, text, sink.file.shown);
      if (!options.quiet) io.err(`${sink.format} report: ${sink.file.shown}\n`);
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error));
    }
  }
  await writeStepSummary(report, io);
  if (failed.length > 0) throw new UsageError(failed.join('\n'));
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
