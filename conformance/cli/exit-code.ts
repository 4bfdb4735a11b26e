import type { Report } from '../model/index.ts';
import { exitCodeOf } from '../run/index.ts';
import { EXIT, type ExitCode } from './exit.ts';

/**
 * The exit code of a report. What `model/outcome.ts` says, and besides: a run that could not be judged through a mistake of ours
 * says so.
 */
export function codeOf(report: Report, options: { strict: boolean; interrupted?: boolean }): ExitCode {
  const code = exitCodeOf(report, options);
  return code === EXIT.notJudged && report.summary.error > 0 ? EXIT.defect : code;
}
