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
    for (const { id, level, title } of cases) {
      it(`${level} ${title} (${id})`, (context) => {
        const result = results.get(id);
        if (result?.status === 'not-applicable') context.skip(result.message);
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

function failureOf(result: CaseResult | undefined, report: Report | undefined, strict: boolean): string | undefined {
  if (result === undefined) return ['The case was not asked.', ...(report?.notes ?? [])].join(' ');
  if (result.status === 'pass' || result.expectedFailure !== undefined) return undefined;
  if (result.status === 'warn' && !strict) return undefined;
  const finding = report?.findings.find((one) => one.cases.includes(result.id));
  return [
    result.message ?? result.status,
    ...(finding ? [`Requirement: "${finding.requirement.sentence}"`, `What to do: ${finding.suggestion}`] : []),
    ...(finding?.reproduce.length ? ['See it yourself:', ...finding.reproduce] : []),
  ].join('\n');
}
