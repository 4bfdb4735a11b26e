/** What `ringtrue cleanup` does; loaded when it is asked for. */
import { openValidators } from '../../contract/validators.ts';
import type { CleanupEntry, LedgerEntry } from '../../model/index.ts';
import { cleanupLines } from '../../report/cleanup-text.ts';
import { visible } from '../../report/escape.ts';
import { plural } from '../../report/summary.ts';
import { cleanUp, planCleanup, type Removal } from '../../run/index.ts';
import { UsageError } from '../errors.ts';
import { exchangeText } from '../exchange-text.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { accessOf } from '../judge/access.ts';
import { openContract } from '../judge/contract.ts';
import { credentials, secretsOf, targetOptions } from '../judge/execute.ts';
import { tokensFor } from '../judge/oauth.ts';
import { openLedger } from '../reports/ledger-file.ts';
import { readLedger } from '../reports/read-ledger.ts';
import { readSettings } from '../settings.ts';

/**
 * @param flags what was given on the command line
 * @param file the ledger
 * @param io where to write, and the surroundings
 * @returns the exit code
 * @throws UsageError when the file is no ledger, or it may not begin
 */
export async function cleanupNow(
  flags: ReadonlyMap<string, string | boolean | string[]>,
  file: string,
  io: Io,
): Promise<ExitCode> {
  const { request, dryRun, quiet, verbose, notices } = await readSettings(flags, undefined, io);
  const say = (sentence: string): void => io.err(`${sentence}\n`);
  for (const notice of notices) say(notice);
  const { entries, cut } = readLedger(file, io.cwd);
  if (cut) say(`The last line of ${file} is incomplete and is left out: the record that it stood for may be there.`);
  const { url } = request;
  if (url === undefined) throw new UsageError(noUrl(entries));
  const contract = await openContract(request.contract, {
    allowRemote: request.allowRemoteRefs,
    refRoot: request.refRoot,
    overlays: request.overlays,
  });
  const access = accessOf(request, contract);
  for (const notice of access.notices) say(notice);
  const fixtures = new Map(access.fixtures.flatMap((one) => (one.kind === 'value' ? [[one.name, one.value]] : [])));
  const plan = planCleanup(entries, { contract, url, fixture: (name) => fixtures.get(name) });
  refuseForeign(plan, contract.operations, contract.name);
  const lines = planLines(plan);
  if (dryRun) {
    io.out(`${lines.join('\n')}\nNothing is sent.\n`);
    return EXIT.conforms;
  }
  if (access.address?.loopback === false && !request.allowWrites && plan.some(({ ask }) => ask))
    throw new UsageError(
      [
        `This would delete on ${access.address.origin}, which is not this machine:`,
        ...lines,
        'Nothing was sent. Add --allow-writes to go on.',
      ].join('\n'),
    );
  if (plan.length === 0) {
    io.out(`Nothing is left of ${file} to be deleted.\n`);
    return EXIT.conforms;
  }
  const stop = new AbortController();
  const end = (message: string): void => stop.abort({ kind: 'budget', message });
  const ledger = openLedger(file, io.cwd, [], end);
  const bound = setTimeout(() => end('The time for deleting (--max-time) is used up.'), request.maxTimeMs ?? 600_000);
  const interrupt = listenForInterrupt(say);
  try {
    const reach = { ...targetOptions({ request }, url), secrets: secretsOf({ request, access }) };
    const tokens = await tokensFor(contract, request.oauthClient, reach);
    const cleanup = await cleanUp(entries, {
      contract,
      validators: await openValidators(contract, { properties: false }),
      target: targetOptions({ request }, url),
      token: tokens?.first ?? access.token,
      roleTokens: access.roleTokens,
      secrets: [...reach.secrets, ...credentials({ access }), ...(tokens?.all() ?? [])],
      fixtures,
      signal: AbortSignal.any([interrupt.signal, stop.signal]),
      onExchange: (exchange) => {
        if (verbose) io.err(exchangeText(exchange));
      },
      onDeleted: (entry) => {
        ledger.add(entry);
      },
    });
    const told = cleanupLines(cleanup, verbose);
    io.out(`${(quiet ? told.slice(0, 1) : told).map(visible).join('\n')}\n`);
    return interrupt.signal.aborted ? EXIT.interrupted : codeOf(cleanup);
  } finally {
    clearTimeout(bound);
    interrupt.dispose();
  }
}

function codeOf(cleanup: readonly CleanupEntry[]): ExitCode {
  return cleanup.some(({ status }) => status === 'left') ? EXIT.notJudged : EXIT.conforms;
}

function noUrl(entries: readonly LedgerEntry[]): string {
  const origins = [...new Set(entries.flatMap(({ url }) => (URL.canParse(url) ? new URL(url).origin : [])))];
  const where = origins.length === 0 ? '' : `; the records were created at ${visible(origins.join(', '))}`;
  return `--url is missing: name the target${where}.`;
}

/** @throws UsageError when the ledger belongs to another contract */
function refuseForeign(plan: readonly Removal[], operations: readonly { id: string }[], contract: string): void {
  const ids = new Set(operations.map(({ id }) => id));
  const [first] = plan;
  if (!first || plan.some(({ entry }) => ids.has(entry.operation))) return;
  throw new UsageError(
    `The contract ${contract} has no operation ${visible(first.entry.operation)}: name the run's contract with --contract.`,
  );
}

/** How many records are deleted by which operation, and how many are left. */
function planLines(plan: readonly Removal[]): string[] {
  const groups = new Map<string, number>();
  for (const { ask, entry, reason } of plan) {
    const key = ask ? `${ask.operation.id}  DELETE ${ask.operation.path}` : `${entry.operation}  left: ${reason ?? ''}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [
    `${plural(plan.filter(({ ask }) => ask).length, 'record')} of ${String(plan.length)} can be deleted:`,
    ...[...groups].map(([key, count]) => `  ${String(count)} × ${visible(key)}`),
  ];
}
