import { suggestDrift } from '../model/breach/drift.ts';
import { findingsOf } from '../model/breach/findings.ts';
import { summarize, verdictOf as verdictOfCases } from '../model/outcome.ts';
import { joinCases } from './merge-cases.ts';
import type { CaseResult, DriftSuggestion, Finding, Report, Verdict } from '../model/index.ts';

/** The reports do not belong together; the message says which and why. Its own class, so that the CLI can answer with exit 2. */
export class MergeError extends Error {
  override name = 'MergeError';
}

/**
 * Joins the reports of a run that was split with `--shard i/n` into the report that one run would have given.
 *
 * @param reports the shards' reports, in any order
 * @returns one report: cases in the contract's order, findings with one id joined, the verdict of the whole
 * @throws {MergeError} when there is no report, when contract, seed, target or tool differ, when a shard is missing or there
 *   twice, or when two hold the same case
 */
export function mergeReports(reports: Report[]): Report {
  const [first, ...others] = reports;
  if (first === undefined) throw new MergeError('There is no report to merge: name at least one JSON report.');
  for (const [at, other] of others.entries()) refuseStranger(first, other, at + 2);
  refuseGaps(reports);
  refuseDuplicates(reports);
  const { shard: _shard, ...whole } = first;
  const started = reports.map((one) => Date.parse(one.startedAt));
  const ended = reports.map((one, at) => (started[at] ?? 0) + one.durationMs);
  const exchanges = reports.flatMap((one) => one.exchanges ?? []);
  const cases = joinCases(reports);
  const requirements = firstOf(
    reports.flatMap((one) => one.requirements),
    (one) => one.id,
  );
  return {
    ...whole,
    startedAt: new Date(Math.min(...started)).toISOString(),
    // Shards run side by side: the whole took from the first start to the last end.
    durationMs: Math.max(...ended) - Math.min(...started),
    verdict: verdictOf(reports, cases),
    ...coverageOf(reports),
    notes: distinct(reports.flatMap((one) => one.notes)),
    // Nothing that follows from the cases is taken from the shards: their reports are files that anybody can edit.
    summary: summarize(
      cases,
      reports.reduce((total, { summary }) => total + summary.requests, 0),
    ),
    findings: hasBreaches(cases)
      ? findingsOf(cases, { requirements, operations: first.operations })
      : mergeFindings(reports.flatMap((one) => one.findings)),
    cases: inOrder(cases, first),
    requirements,
    untouched: untouched(reports),
    inferred: distinct(reports.flatMap((one) => one.inferred)),
    fixtures: firstOf(
      reports.flatMap((one) => one.fixtures),
      (one) => one.name,
    ),
    ledger: reports.flatMap((one) => one.ledger).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    ...(reports.some((one) => one.cleanup) ? { cleanup: reports.flatMap((one) => one.cleanup ?? []) } : {}),
    drift: hasBreaches(cases) ? suggestDrift(cases) : mergeDrift(reports),
    verifiedRequests: firstOf(
      reports.flatMap((one) => one.verifiedRequests),
      (one) => one.operation,
    ),
    // Exchange ids count per shard, so exchanges cannot be joined without renaming what points at them.
    exchanges: reports.length === 1 && exchanges.length > 0 ? exchanges : undefined,
  };
}

/** Reports of a version before breaches were data have findings alone. */
function hasBreaches(cases: readonly CaseResult[]): boolean {
  return cases.every(({ status, breaches }) => (status !== 'fail' && status !== 'warn') || breaches !== undefined);
}

function mergeDrift(reports: readonly Report[]): DriftSuggestion[] {
  return firstOf(
    reports.flatMap((one) => one.drift),
    (one) => `${one.operation} ${one.field ?? ''} ${one.observed}`,
  );
}

function refuseStranger(first: Report, other: Report, nth: number): void {
  const same: [string, string, string][] = [
    [
      'contract',
      `${first.contract.name} ${first.contract.version}`,
      `${other.contract.name} ${other.contract.version}`,
    ],
    ['contract text (sha256)', first.contract.sha256, other.contract.sha256],
    ['seed', String(first.seed), String(other.seed)],
    ['target', first.target.url, other.target.url],
    ['tool', `${first.tool.name} ${first.tool.version}`, `${other.tool.name} ${other.tool.version}`],
  ];
  for (const [what, left, right] of same) {
    if (left === right) continue;
    throw new MergeError(
      `Report ${String(nth)} is of another run than report 1: its ${what} is ${right}, not ${left}. Merge only the shards of one run.`,
    );
  }
}

/** A verdict on the whole needs the whole. */
function refuseGaps(reports: readonly Report[]): void {
  const count = reports[0]?.shard?.count ?? 1;
  const places = new Map<number, number>();
  for (const [at, { shard }] of reports.entries()) {
    const nth = String(at + 1);
    if (shard === undefined) {
      if (reports.length === 1) return;
      throw new MergeError(
        `Report ${nth} is no part of a split run: it was made without --shard. Merge only the shards of one run.`,
      );
    }
    const name = `${String(shard.index)}/${String(shard.count)}`;
    if (shard.count !== count) {
      throw new MergeError(
        `Report ${nth} is shard ${name}, and report 1 is one of ${String(count)}: they come from different splits.`,
      );
    }
    const other = places.get(shard.index);
    if (other !== undefined) {
      throw new MergeError(`Report ${String(other)} and report ${nth} are both shard ${name}: one is given twice.`);
    }
    places.set(shard.index, at + 1);
  }
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !places.has(index));
  if (missing.length === 0) return;
  const named = missing.slice(0, 10).map((index) => `${String(index)}/${String(count)}`);
  const rest = missing.length > named.length ? ` and ${String(missing.length - named.length)} more` : '';
  throw new MergeError(
    `${missing.length === 1 ? 'Shard' : 'Shards'} ${named.join(', ')}${rest} ${missing.length === 1 ? 'is' : 'are'} missing: without ${missing.length === 1 ? 'it' : 'them'} there is no verdict on the whole.`,
  );
}

function refuseDuplicates(reports: Report[]): void {
  const seen = new Map<string, number>();
  for (const [at, report] of reports.entries()) {
    for (const { id, everywhere } of report.cases) {
      const other = everywhere ? undefined : seen.get(id);
      if (other !== undefined) {
        throw new MergeError(
          `Case ${id} stands in report ${String(other)} and in report ${String(at + 1)}: shards do not overlap, so one of them is given twice or comes from another split.`,
        );
      }
      seen.set(id, at + 1);
    }
  }
}

/**
 * The verdict of the whole follows from the shards' verdicts: a broken MUST anywhere makes it non-conformant; else what could
 * not be judged anywhere makes it incomplete. So this needs no second definition of what conforms. A shard that got no case
 * (more shards than cases) says nothing.
 */
function verdictOf(reports: Report[], cases: readonly CaseResult[]): Verdict {
  const judging = reports.flatMap((one) => one.judging ?? []);
  if (judging.length === reports.length)
    return verdictOfCases(
      cases,
      judging.some(({ strict }) => strict),
      judging.some(({ stale }) => stale),
      judging.some(({ cutShort }) => cutShort),
      coverageOf(reports).coverage,
    );
  const asked = reports.filter((one) => one.cases.length > 0);
  const verdicts = new Set(asked.map((one) => one.verdict));
  if (verdicts.has('non-conformant')) return 'non-conformant';
  const { coverage } = coverageOf(reports);
  const little = coverage !== undefined && coverage.percent < coverage.minimum;
  return verdicts.has('incomplete') || asked.length === 0 || little ? 'incomplete' : 'conformant';
}

/** An operation is judged when any shard has judged it. */
function coverageOf(reports: Report[]): Pick<Report, 'coverage' | 'operations'> {
  const [first] = reports;
  const operations = (first?.operations ?? []).map((operation, at) =>
    first?.coverage ? { ...operation, judged: reports.some((one) => one.operations[at]?.judged === true) } : operation,
  );
  if (!first?.coverage) return { operations };
  const judged = operations.filter((one) => 'judged' in one && one.judged).length;
  const whole = first.coverage.operations;
  const percent = whole === 0 ? 0 : Math.floor((judged * 100) / whole);
  return { operations, coverage: { ...first.coverage, judged, percent } };
}

function mergeFindings(findings: Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const known = merged.get(finding.id);
    if (known === undefined) {
      merged.set(finding.id, finding);
      continue;
    }
    merged.set(finding.id, {
      ...known,
      level: known.level === 'MUST' || finding.level === 'MUST' ? 'MUST' : known.level,
      cases: distinct([...known.cases, ...finding.cases]),
      blocked: known.blocked + finding.blocked,
      // It is expected only if every shard says so.
      expectedFailure: finding.expectedFailure === undefined ? undefined : known.expectedFailure,
    });
  }
  return [...merged.values()];
}

/** Operations as the contract orders them, cases by id within: no matter which shard came first. */
function inOrder(cases: CaseResult[], report: Report): CaseResult[] {
  const place = new Map(report.operations.map((one, at) => [one.operationId, at]));
  const rank = (one: CaseResult): number => place.get(one.operation) ?? place.size;
  return cases.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** What one shard left out another may have touched: untouched is what all of them say. */
function untouched(reports: Report[]): Report['untouched'] {
  const key = (one: Report['untouched'][number]): string => `${one.kind} ${one.id}`;
  const sets = reports.map((report) => new Set(report.untouched.map(key)));
  return firstOf(
    reports.flatMap((one) => one.untouched),
    key,
  ).filter((one) => sets.every((set) => set.has(key(one))));
}

function distinct<T>(all: T[]): T[] {
  return [...new Set(all)];
}

function firstOf<T>(all: T[], key: (one: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const one of all) if (!seen.has(key(one))) seen.set(key(one), one);
  return [...seen.values()];
}
