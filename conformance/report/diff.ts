import type { CaseResult, CaseStatus, Level, Report, Verdict } from '../model/index.ts';
import { shorten, visible } from './escape.ts';
import { LEVELS, plural } from './summary.ts';

/** One case in two runs. */
export interface CaseChange {
  id: string;
  title: string;
  level: CaseResult['level'];
  /** Absent in a case that is new. */
  before?: CaseStatus;
  /** Absent in a case that is gone. */
  after?: CaseStatus;
  /** What the later run says (the earlier one, when the case is gone). */
  message?: string;
  /** The finding of the later run (of the earlier one, when the case passes now or is gone). */
  finding?: string;
}

export interface ReportDiff {
  verdict: { before: Verdict; after: Verdict };
  /** Passes now and did not before. */
  fixed: CaseChange[];
  /** Passed before and does not now (it fails, warns, or could not be asked); or fails now and did something else before. */
  broken: CaseChange[];
  /** Stands in the later run only. */
  new: CaseChange[];
  /** Stands in the earlier run only. */
  gone: CaseChange[];
  /** Another status than before that is neither of the above. */
  changed: CaseChange[];
  /** Why the two runs may not be comparable: other contract, other target, other version. */
  notes: string[];
}

/**
 * Compares two runs case by case.
 *
 * @param before the earlier run
 * @param after the later run
 * @returns what was fixed, what broke, what is new and what is gone, each in the order of its run
 */
export function compareReports(before: Report, after: Report): ReportDiff {
  const earlier = new Map(before.cases.map((one) => [one.id, one]));
  const later = new Set(after.cases.map((one) => one.id));
  const diff: ReportDiff = {
    verdict: { before: before.verdict, after: after.verdict },
    fixed: [],
    broken: [],
    new: [],
    gone: [],
    changed: [],
    notes: notes(before, after),
  };
  const [was, is] = [before, after].map(findingOfCase);
  for (const one of after.cases) {
    const old = earlier.get(one.id);
    const kind = old === undefined ? 'new' : kindOf(old.status, one.status);
    if (kind !== undefined)
      diff[kind].push(
        change(one, old?.status, one.status, graver(old?.level, one.level), is?.get(one.id) ?? was?.get(one.id)),
      );
  }
  for (const one of before.cases)
    if (!later.has(one.id)) diff.gone.push(change(one, one.status, undefined, one.level, was?.get(one.id)));
  return diff;
}

function kindOf(before: CaseStatus, after: CaseStatus): 'fixed' | 'broken' | 'changed' | undefined {
  if (before === after) return undefined;
  if (after === 'pass') return before === 'not-applicable' ? 'changed' : 'fixed';
  // A case that passed and is now not asked is no longer proven: that is a loss, not a detail.
  if (before === 'pass') return after === 'not-applicable' ? 'changed' : 'broken';
  return after === 'fail' || (after === 'warn' && before === 'not-applicable') ? 'broken' : 'changed';
}

/** A result tells the level that was broken; of two the change is as grave as the graver. */
function graver(before: Level | undefined, after: Level): Level {
  return before !== undefined && LEVELS.indexOf(before) < LEVELS.indexOf(after) ? before : after;
}

function change(
  one: CaseResult,
  before: CaseStatus | undefined,
  after: CaseStatus | undefined,
  level: Level,
  finding?: string,
): CaseChange {
  return {
    id: one.id,
    title: one.title,
    level,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(one.message === undefined ? {} : { message: one.message }),
    ...(finding === undefined ? {} : { finding }),
  };
}

function notes(before: Report, after: Report): string[] {
  const said: string[] = [];
  const differ = (what: string, old: string, now: string): void => {
    if (old !== now) said.push(`${what}: ${old} before, ${now} now`);
  };
  const contract = (report: Report): string => `${report.contract.name} ${report.contract.version}`;
  differ('contract', contract(before), contract(after));
  if (contract(before) === contract(after) && before.contract.sha256 !== after.contract.sha256) {
    said.push('the contract has the same version and another text');
  }
  differ('target', before.target.url, after.target.url);
  differ('tool', before.tool.version, after.tool.version);
  return said;
}

/**
 * The comparison as text.
 *
 * @param diff what {@link compareReports} gave
 * @returns lines of text, a line feed at the end
 */
export function renderDiff(diff: ReportDiff): string {
  const kinds = ['broken', 'fixed', 'new', 'gone', 'changed'] as const;
  const counts = kinds
    .filter((kind) => kind !== 'changed' || diff.changed.length > 0)
    .map((kind) => `${String(diff[kind].length)} ${kind}`);
  const { before, after } = diff.verdict;
  const lines = [
    `${before === after ? after.toUpperCase() : `${before.toUpperCase()} -> ${after.toUpperCase()}`}  ${counts.join(', ')}`,
    ...diff.notes.map((note) => `  ${visible(note)}`),
  ];
  for (const kind of kinds) {
    if (diff[kind].length === 0) continue;
    lines.push('', `${kind} (${plural(diff[kind].length, 'case')})`);
    for (const { one, count } of byFinding(diff[kind])) {
      const from = [one.before, one.after].filter((status) => status !== undefined).join(' -> ');
      const more = count > 1 ? ` and ${plural(count - 1, 'other case')} of ${visible(one.finding ?? '')}` : '';
      lines.push(`  ${one.level.padEnd(6)} ${visible(one.id)}${more}  ${from}`);
      if (one.message !== undefined && one.after !== 'pass')
        lines.push(`         ${visible(shorten(one.message, 300))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The finding that tells a case; one that has several is told by the first. */
function findingOfCase({ findings }: Report): Map<string, string> {
  return new Map([...findings].reverse().flatMap(({ id, cases }) => cases.map((one) => [one, id] as const)));
}

/** One line for all cases of a finding that went the same way. */
function byFinding(changes: readonly CaseChange[]): { one: CaseChange; count: number }[] {
  const lines = new Map<string, { one: CaseChange; count: number }>();
  for (const one of changes) {
    const key = one.finding === undefined ? one.id : JSON.stringify([one.finding, one.level, one.before, one.after]);
    const known = lines.get(key);
    if (known) known.count += 1;
    else lines.set(key, { one, count: 1 });
  }
  return [...lines.values()];
}
