/** What every reporter tells about a run as a whole, so that no two of them tell it differently. */
import type { CaseResult, CaseStatus, Coverage, Finding, FixtureInfo, Level, Report } from '../model/index.ts';
import { shorten } from './escape.ts';

export const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

export const STATUSES: readonly CaseStatus[] = ['pass', 'fail', 'warn', 'not-applicable', 'not-tested', 'error'];

/** What a pass does not prove: one line, told wherever a pass is told. */
export const PASS_PROVES_NOT =
  'A pass proves what this run asked and read back. It proves neither durability nor behaviour under load, nor that a phone rang.';

/**
 * @param count how many
 * @param one the word for one
 * @param many the word for several, when it is not formed with an s
 */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`;
}

/** 20000 -> 20,000. Not by locale: two machines must write the same report. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 340 ms, 1.4 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** 2025-01-15T09:30:00.000Z -> 2025-01-15 09:30:00 UTC. */
export function instant(iso: string): string {
  return iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2 UTC');
}

/** How many cases of each level have which status. Levels without a case are left out. */
export function countsByLevel(
  cases: CaseResult[],
): { level: Level; counts: Record<CaseStatus, number>; cases: number }[] {
  return LEVELS.map((level) => {
    const counts = { pass: 0, fail: 0, warn: 0, 'not-applicable': 0, 'not-tested': 0, error: 0 };
    let total = 0;
    for (const one of cases) {
      if (one.level !== level) continue;
      counts[one.status] += 1;
      total += 1;
    }
    return { level, counts, cases: total };
  }).filter((row) => row.cases > 0);
}

/** What loses data, or shows or changes the data of others. */
const DATA_AT_STAKE: ReadonlySet<string> = new Set([
  'another-record',
  'changed-other',
  'leaked-record',
  'role-accepted',
  'unauthorized-accepted',
  'id-repeated',
  'not-persisted',
  'altered',
  'changed',
  'lost',
  'not-readable',
  'refused-yet-changed',
  'refused-yet-stored',
  'forged-applied',
  'lost-between-pages',
]);

/**
 * Findings in the order of reading: unexpected before expected, MUST before SHOULD, data loss and other people's data before the
 * rest, severe before minor; else as they came.
 */
export function sortedFindings(findings: Finding[]): Finding[] {
  const severities = ['critical', 'major', 'minor'];
  const rank = (one: Finding): number =>
    (one.expectedFailure === undefined ? 0 : 100) +
    LEVELS.indexOf(one.level) * 20 +
    (DATA_AT_STAKE.has(one.kind) ? 0 : 10) +
    severities.indexOf(one.severity);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

/**
 * Why cases have a status, most frequent first.
 *
 * @param cases the run's cases
 * @param status usually `not-applicable`, `not-tested` or `error`
 */
export function reasons(cases: CaseResult[], status: CaseStatus): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of cases) {
    if (one.status !== status) continue;
    const reason = one.message ?? 'no reason was told';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/** The verdict in one plain sentence. */
export function verdictSentence(report: Report): string {
  const { summary } = report;
  const open = report.findings.filter((one) => one.expectedFailure === undefined);
  const must = open.filter((one) => one.level === 'MUST').length;
  const should = open.filter((one) => one.level === 'SHOULD').length;
  const expected = report.findings.length - open.length;
  const known = report.cases.filter((one) => one.status === 'fail' && one.expectedFailure !== undefined).length;
  const unasked = summary.notTested + summary.error;
  const parts: string[] = [];
  if (must > 0) parts.push(`${plural(must, 'MUST', 'MUSTs')} broken (${plural(summary.fail, 'case')})`);
  else if (report.verdict === 'conformant')
    parts.push(
      known === 0
        ? 'every MUST that was asked is kept'
        : `every other MUST that was asked is kept; ${plural(known, 'MUST failure')} ${known === 1 ? 'is' : 'are'} expected${report.expectedFrom === undefined ? '' : ` (${report.expectedFrom})`}`,
    );
  if (should > 0) parts.push(`${plural(should, 'SHOULD', 'SHOULDs')} not kept`);
  if (expected > 0) parts.push(plural(expected, 'expected failure'));
  if (unasked > 0) parts.push(`${plural(unasked, 'case')} could not be judged`);
  if (parts.length === 0) parts.push(summary.cases === 0 ? 'no case was asked' : 'see the notes');
  return parts.join('; ');
}

/**
 * Why the verdict is not "conformant" although no finding says so: SHOULDs that were asked to count, or a list of expected
 * failures that is stale. A format in which only findings are red would be green.
 *
 * @param report the run's report
 * @returns a sentence, or nothing when a finding says it
 */
export function verdictBeyondFindings(report: Report): string | undefined {
  if (report.verdict !== 'non-conformant') return undefined;
  if (report.findings.some((one) => one.level === 'MUST' && one.expectedFailure === undefined)) return undefined;
  return [`${report.contract.name} is non-conformant: ${verdictSentence(report)}`, ...report.notes].join('. ');
}

/** `14 of 20 operations judged (70 %)`, and what that means where it is too little. */
export function coverageSentence({ operations, judged, percent, minimum }: Coverage): string {
  const share = `${thousands(judged)} of ${plural(operations, 'operation')} judged (${String(percent)} %)`;
  return percent < minimum ? `${share}; --min-coverage wants ${String(minimum)} %` : share;
}

/** One line for each reason, the one that holds back most operations first. */
export function unjudgedLines(operations: readonly { id: string; reason: string }[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason: told } of operations) {
    // What only differs in the operation's own name is one reason.
    const reason = told.startsWith(`${id} `) ? told.slice(id.length + 1).replaceAll(`${id}.`, '') : told;
    const known = byReason.get(reason);
    if (known) known.push(id);
    else byReason.set(reason, [id]);
  }
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, ids]) => {
      const more = ids.length > 3 ? ` and ${thousands(ids.length - 3)} more` : '';
      return `${shorten(reason, 300)}: ${ids.slice(0, 3).join(', ')}${more}`;
    });
}

/** What a fixture is and how it was found: `staff_uid = s-1 (env STAFF_UID)`. */
export function fixtureFact({ name, value, via }: FixtureInfo): string {
  return `${name} = ${shorten(value, 60)} (${shorten(via, 120)})`;
}

/**
 * @param file the contract's path as a report names it
 * @returns whether it lies in the user's own repository, where an annotation finds it: not in an installed package or elsewhere
 */
export function isOwnFile(file: string | undefined): file is string {
  return file !== undefined && !/^(?:[A-Za-z]:)?[\\/]|^\.\.[\\/]|^\w+:\/\/|(?:^|[\\/])node_modules[\\/]/.test(file);
}

/** `openapi/voice-calls.yaml:867`, or nothing when the contract is no file. */
export function sourceLine(contract: Finding['contract']): string | undefined {
  if (contract.file === undefined) return undefined;
  return contract.line === undefined ? contract.file : `${contract.file}:${String(contract.line)}`;
}

/** How far the failed cases and those that hang on them reach: one sentence. */
export function reach(finding: Finding): string {
  const failed = `${plural(finding.cases.length, 'case')} failed for this cause`;
  return finding.blocked > 0 ? `${failed}; ${thousands(finding.blocked)} more could not be asked` : failed;
}
