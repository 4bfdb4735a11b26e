/** Puts breaches together: equal breaches are one finding. The same for a run and for its merged shards. */
import type { Breach, CaseBreach } from '../breach.ts';
import type { CaseResult, Finding, OperationInfo, RequirementInfo } from '../report.ts';
import type { Level, Severity } from '../verdict.ts';
import { alsoSeen, sameFor } from './also.ts';
import { blocksOf, causeId, causeOf, type Cause } from './cause.ts';
import { evidenceOf } from './evidence.ts';
import { explain, levelReason, rankOf, type ExplainContext } from './explain.ts';
import { joined, leadOf } from './lead.ts';

/** A breach with the case that saw it. */
export interface Member extends CaseBreach {
  result: CaseResult;
  /** The breach as the case has it. */
  own: CaseBreach;
}

/** All that one subject shows of one cause. */
export interface Group {
  cause: Cause;
  level: Level;
  members: Member[];
}

export interface FindingsContext {
  requirements: readonly RequirementInfo[];
  operations: readonly OperationInfo[];
}

/**
 * @param cases the results of a run, in any order
 * @param context the contract's rows and operations, as the report has them
 * @returns the findings: worst level first, then what is lost and what belongs to others
 */
export function findingsOf(cases: readonly CaseResult[], context: FindingsContext): Finding[] {
  const blocked = new Map<string, number>();
  for (const { blockedBy } of cases)
    if (blockedBy !== undefined) blocked.set(blockedBy, (blocked.get(blockedBy) ?? 0) + 1);
  const place = new Map(context.operations.map(({ operationId }, at) => [operationId, at]));
  return together(groupsOf(cases))
    .map((groups) => ({
      rank: rankOf(leadOf(groups[0]?.members ?? []).breach),
      finding: toFinding(groups, context, blocked),
    }))
    .sort(
      (a, b) =>
        levels.indexOf(a.finding.level) - levels.indexOf(b.finding.level) ||
        a.rank - b.rank ||
        severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
        (place.get(a.finding.operation) ?? place.size) - (place.get(b.finding.operation) ?? place.size) ||
        compare(a.finding.id, b.finding.id),
    )
    .map(({ finding }) => finding);
}

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];
const severities: readonly Severity[] = ['critical', 'major', 'minor'];

/** @returns what each subject shows of each cause, in an order that does not depend on that of the cases */
export function groupsOf(cases: readonly CaseResult[]): Group[] {
  const groups = new Map<string, Group>();
  for (const result of cases) {
    for (const one of result.breaches ?? []) {
      const cause = causeOf(one);
      const key = JSON.stringify([one.level, cause.family, cause.subject]);
      const member = { ...one, result, own: one };
      const known = groups.get(key);
      if (known) known.members.push(member);
      else groups.set(key, { cause, level: one.level, members: [member] });
    }
  }
  for (const { members } of groups.values()) members.sort((a, b) => compare(a.result.id, b.result.id));
  return [...groups.values()].sort((a, b) => compare(idOf(a), idOf(b)));
}

/** Subjects that show the very same are one finding, once so many do that the cause has to lie beneath them. */
function together(groups: readonly Group[]): Group[][] {
  const alike = new Map<string, Group[]>();
  for (const group of groups) {
    const variants = new Set(group.members.flatMap((member) => causeOf(member).variant ?? []));
    const key = JSON.stringify([group.level, group.cause.family, [...variants].sort()]);
    alike.set(key, [...(alike.get(key) ?? []), group]);
  }
  return [...alike.values()].flatMap((same) =>
    same.length >= Math.max(2, same[0]?.cause.together ?? 2) ? [same] : same.map((one) => [one]),
  );
}

function idOf({ cause, level }: Group): string {
  return causeId(cause, level);
}

function toFinding(groups: readonly Group[], context: FindingsContext, blocked: ReadonlyMap<string, number>): Finding {
  const [first] = groups;
  if (!first) throw new Error('a finding without a case');
  const lead = leadOf(first.members);
  const breach = joined(lead, first.members);
  const requirement = context.requirements.find(({ id }) => id === lead.result.requirement);
  const members = groups.flatMap((group) => group.members);
  const told = explain(breach, contextOf(lead, context));
  const evidence = evidenceOf(breach);
  const level = first.level;
  return {
    id: idOf(first),
    level,
    ...(requirement && requirement.level !== level ? { levelReason: levelReason(breach) } : {}),
    kind: breach.kind === 'custom' ? breach.word : breach.kind,
    operation: blamed(lead, breach),
    field: lead.field,
    message: [told.sentence, alsoSeen(lead, first.members), sameFor(lead, first, groups)].filter(Boolean).join(' '),
    suggestion: told.remedy,
    severity: told.severity,
    requirement: requirement ?? { id: lead.result.requirement, level: lead.result.level, sentence: lead.result.title },
    contract: lead.contract,
    cases: [...new Set(members.map(({ result }) => result.id))].sort(compare),
    causes: groups.map(idOf),
    breach,
    blocked: [...new Set(members.flatMap(blocksOf))].reduce((sum, cause) => sum + (blocked.get(cause) ?? 0), 0),
    reproduce: lead.reproduce ?? [],
    ...(evidence.got.length > 0 || lead.exchangeIds.length > 0
      ? { evidence: { ...evidence, exchangeIds: lead.exchangeIds } }
      : {}),
    ...expectedOf(members),
  };
}

function expectedOf(members: readonly Member[]): { expectedFailure?: string } {
  const reasons = members.map(({ result }) => result.expectedFailure);
  return reasons.every((reason) => reason !== undefined) ? { expectedFailure: reasons[0] } : {};
}

/** Breaches of a value that was written: the write is named, whichever read shows it. */
const ofWrites = new Set<Breach['kind']>([
  'not-persisted',
  'altered',
  'not-returned',
  'wrong-default',
  'default-not-returned',
  'forged-applied',
]);

function contextOf(lead: Member, { operations }: FindingsContext): ExplainContext {
  const operation = ofWrites.has(lead.breach.kind) ? lead.result.operation : lead.operation;
  const info = operations.find(({ operationId }) => operationId === operation);
  return { operation, address: info ? `${info.method} ${info.path}` : operation, level: lead.level };
}

/** If one read alone is wrong, it is that read that is to blame, and else the write. */
function blamed(lead: Member, breach: Breach): string {
  if (breach.kind !== 'not-persisted' && breach.kind !== 'altered') return lead.operation;
  const wrong = new Set(breach.seen.filter(({ ok }) => !ok).map(({ where }) => where));
  return wrong.size === 1 ? lead.operation : lead.result.operation;
}

/** By code units: two machines must write the same report. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
