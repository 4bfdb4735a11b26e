import { mergeReports } from '../../report/merge.ts';
import { codeOf } from '../exit-code.ts';
import type { ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import { planSinks } from '../reports/sinks.ts';
import { isGitHub, writeReports } from '../reports/write.ts';
import type { MergeOptions } from './merge.ts';
import { readReport } from './read-report.ts';

/** @throws MergeError when the reports are not parts of one run */
export async function mergeNow(files: readonly string[], options: MergeOptions, io: Io): Promise<ExitCode> {
  const wanted = (options.report ?? []).map((text) => ({ text, place: '--report' }));
  const sinks = planSinks(wanted, io.cwd, isGitHub(io.env));
  const report = mergeReports(files.map((file) => readReport(file, io.cwd)));
  await writeReports(report, sinks, io, { quiet: options.quiet === true, verbose: options.verbose === true });
  return codeOf(report, { strict: options.strict === true });
}
