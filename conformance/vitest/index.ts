/** Makes each case an `it` of vitest, so that it shows up beside your own tests, with its id and level. */
import { beforeAll, describe, it } from 'vitest';
import { prepareRun, type CaseResult, type Report, type RunOptions } from '../index.ts';

export type { RunOptions } from '../index.ts';

/** A run is bounded by `maxTime`; this only lets the report be written before vitest gives up. */
const GRACE_SECONDS = 30;
const MAX_TIME_SECONDS = 600;

/**
 * Declares a test per case. Call it at the top of a test file, with `await`:
 *
 * ```ts
 * await conformance({ contract: 'voice-calls', url: 'http://127.0.0.1:8080' });
 * ```
 *
 * @param options what to judge, and how
 */
export async function conformance(options: RunOptions = {}): Promise<void> {
  const maxTime = options.maxTime ?? MAX_TIME_SECONDS;
  const { contract, cases, run } = await prepareRun({ ...options, maxTime });
  const where = options.url === undefined || options.url === '' ? 'the reference server' : options.url;
  describe(`${contract.name} ${contract.version} on ${where}`, () => {
    let report: Report | undefined;
    let results = new Map<string, CaseResult>();
    beforeAll(
      async () => {
        report = await run();
        results = new Map(report.cases.map((one) => [one.id, one]));
      },
      (maxTime + GRACE_SECONDS) * 1000,
    );
    it('the target can be judged', () => {
      if (report?.verdict === 'incomplete') throw new ConformanceError(whyNotJudged(report));
    });
    for (const { id, level, title } of cases) {
      it(`${level} ${title} (${id})`, (context) => {
        const result = results.get(id);
        // What kept a case from being asked fails one test of its own: that of the cause, or the first one.
        if (result?.status === 'not-applicable' || result?.status === 'not-tested') context.skip(result.message);
        const failure = failureOf(result, report, options.strict === true);
        if (failure !== undefined) throw new ConformanceError(failure);
      });
    }
  });
}

/** A case failed; its message is what the report says of it. Without a stack: it would only show this file. */
class ConformanceError extends Error {
  override name = 'ConformanceError';
  constructor(message: string) {
    super(message);
    this.stack = `${this.name}: ${message}`;
  }
}

/** The cause first, then what could not be asked for want of what, most frequent first. */
function whyNotJudged({ notes, cases }: Report): string {
  const counts = new Map<string, number>();
  for (const { status, message } of cases)
    if (status === 'not-tested' && message !== undefined) counts.set(message, (counts.get(message) ?? 0) + 1);
  const reasons = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
  return [
    ...notes,
    ...reasons.map(([reason, count]) => `${String(count)} ${count === 1 ? 'case' : 'cases'} not tested: ${reason}`),
  ].join('\n');
}

function failureOf(result: CaseResult | undefined, report: Report | undefined, strict: boolean): string | undefined {
  if (result === undefined) return ['The case was not asked.', ...(report?.notes ?? [])].join(' ');
  if (result.status === 'pass' || result.expectedFailure !== undefined) return undefined;
  if (result.status === 'warn' && !strict) return undefined;
  const finding = report?.findings.find((one) => one.cases.includes(result.id));
  return [
    result.message ?? result.status,
    ...(finding ? [`Requirement: ${finding.requirement.sentence}`, `What to do: ${finding.suggestion}`] : []),
    ...(finding?.reproduce.length ? ['See it yourself:', ...finding.reproduce] : []),
  ].join('\n');
}
