/** Runs the planned cases against a target and makes the report. */
import { randomUUID } from 'node:crypto';
import { UnjudgedError } from '../contract/errors.ts';
import type { Contract } from '../contract/types.ts';
import { openValidators, type Validators } from '../contract/validators.ts';
import type { CaseResult, Exchange, FixtureInfo, LedgerEntry, Report } from '../model/index.ts';
import { planCases, type PlannedCase } from '../plan/index.ts';
import { BlockedError, UnansweredError, type Outcome, type Phase } from '../rules/types.ts';
import { createTarget, maskExchange, maskSentence, type Target, type TargetOptions } from '../target/index.ts';
import { applyExpected, type ExpectedFailure } from './expected.ts';
import { findingsOf } from '../model/breach/findings.ts';
import { attachBreaches, sentenceOf } from './breaches.ts';
import { brokenStatus, levelToldFor, summarize, verdictOf } from '../model/outcome.ts';
import { runPool } from './pool.ts';
import { bearable, boundedBreach, shortText } from './bearable.ts';
import { suggestDrift } from '../model/breach/drift.ts';
import { describeContract, untouched } from './coverage.ts';
import { coverageOf, notJudged } from './judged.ts';
import { nothingHere } from './nothing-here.ts';
import { tokenRefused } from './token-refused.ts';
import { cleanUpAfter } from './cleanup-after.ts';
import { namesIn } from './own-words.ts';
import { textsFor } from './pattern-texts.ts';
import type { SecretWords } from './curl.ts';
import { createSession, type RunSession } from './session.ts';
import { maskBreach, maskFixture, maskRequest, maskTexts } from './mask-report.ts';
import { followRequests } from './requests.ts';

export interface SuiteOptions {
  contract: Contract;
  target: Omit<TargetOptions, 'secrets' | 'signal'>;
  token?: string;
  roleTokens: Record<string, string>;
  /** Further values to mask. */
  secrets: string[];
  /** How a shell finds them, for the commands of the findings. */
  secretWords?: SecretWords;
  fixtures: (FixtureInfo & { secret?: boolean })[];
  profile: 'core' | 'full';
  include: string[];
  exclude: string[];
  readOnly: boolean;
  strict: boolean;
  /** Percent of a plain document's operations that have to be judged; 50 if not said. */
  minCoverage?: number;
  bail: boolean;
  workers: number;
  seed: number;
  consistencyMs: number;
  maxTimeMs?: number;
  /** What of it was used up before, by making the plan. */
  spentMs?: number;
  explore: number;
  shard?: { index: number; count: number };
  expectedFailures: ExpectedFailure[];
  keepExchanges: boolean;
  /** Delete at the end what was created; given with what was created for fixtures before the run. */
  cleanup?: { created: readonly LedgerEntry[] };
  tool: { name: string; version: string };
  /** Where somebody has opened them before. */
  validators?: Validators;
  /** What `planCases` made of these very options, where somebody has asked it before. */
  planned?: PlannedCase[];
  /** Opens the target; by default over HTTP. */
  openTarget?: (options: TargetOptions) => Target;
  signal?: AbortSignal;
  onEvent?: (event: SuiteEvent) => void;
}

export type SuiteEvent =
  | { type: 'plan'; cases: number }
  | { type: 'case'; result: CaseResult; done: number; total: number }
  | { type: 'exchange'; exchange: Exchange }
  /** A record exists on the target from now on, or may exist. */
  | { type: 'record'; entry: LedgerEntry }
  /** The records that the run created are about to be deleted, for so long at most. */
  | { type: 'cleanup'; records: number; boundMs: number };

function timeIsUp({ maxTimeMs = 0 }: SuiteOptions): string {
  return `The run's time of ${String(maxTimeMs / 1000)} s (--max-time) is used up.`;
}

/** What a case came to, before findings are made. */
interface Judged {
  planned: PlannedCase;
  result: CaseResult;
  outcome?: Outcome;
}

const phases: Phase[] = ['first', 'write', 'quiet', 'alone', 'end'];

/** Phases in which one case runs at a time. */
const single: ReadonlySet<Phase> = new Set<Phase>(['first', 'alone']);

/**
 * @param options contract, target and selection
 * @returns the report; a target's behaviour never makes it reject
 * @throws SelectionError for a pattern that matches no case, ContractError for a schema that cannot be used
 */
export async function runSuite(options: SuiteOptions): Promise<Report> {
  const { contract } = options;
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const deadline = options.maxTimeMs === undefined ? Infinity : started + options.maxTimeMs - (options.spentMs ?? 0);
  const planned =
    options.planned ??
    planCases(contract, {
      ...options,
      roles: Object.keys(options.roleTokens),
      fixtures: options.fixtures.map(({ name }) => name),
    });
  options.onEvent?.({ type: 'plan', cases: planned.length });
  const validators = options.validators ?? (await openValidators(contract, { properties: options.explore > 0 }));
  const stop = new AbortController();
  const target = (options.openTarget ?? createTarget)({
    ...options.target,
    secrets: secretsOf(options),
    signal: AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]),
  });
  const budget =
    options.maxTimeMs === undefined
      ? undefined
      : setTimeout(() => {
          stop.abort({ kind: 'budget', message: timeIsUp(options) });
        }, deadline - performance.now());
  const kept: Exchange[] = [];
  const followed = followRequests(contract, target, options);
  const session = createSession({
    ...options,
    validators,
    patternTexts: await textsFor(contract),
    nonce: randomUUID(),
    target: followed.target,
    targetUrl: options.target.url,
    headers: options.target.headers,
    fixtures: new Map(options.fixtures.map(({ name, value }) => [name, value])),
    now: () => performance.now(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onExchange: (exchange) => {
      if (!options.keepExchanges && !options.onEvent) return;
      const shown = maskExchange(exchange, (text) => target.mask(text));
      if (options.keepExchanges) kept.push(shown);
      options.onEvent?.({ type: 'exchange', exchange: shown });
    },
    onRecord: (entry) => {
      options.onEvent?.({ type: 'record', entry: maskTexts(entry, (text) => target.mask(text)) });
    },
  });
  try {
    // By the clock, too: a timer waits its turn behind the work of the cases.
    const overdue = (): string | undefined => (performance.now() >= deadline ? timeIsUp(options) : undefined);
    const judged = await runCases(options, planned, { session, overdue }, (text) => target.mask(text));
    const durationMs = performance.now() - started;
    const report = await makeReport(options, { startedAt, durationMs, judged, session, kept, target, followed });
    if (!options.cleanup) return report;
    return {
      ...report,
      cleanup: await cleanUpAfter(
        options,
        [...options.cleanup.created, ...session.ledger],
        secretsOf(options),
        validators,
      ),
    };
  } finally {
    clearTimeout(budget);
    await target.close();
  }
}

function secretsOf(options: SuiteOptions): string[] {
  const fixtures = options.fixtures.filter(({ secret }) => secret).map(({ value }) => value);
  const all = [options.token, ...Object.values(options.roleTokens), ...options.secrets, ...fixtures];
  return [...new Set(all.filter((secret): secret is string => secret !== undefined && secret !== ''))];
}

/** A result as reports tell it: at the level that was broken. */
function told(result: CaseResult): CaseResult {
  const level = levelToldFor(result);
  return level === result.level ? result : { ...result, level };
}

async function runCases(
  options: SuiteOptions,
  planned: PlannedCase[],
  { session, overdue }: { session: RunSession; overdue: () => string | undefined },
  mask: (text: string) => string,
): Promise<Judged[]> {
  const results = new Map<string, Judged>();
  let bailed = false;
  const stopped = (): string | undefined => {
    if (options.signal?.aborted) return messageOf(options.signal) ?? 'the run was interrupted';
    return bailed ? 'the run stopped at the first failure (--bail)' : overdue();
  };
  const settle = (judged: Judged): void => {
    results.set(judged.planned.id, judged);
    if (options.bail && judged.result.status === 'fail') bailed = true;
    options.onEvent?.({ type: 'case', result: told(judged.result), done: results.size, total: planned.length });
  };
  for (const phase of phases) {
    await session.idle();
    session.quiet = phase === 'quiet';
    // What a quiet case needs written is written while writing is allowed.
    if (phase === 'write') {
      const jobs = planned.filter((item) => item.case.phase === 'write' || item.case.phase === 'quiet');
      await runPool(jobs, options.workers, async (item) => {
        if (item.case.phase === 'write') settle(await runCase(item, session, stopped(), mask));
        else if (item.case.prepare && stopped() === undefined) await item.case.prepare(session).catch(() => undefined);
      });
      continue;
    }
    const jobs = planned.filter((item) => item.case.phase === phase);
    await runPool(jobs, single.has(phase) ? 1 : options.workers, async (item) => {
      settle(await runCase(item, session, stopped(), mask));
    });
  }
  // What is still under way may create records that the ledger has to name.
  await session.idle();
  return planned.flatMap((item) => results.get(item.id) ?? []);
}

async function runCase(
  planned: PlannedCase,
  session: RunSession,
  stopped: string | undefined,
  mask: (text: string) => string,
): Promise<Judged> {
  const { id, rule, requirement, level, title, operation, field, way } = planned;
  const start = performance.now();
  const outcome: Outcome =
    stopped === undefined ? await ask(planned, session) : { status: 'not-tested', message: stopped };
  const worst = [outcome, ...(outcome.also ?? [])];
  const status =
    outcome.status === 'broken'
      ? (worst
          .map((each) => brokenStatus(each.level ?? level))
          .sort((a, b) => order.indexOf(a) - order.indexOf(b))[0] ?? 'fail')
      : outcome.status;
  const isError = outcome.kind === 'own-mistake';
  // Written out: V8 gives each object that a spread makes with a property more a shape of its own, at 300 bytes.
  const result: CaseResult = {
    id,
    rule,
    requirement,
    level,
    title,
    operation,
    field,
    way,
    status: isError ? 'error' : status,
    message: boundedText(shownSentence(session.contract, outcome, outcome.operation ?? operation, mask)),
    durationMs: Math.round((performance.now() - start) * 100) / 100,
    exchangeIds: outcome.exchanges?.map((exchange) => exchange.id),
    everywhere: planned.case.everywhere,
  };
  return { planned, result, outcome: status === 'pass' ? undefined : bearable(outcome) };
}

/** Secrets are masked in what was sent and answered: a sentence of ours may hold the same word. */
function shownSentence(
  contract: Contract,
  outcome: Outcome,
  operation: string,
  mask: (text: string) => string,
): string | undefined {
  if (outcome.breach) {
    const breach = maskBreach(boundedBreach(outcome.breach), mask, namesIn(contract));
    return sentenceOf(contract, { ...outcome, breach }, operation);
  }
  return outcome.message === undefined ? undefined : maskSentence(outcome.message, mask);
}

function boundedText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shortText(text);
}

const order = ['fail', 'warn', 'pass'];

async function ask(planned: PlannedCase, session: RunSession): Promise<Outcome> {
  try {
    return await planned.case.run(session);
  } catch (error) {
    if (error instanceof UnansweredError)
      return { status: 'not-tested', message: error.message, blockedBy: 'transport' };
    if (error instanceof BlockedError) return { status: 'not-tested', message: error.message, blockedBy: error.cause_ };
    // A pattern of the contract that takes for ever on what the target chose, for one.
    if (error instanceof UnjudgedError) return { status: 'not-tested', message: error.message };
    const message = error instanceof Error ? error.message : String(error);
    return { status: 'not-tested', kind: 'own-mistake', message: `a mistake of RingTrue: ${message}` };
  }
}

interface Ran {
  startedAt: string;
  durationMs: number;
  judged: Judged[];
  session: RunSession;
  kept: Exchange[];
  target: Target;
  followed: ReturnType<typeof followRequests>;
}

async function makeReport(options: SuiteOptions, ran: Ran): Promise<Report> {
  const { startedAt, durationMs, judged, session, kept, target, followed } = ran;
  const { contract } = options;
  const mask = (text: string): string => target.mask(text);
  const cases = judged.map(({ result }) => result);
  const evidence = await attachBreaches(
    contract,
    judged.map(({ planned, result, outcome }) => ({ result, outcome, pointer: planned.case.pointer })),
    mask,
    { roleOf: followed.roleOf, secrets: options.secretWords },
  );
  const staleNotes = applyExpected(
    cases,
    options.expectedFailures,
    startedAt.slice(0, 10),
    // What was not asked for cannot be said to hold.
    options.shard !== undefined
      ? 'shard'
      : options.include.length + options.exclude.length > 0 || options.profile !== 'full' || options.readOnly,
  );
  const minCoverage = options.minCoverage ?? 50;
  const covered = coverageOf(contract, cases, session.reached, { ...options, minCoverage });
  const described = describeContract(
    contract,
    judged.map(({ planned }) => planned),
    covered?.ids,
  );
  const lost = nothingHere(contract, options.target.url, session.statuses);
  const refused = tokenRefused(session.statuses, options.token !== undefined);
  const findings = lost === undefined ? findingsOf(cases, described) : [];
  const dead = target.dead();
  const cutShort = dead !== undefined || options.signal?.aborted === true;
  const exchanges = options.keepExchanges
    ? kept
    : [...new Map(evidence.map((exchange) => [exchange.id, maskExchange(exchange, mask)])).values()];
  return {
    schemaVersion: 1,
    tool: options.tool,
    contract: { name: contract.name, version: contract.version, sha256: contract.sha256, file: contract.file },
    target: { url: target.mask(options.target.url) },
    seed: options.seed,
    ...(options.shard ? { shard: options.shard } : {}),
    startedAt,
    durationMs: Math.round(durationMs),
    verdict:
      lost === undefined
        ? // Of a split run only the whole can have judged enough.
          verdictOf(
            cases,
            options.strict,
            staleNotes.length > 0,
            cutShort,
            covered && (options.shard ? { ...covered.coverage, minimum: 0 } : covered.coverage),
          )
        : 'incomplete',
    judging: { strict: options.strict, stale: staleNotes.length > 0, cutShort: cutShort || lost !== undefined },
    ...(covered ? { coverage: covered.coverage } : {}),
    notes: [
      ...staleNotes,
      ...(lost === undefined ? [] : [lost]),
      ...(refused === undefined ? [] : [refused]),
      ...notesOf(options, session, cases, { dead: dead?.message, requests: target.requests }),
    ].map((note) => maskSentence(note, mask)),
    summary: summarize(cases, target.requests),
    findings,
    cases: cases.map(told),
    ...described,
    untouched: [
      ...(covered
        ? notJudged(contract, cases, session.reached, covered.ids).map((one) => ({
            ...one,
            reason: maskSentence(one.reason, mask),
          }))
        : []),
      ...untouched(
        contract,
        judged.map(({ planned }) => planned),
      ).filter(({ kind }) => !covered || kind === 'requirement'),
    ],
    inferred: contract.inferred,
    fixtures: options.fixtures.map(({ secret, ...fixture }) => maskFixture(fixture, secret === true, mask)),
    ledger: maskTexts(session.ledger, mask),
    drift: suggestDrift(cases),
    verifiedRequests: followed.verified(session.verified).map((request) => maskRequest(request, mask)),
    exchanges: exchanges.sort((a, b) => a.id - b.id),
  };
}

/** What whoever stopped the run says of it; a person at the keyboard says nothing. */
function messageOf(signal: AbortSignal): string | undefined {
  const reason: unknown = signal.reason;
  return typeof reason === 'object' && reason !== null && 'message' in reason && 'kind' in reason
    ? String(reason.message)
    : undefined;
}

function notesOf(
  options: SuiteOptions,
  session: RunSession,
  cases: readonly CaseResult[],
  { dead, requests }: { dead: string | undefined; requests: number },
): string[] {
  const notes: string[] = [];
  if (cases.length === 0 && !options.shard)
    notes.push(
      'No case is selected. `ringtrue list` shows all ids; --include, --exclude, --profile and --read-only choose among them.',
    );
  if (dead !== undefined) notes.push(dead);
  if (options.signal?.aborted)
    notes.push(messageOf(options.signal) ?? 'The run was interrupted; what ran is reported.');
  const timeUp = cases.some(({ message }) => message === timeIsUp(options));
  if (timeUp) notes.push(timeIsUp(options));
  if (timeUp && requests === 0 && options.spentMs !== undefined)
    notes.push(
      `Planning took ${(options.spentMs / 1000).toFixed(1)} s of it, and nothing was asked. Give it more time, or fewer cases with --include or --profile core.`,
    );
  const trouble = session.transportTrouble.find((exchange) => exchange.error !== undefined);
  if (dead === undefined && trouble?.error && !timeUp && !options.signal?.aborted)
    notes.push(
      `${String(session.transportTrouble.length)} ${session.transportTrouble.length > 1 ? 'requests' : 'request'} got no answer: ${trouble.error.message}`,
    );
  const late = session.lateMs.get('late');
  if (late !== undefined) notes.push(`Some answers became visible late: after ${(late / 1000).toFixed(1)} s at most.`);
  const errors = cases.filter((result) => result.status === 'error');
  if (errors[0])
    notes.push(
      `${String(errors.length)} ${errors.length > 1 ? 'cases' : 'case'} failed by a mistake of RingTrue: ${errors[0].message ?? errors[0].id}`,
    );
  return notes;
}
