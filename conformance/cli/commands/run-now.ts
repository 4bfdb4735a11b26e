/** What `ringtrue run` does; loaded when it is asked for, so that other commands start fast. */
import type { SuiteEvent } from '../../run/index.ts';
import { codeOf } from '../exit-code.ts';
import { checkWritable, writeWhole } from '../files.ts';
import { misspeltVariables } from '../env-names.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { exchangeText } from '../exchange-text.ts';
import { expectedFailuresText } from '../expected-failures.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { collectEarly } from '../memory.ts';
import { askAgain } from '../ask-again.ts';
import { execute } from '../judge/execute.ts';
import { withheldValues } from '../judge/number-text.ts';
import { dryRunText } from '../judge/plan-text.ts';
import { rehearsed } from '../judge/rehearse.ts';
import { prepare } from '../judge/prepare.ts';
import { noProgress, terminalProgress, type Progress } from '../progress.ts';
import { openLedger, type LedgerFile } from '../reports/ledger-file.ts';
import { plural } from '../../report/summary.ts';
import { planSinks, wantExchanges } from '../reports/sinks.ts';
import { isGitHub, writeReports } from '../reports/write.ts';
import { readSettings } from '../settings.ts';
import { resolve } from 'node:path';

/**
 * @param flags what was given on the command line
 * @param contract the argument
 * @param io where to write, and the surroundings
 * @returns the exit code
 */
export async function runNow(
  flags: ReadonlyMap<string, string | boolean | string[]>,
  contract: string | undefined,
  io: Io,
): Promise<ExitCode> {
  const settings = await readSettings(flags, contract, io);
  const { quiet, verbose, expectedFile } = settings;
  const say = (sentence: string): void => io.err(`${sentence}\n`);
  for (const notice of [...misspeltVariables(io.env), ...settings.notices]) say(notice);
  const sinks = planSinks(settings.reports, io.cwd, isGitHub(io.env));
  if (settings.updateExpected && expectedFile !== undefined) {
    checkWritable(resolve(io.cwd, expectedFile), expectedFile, '--expected-failures');
  }
  const stop = new AbortController();
  const stopRun = (message: string): void => stop.abort({ kind: 'budget', message });
  const ledger = settings.ledger === undefined ? undefined : openLedger(settings.ledger, io.cwd, sinks, stopRun);
  const request = { ...settings.request, keepExchanges: wantExchanges(sinks) };
  const prepared = await prepare(request);
  if (settings.dryRun) {
    for (const notice of prepared.access.notices) say(notice);
    io.out(dryRunText(await rehearsed(prepared)));
    return EXIT.conforms;
  }

  if (!quiet && prepared.cases.length > 0) {
    const asked = new Set(prepared.cases.map(({ operation }) => operation));
    for (const line of withheldValues(prepared.contract, asked)) say(line);
  }
  collectEarly(prepared.cases.length);
  const progress = io.interactive && !quiet && !verbose ? terminalProgress(io.err, io.columns ?? 80) : noProgress;
  const aside = (sentence: string): void => {
    progress.clear();
    say(sentence);
  };
  const interrupt = listenForInterrupt(aside);
  try {
    const judged = await execute(prepared, {
      env: io.env,
      signal: AbortSignal.any([interrupt.signal, stop.signal]),
      say: aside,
      onEvent: listener({ progress, ledger, verbose, io, aside }),
    });
    const report = expectedFile === undefined ? judged : { ...judged, expectedFrom: expectedFile };
    progress.clear();
    const interrupted = interrupt.signal.aborted;
    const code = stop.signal.aborted ? EXIT.notJudged : codeOf(report, { strict: request.strict, interrupted });
    const words = { env: io.env, contract, withUrl: prepared.access.url !== undefined, flags };
    await writeReports(report, sinks, io, { quiet, verbose, askAgain: (cases) => askAgain(report, cases, words) });
    if (!settings.updateExpected || expectedFile === undefined) return code;
    if (interrupted || code === EXIT.notJudged) {
      say(`${expectedFile} is left as it is: not everything was judged.`);
      return code;
    }
    writeWhole(
      resolve(io.cwd, expectedFile),
      expectedFailuresText(report, request.expectedFailures, request.strict),
      expectedFile,
    );
    say(
      `${expectedFile} now names what fails; give each entry its reason. The next run with it is green as long as nothing else fails.`,
    );
    return EXIT.conforms;
  } finally {
    progress.clear();
    interrupt.dispose();
  }
}

interface Listening {
  progress: Progress;
  ledger: LedgerFile | undefined;
  verbose: boolean;
  io: Io;
  /** A sentence for the user. */
  aside: (sentence: string) => void;
}

function listener({ progress, ledger, verbose, io, aside }: Listening): (event: SuiteEvent) => void {
  return (event) => {
    if (event.type === 'record') ledger?.add(event.entry);
    else if (event.type === 'case') progress.update(event.done, event.total, event.result);
    else if (event.type === 'exchange' && verbose) io.err(exchangeText(event.exchange));
    else if (event.type === 'cleanup')
      aside(
        `Deleting what the run created (${plural(event.records, 'record')}), for ${String(event.boundMs / 1000)} s at most.`,
      );
  };
}
