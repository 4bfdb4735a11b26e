/** Groups failed cases by cause: one cause, one finding. */
import type { Contract } from '../contract/types.ts';
import type { CaseResult, Evidence, Exchange, Finding, Level, RequirementInfo, Severity } from '../model/index.ts';
import type { Outcome } from '../rules/types.ts';
import { curlSequence } from './curl.ts';
import { wordValueFinding } from './value-words.ts';

/** A case that failed or warned, with all that is known of it. */
export interface Failure {
  result: CaseResult;
  outcome: Outcome;
  requirement: RequirementInfo;
  pointer: string;
}

/** When this many fields fail alike, the cause lies beneath them. */
const alike = 4;

/**
 * @param contract the contract
 * @param failures the failed and warned cases, in the order of the plan
 * @param blocked how many cases hang on each cause
 * @param roleOf whose token an exchange carried
 * @returns the findings, the worst first
 */
export function groupFindings(
  contract: Contract,
  failures: readonly Failure[],
  blocked: ReadonlyMap<string, number>,
  roleOf: (exchange: Exchange) => string | undefined = () => undefined,
): Finding[] {
  const groups = new Map<string, Failure[]>();
  const causes = widen(failures);
  failures.forEach((failure, index) => {
    const cause = causes[index] ?? '';
    const group = groups.get(cause);
    if (group) group.push(failure);
    else groups.set(cause, [failure]);
  });
  return [...groups.entries()]
    .map(([cause, group]) => toFinding(contract, cause, group, blockedBy(blocked, group), roleOf))
    .sort((a, b) => rank(a) - rank(b));
}

function blockedBy(blocked: ReadonlyMap<string, number>, group: readonly Failure[]): number {
  const causes = new Set(group.map(({ outcome }) => outcome.cause));
  return [...causes].reduce((sum, cause) => sum + (blocked.get(cause ?? '') ?? 0), 0);
}

function causeOf({ result, outcome }: Failure): string {
  return outcome.cause ?? `${outcome.kind ?? result.rule}|${result.operation}|${result.field ?? ''}`;
}

/** Families whose causes are told apart by operation: the same breach in several operations has one cause. */
const byOperation = new Set([
  'server-error',
  'auth',
  'unknown-id',
  'wrong-status',
  'content-type',
  'status',
  'status-422',
  'trace',
]);
/** Families whose causes are never told together: each field's value is a matter of its own. */
const apart = new Set(['value', 'body', 'error-body', 'refused-valid', 'forged', 'accepts']);

/** Causes of one kind that strike many fields or operations become one cause. */
function widen(failures: readonly Failure[]): string[] {
  const causes = failures.map(causeOf);
  // What a contract wishes is never told as what it demands, so the levels are counted apart.
  const keyOf = (index: number, family: string): string =>
    `${failures[index] ? levelOf(failures[index]) : ''}|${family}`;
  const families = new Map<string, Set<string>>();
  causes.forEach((cause, index) => {
    const family = familyOf(cause);
    if (apart.has(family)) return;
    const key = keyOf(index, family);
    families.set(key, (families.get(key) ?? new Set()).add(cause));
  });
  const values = new Set(causes.filter((cause) => familyOf(cause) === 'value'));
  return causes.map((cause, index) => {
    const family = familyOf(cause);
    // Many fields of a record wrong at once: the record is lost, stale or another one.
    if (family === 'value' && values.size >= alike + 2) return 'value';
    const key = keyOf(index, family);
    if ((families.get(key)?.size ?? 0) < (byOperation.has(family) ? 2 : alike)) return cause;
    return key.startsWith('MUST') ? family : `${family}|${key.split('|')[0] ?? ''}`;
  });
}

function familyOf(cause: string): string {
  return cause.split('|')[0] ?? cause;
}

function rank(finding: Finding): number {
  const level: Record<Level, number> = { MUST: 0, SHOULD: 100, MAY: 200 };
  const severity: Record<Severity, number> = { critical: 0, major: 10, minor: 20 };
  // Where two records have one id, what is read of either says little about the rest.
  return level[finding.level] + severity[finding.severity] - (finding.kind === 'id-repeated' ? 1 : 0);
}

function levelOf(failure: Failure): Level {
  return failure.outcome.level ?? failure.result.level;
}

function toFinding(
  contract: Contract,
  cause: string,
  group: readonly Failure[],
  blocked: number,
  roleOf: (exchange: Exchange) => string | undefined,
): Finding {
  const worst = group.find((failure) => levelOf(failure) === 'MUST') ?? group[0];
  if (!worst) throw new Error('a finding without a case');
  const level = levelOf(worst);
  const fields = [...new Set(group.map(({ result, outcome }) => outcome.field ?? result.field))].filter(
    (field) => field !== undefined,
  );
  const operations = [...new Set(group.map(({ result, outcome }) => outcome.operation ?? result.operation))];
  // Of several the one that the message tells of; the others stand in its last sentence.
  const field = fields.length === 1 ? fields[0] : (worst.outcome.field ?? worst.result.field);
  const values = cause.startsWith('value|') ? wordValueFinding(contract, group, field) : undefined;
  const exchanges = uniqueExchanges(values?.exchanges ?? worst.outcome.exchanges ?? []);
  const operation = values?.operation ?? worst.outcome.operation ?? worst.result.operation;
  const pointer = worst.outcome.pointer ?? worst.pointer;
  const message = values?.message ?? worst.outcome.message ?? worst.result.title;
  return {
    id: (cause === 'value' ? 'value|many' : cause).replaceAll(/[^A-Za-z0-9_$-]+/g, '.').slice(0, 120),
    level,
    kind: values?.kind ?? worst.outcome.kind ?? worst.result.rule,
    operation,
    field,
    message: group.length > 1 && !values ? `${message}${alsoSeen(group, fields, operations, worst)}` : message,
    suggestion:
      values?.suggestion ?? worst.outcome.suggestion ?? `Make ${operation} keep: ${worst.requirement.sentence}`,
    severity: worst.outcome.severity ?? (level === 'MUST' ? (values ? 'critical' : 'major') : 'minor'),
    requirement: worst.requirement,
    contract: { pointer: `#${pointer}`, file: contract.file, line: contract.lineOf(pointer) },
    cases: group.map(({ result }) => result.id),
    blocked,
    reproduce: curlSequence(exchanges, { operations: contract.operations, roleOf }),
    evidence: evidenceOf(values?.evidence ?? worst.outcome.evidence, exchanges),
  };
}

function evidenceOf(evidence: Outcome['evidence'], exchanges: readonly Exchange[]): Evidence | undefined {
  if (!evidence && exchanges.length === 0) return undefined;
  return { sent: evidence?.sent, got: evidence?.got ?? [], exchangeIds: exchanges.map(({ id }) => id) };
}

function uniqueExchanges(exchanges: readonly Exchange[]): Exchange[] {
  return [...new Map(exchanges.map((exchange) => [exchange.id, exchange])).values()].sort((a, b) => a.id - b.id);
}

function alsoSeen(
  group: readonly Failure[],
  fields: readonly string[],
  operations: readonly string[],
  worst: Failure,
): string {
  const shownField = worst.outcome.field ?? worst.result.field;
  const otherFields = fields.filter((field) => field !== shownField);
  const otherOperations = operations.filter(
    (operation) => operation !== (worst.outcome.operation ?? worst.result.operation),
  );
  const also = [
    ...(otherFields.length > 0 ? [some(otherFields)] : []),
    ...(otherOperations.length > 0 ? [some(otherOperations)] : []),
  ];
  if (also.length > 0) return ` The same holds for ${also.join(' and for ')}.`;
  return group.length > 1 ? ` ${String(group.length)} cases show it.` : '';
}

/** So many names are read one by one; the cases of the finding name all of them. */
const READABLE = 20;

function some(names: readonly string[]): string {
  if (names.length <= READABLE) return names.join(', ');
  const shown = names.slice(0, READABLE / 2);
  return `${shown.join(', ')} and ${String(names.length - shown.length)} more`;
}
