/** The only definition of "conforms": from the cases' statuses to the verdict and the exit code. */
import type { CaseResult, CaseStatus, Coverage, Level, Report, Summary, Verdict } from './index.ts';

/** @returns what became of a case whose answer broke a requirement of this level */
export function brokenStatus(level: Level): CaseStatus {
  if (level === 'MUST') return 'fail';
  return level === 'SHOULD' ? 'warn' : 'pass';
}

/**
 * A case may find something graver or lighter than it asked: a value that may be refused (MAY) has to be kept once it is taken.
 * @returns the level at which the result is told: only a broken MUST fails, only a SHOULD that is not kept warns
 */
export function levelToldFor({ status, level }: Pick<CaseResult, 'status' | 'level'>): Level {
  if (status === 'fail') return 'MUST';
  return status === 'warn' ? 'SHOULD' : level;
}

/** @returns the counts of a run */
export function summarize(cases: readonly CaseResult[], requests: number): Summary {
  const count = (status: CaseStatus): number => cases.filter((result) => result.status === status).length;
  return {
    cases: cases.length,
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    notApplicable: count('not-applicable'),
    notTested: count('not-tested'),
    error: count('error'),
    requests,
  };
}

/**
 * @param cases the results
 * @param strict whether a broken SHOULD counts as well
 * @param stale whether an expected failure no longer fails
 * @param cutShort whether the target died or the run was stopped: what was left unasked is then no verdict
 * @param coverage of a plain document, which may want more than it says: there it counts how much was judged, not every case
 */
export function verdictOf(
  cases: readonly CaseResult[],
  strict: boolean,
  stale: boolean,
  cutShort: boolean,
  coverage?: Pick<Coverage, 'percent' | 'minimum'>,
): Verdict {
  const counts = cases.filter((result) => result.expectedFailure === undefined);
  if (stale || counts.some((result) => result.status === 'fail' || (strict && result.status === 'warn')))
    return 'non-conformant';
  const asked = cases.filter((result) => result.status !== 'not-applicable');
  if (
    cutShort ||
    asked.length === 0 ||
    counts.some((result) => result.status === 'error' || (!coverage && result.status === 'not-tested')) ||
    (coverage && coverage.percent < coverage.minimum)
  )
    return 'incomplete';
  return 'conformant';
}

/** @returns the exit code for a report: 0 conforms, 1 does not, 3 could not judge, 70 a defect of RingTrue, 130 interrupted */
export function exitCodeOf(report: Report, options: { strict: boolean; interrupted?: boolean }): 0 | 1 | 3 | 70 | 130 {
  if (options.interrupted) return 130;
  // A mistake of ours says nothing about the target.
  if (report.summary.error > 0) return 70;
  if (report.verdict === 'conformant') return 0;
  return report.verdict === 'incomplete' ? 3 : 1;
}
