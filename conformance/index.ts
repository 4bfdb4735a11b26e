/**
 * RingTrue as a library: judge a target from your own program, with any test runner or none.
 *
 * ```ts
 * const report = await run({ url: 'http://127.0.0.1:8080', token: 'secret', fixtures: { staff_uid: 's-1' } });
 * ```
 */
import { execute } from './cli/judge/execute.ts';
import { prepare } from './cli/judge/prepare.ts';
import { freshSeed, requestOf, type RunOptions } from './cli/judge/options.ts';
import type { CaseResult, Report } from './model/index.ts';
import type { PlannedCase } from './plan/index.ts';

export { builtinContracts, loadContract } from './contract/load.ts';
export { exitCodeOf } from './run/index.ts';
export type { RunOptions } from './cli/judge/options.ts';
export type { Contract } from './contract/types.ts';
export type * from './model/index.ts';
export type { PlannedCase } from './plan/index.ts';

/** A run that is ready to begin: nothing was sent yet. */
export interface PreparedRun {
  contract: { name: string; version: string };
  /** What will be asked, in order. */
  cases: PlannedCase[];
  /** Asks it. Call it once. */
  run: (hooks?: RunHooks) => Promise<Report>;
}

export interface RunHooks {
  /** Called with each case as soon as it is judged. */
  onCase?: (result: CaseResult) => void;
  signal?: AbortSignal;
}

/**
 * Loads the contract and plans the cases.
 *
 * @param options what to judge, and how
 * @throws Error with a sentence that names what is wrong and what to do about it
 */
export async function prepareRun(options: RunOptions = {}): Promise<PreparedRun> {
  const prepared = await prepare(requestOf(options, freshSeed()));
  const { contract, cases } = prepared;
  return {
    contract: { name: contract.name, version: contract.version },
    cases,
    run: ({ onCase, signal } = {}) =>
      execute(prepared, {
        env: {},
        signal: joined(options.signal, signal),
        onEvent: (event) => {
          if (event.type === 'case') onCase?.(event.result);
        },
      }),
  };
}

/**
 * Judges a target.
 *
 * @param options what to judge, and how; without a URL the reference server is started and judged
 * @returns the report; `report.verdict` is the answer
 * @throws Error with a sentence when it may not or cannot begin
 */
export async function run(options: RunOptions = {}): Promise<Report> {
  const prepared = await prepareRun(options);
  return prepared.run();
}

/**
 * The same, case by case, for `node:test`, Jest and everything else that can loop.
 *
 * @param options as for {@link run}
 * @returns the judged cases in the contract's order. They come when the run is over: a later request may still tell against an
 *   earlier case.
 */
export async function* conformanceCases(options: RunOptions = {}): AsyncGenerator<CaseResult, void, undefined> {
  const report = await run(options);
  yield* report.cases;
}

function joined(...signals: (AbortSignal | undefined)[]): AbortSignal | undefined {
  const given = signals.filter((one) => one !== undefined);
  return given.length < 2 ? given[0] : AbortSignal.any(given);
}
