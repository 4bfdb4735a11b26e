/** The sections of a verification record, each from the report alone. */
import type { DriftSuggestion, Finding, FixtureInfo, OperationInfo, Report } from '../model/index.ts';
import { difference } from './difference.ts';
import { driftMarkdown } from './drift-markdown.ts';
import { markdown, markdownBlock, markdownCode, shorten, showValue } from './escape.ts';
import { plural, reach, sortedFindings, thousands } from './summary.ts';

/** One operation with everything that the report knows of it. */
export interface RecordSubject {
  report: Report;
  operation: OperationInfo;
  findings: Finding[];
  drift: DriftSuggestion[];
}

/**
 * @param report the run's report
 * @param operation one of its operations
 * @returns the operation's findings, those included that were told at another operation and failed cases of this one
 */
export function subject(report: Report, operation: OperationInfo): RecordSubject {
  const own = new Set(report.cases.filter((one) => one.operation === operation.operationId).map((one) => one.id));
  const findings = report.findings.filter(
    (one) => one.operation === operation.operationId || one.cases.some((id) => own.has(id)),
  );
  const drift = report.drift.filter((one) => one.operation === operation.operationId);
  return { report, operation, findings: sortedFindings(findings), drift };
}

/** Counts and verdict in sentences. */
export function summarySection({ report, operation, findings }: RecordSubject): string {
  const cases = report.cases.filter((one) => one.operation === operation.operationId);
  const count = (status: string): number => cases.filter((one) => one.status === status).length;
  const must = findings.filter((one) => one.level === 'MUST').length;
  const what = operation.summary === undefined ? '' : `${markdown(operation.summary)}. `;
  const verdict =
    cases.length === 0
      ? 'No case of this run touched the operation.'
      : must > 0
        ? `**${plural(must, 'MUST', 'MUSTs')} broken.**`
        : count('pass') === 0
          ? 'Nothing could be verified.'
          : 'Every MUST that was asked is kept.';
  const unasked = count('not-tested') + count('error');
  return [
    `${what}${verdict}`,
    `Checked against ${markdownCode(report.target.url)} with the contract ${markdown(`${report.contract.name} ${report.contract.version}`)}: ${[
      plural(cases.length, 'case'),
      `${thousands(count('pass'))} passed`,
      `${thousands(count('fail'))} failed`,
      `${thousands(count('warn'))} with a SHOULD not kept`,
      ...(unasked > 0 ? [`${thousands(unasked)} could not be judged`] : []),
      `seed ${String(report.seed)}`,
    ].join(', ')}.`,
  ].join('\n\n');
}

/** What a caller must have before the first request. */
export function prerequisitesSection({ report, operation }: RecordSubject): string {
  const fixtures = fixturesOf(report, operation);
  return [
    `- The API is reachable at ${markdownCode(report.target.url)}.`,
    '- A token that may call the operation, in `RINGTRUE_TOKEN`.',
    ...fixtures.map((one) => `- ${markdownCode(one.name)} names something that exists on the target.`),
    ...pathParameters(operation).map((name) => `- ${markdownCode(name)} names an existing record.`),
  ].join('\n');
}

interface UidRow {
  name: string;
  /** `GET /path#/pointer`, or how it was given. */
  source?: string;
  fallback?: string;
  usedFallback: boolean;
  value?: string;
}

/** Where each identifier of the request comes from: a table, and the same as JSON. */
export function uidSection(one: RecordSubject): string {
  const rows = uidRows(one);
  if (rows.length === 0) return 'The operation needs no identifier.';
  const cell = (text: string | undefined): string => (text === undefined ? '-' : origin(text));
  const json = Object.fromEntries(
    rows.map((row) => [
      row.name,
      {
        ...(isGiven(row.source)
          ? { given_by: row.source?.slice(GIVEN.length), source_endpoint: null }
          : { source_endpoint: row.source ?? null }),
        fallback_endpoint: row.fallback ?? null,
        used_fallback: row.usedFallback,
        ...(row.value === undefined ? {} : { value: shorten(row.value, 200) }),
      },
    ]),
  );
  return [
    [
      '| UID Field | Source Endpoint | Fallback (Create) | Used Fallback |',
      '|---|---|---|---|',
      ...rows.map(
        (row) =>
          `| ${markdownCode(row.name)} | ${cell(row.source)} | ${cell(row.fallback)} | ${row.usedFallback ? 'yes' : 'no'} |`,
      ),
    ].join('\n'),
    markdownBlock(JSON.stringify(json, undefined, 2), 'json'),
  ].join('\n\n');
}

const GIVEN = 'given by ';

function isGiven(source: string | undefined): boolean {
  return source?.startsWith(GIVEN) === true;
}

/** An endpoint in code, the rest in words. */
function origin(text: string): string {
  return isGiven(text) ? markdown(shorten(text, 200)) : markdownCode(shorten(text, 200));
}

function uidRows({ report, operation }: RecordSubject): UidRow[] {
  const fixtures = fixturesOf(report, operation).map((fixture): UidRow => {
    const create = fixture.via.startsWith('POST ');
    return {
      name: fixture.name,
      source: fixture.source ?? (create ? undefined : givenBy(fixture.via)),
      fallback: fixture.fallback ?? (create ? fixture.via : undefined),
      usedFallback: create,
      value: fixture.value,
    };
  });
  const collection = operation.path.replace(/\/\{[^/]*\}.*$/, '');
  const on = (method: string): string | undefined => {
    const found = report.operations.find((other) => other.method === method && other.path === collection);
    return found === undefined ? undefined : `${found.method} ${found.path}`;
  };
  // A run reads and changes only what it made itself, so its path parameters come from its own creates.
  const sent = parametersIn(operation.path, verifiedRequest({ report, operation })?.path);
  const parameters = pathParameters(operation).map((name): UidRow => ({
    name,
    source: on('GET'),
    fallback: on('POST'),
    usedFallback: on('POST') !== undefined,
    value: sent.get(name),
  }));
  return [...fixtures, ...parameters];
}

/** How a value came that was not asked of the target. */
function givenBy(via: string): string {
  if (via === 'flag') return 'given by --fixture';
  if (via === 'env') return 'given by RINGTRUE_FIXTURE';
  if (via.startsWith('env ')) return `given by the environment variable ${via.slice(4)}`;
  if (via === 'config') return 'given by the config file';
  return via === 'default' ? 'given by RingTrue, for the reference server' : via;
}

/** The values that stand in a path that was sent, by the names that stand in its template. */
function parametersIn(template: string, path: string | undefined): Map<string, string> {
  const parts = (path ?? '').split('?')[0]?.split('/') ?? [];
  return new Map(
    template.split('/').flatMap((part, at): [string, string][] => {
      const name = /^\{([^}]+)\}$/.exec(part)?.[1];
      const value = parts[at];
      return name === undefined || value === undefined || value === part ? [] : [[name, value]];
    }),
  );
}

/** How a reader gets each parameter's value. */
export function parametersSection(one: RecordSubject): string {
  const rows = uidRows(one);
  const body = verifiedRequest(one)?.body;
  const fields = isObject(body) ? Object.entries(body).filter(([name]) => !rows.some((row) => row.name === name)) : [];
  const lines = [
    ...rows.map((row) => {
      const ways = [
        ...(row.source === undefined ? [] : [isGiven(row.source) ? row.source : `ask ${origin(row.source)}`]),
        ...(row.fallback === undefined ? [] : [`create one with ${origin(row.fallback)}`]),
      ];
      return `- ${markdownCode(row.name)}: ${ways.join(', or ') || 'known to the caller'}.`;
    }),
    ...fields.map(([name, value]) => `- ${markdownCode(name)}: such as ${markdownCode(showValue(value, 120))}.`),
  ];
  return lines.length === 0 ? 'The operation takes no parameter that must be resolved.' : lines.join('\n');
}

/** What a caller must know, each from evidence; the gravest first. */
export function learningsSection({ report, operation, findings, drift }: RecordSubject): string {
  const lines = findings.map((finding) => {
    const mark = finding.level === 'MUST' ? `**${finding.severity}**` : finding.severity;
    const seen = (finding.evidence?.got ?? [])
      .filter((row) => !row.ok)
      .map((row) => `${row.where}: ${row.missing === true ? 'missing' : difference(finding.evidence?.sent, row.got)}`);
    const evidence = seen.length === 0 ? '' : ` Seen in ${markdown(shorten(seen.join(', '), 400))}.`;
    const sent =
      finding.evidence?.sent === undefined ? '' : ` Sent: ${markdownCode(showValue(finding.evidence.sent, 120))}.`;
    return `- ${mark} (${finding.level}) ${markdown(shorten(finding.message, 600))}${sent}${evidence} ${markdown(reach(finding))}.`;
  });
  const observed = drift.map((one) => `- ${markdown(shorten(one.observed, 600))} ${markdown(one.why)}`);
  const untouched = report.untouched
    .filter((one) => one.kind === 'operation' && one.id === operation.operationId)
    .map((one) => `- Not tested: ${markdown(one.reason)}.`);
  const lines_ = [...lines, ...observed, ...untouched];
  return lines_.length === 0 ? '- Nothing that the contract does not say already.' : lines_.join('\n');
}

/** Method, path and body as really sent. */
export function requestSection(one: RecordSubject): string {
  const request = verifiedRequest(one);
  if (request === undefined) {
    return 'No request of this operation succeeded in the run.';
  }
  const sent = isObject(request.body) ? Object.keys(request.body) : [];
  // Only a round-trip has a way in: such a finding says that a value which was taken is not what a read answers.
  const roundTrips = new Set(one.report.cases.filter((other) => other.way !== undefined).map((other) => other.id));
  const broken = one.findings.filter((finding) => finding.cases.some((id) => roundTrips.has(id)));
  const lost = sent.filter((name) => broken.some((finding) => finding.field === name));
  return [
    `${markdownCode(`${request.method} ${request.path}`)} answered ${String(request.status)}.`,
    ...(request.body === undefined ? [] : [markdownBlock(JSON.stringify(request.body, undefined, 2), 'json')]),
    ...(lost.length === 0
      ? []
      : [`**Accepted, yet not kept:** ${lost.map(markdownCode).join(', ')} (see Critical Learnings).`]),
  ].join('\n\n');
}

/** What to mend, in the implementation or in its documentation. */
export function fixesSection({ findings, drift }: RecordSubject): string {
  const cell = (text: string): string => markdown(shorten(text, 600));
  const rows = findings.map((finding) => {
    const way = drift.find((one) => one.field === finding.field);
    const fix = way?.favours === 'contract' ? asSentence(way) : finding.suggestion;
    return `| ${markdownCode(finding.field ?? finding.operation)} | ${cell(finding.message)} | ${cell(fix)} | ${finding.severity} |`;
  });
  const others = drift
    .filter((one) => !findings.some((finding) => finding.field === one.field))
    .map((one) => {
      const fix = one.favours === 'contract' ? asSentence(one) : one.implementation;
      return `| ${markdownCode(one.field ?? one.operation)} | ${cell(one.observed)} | ${cell(fix)} | minor |`;
    });
  if (rows.length + others.length === 0) return 'None.';
  const table = ['| Field | Issue | Suggested Fix | Severity |', '|---|---|---|---|', ...rows, ...others].join('\n');
  const diffs = drift.filter((one) => one.contractChange.includes('\n'));
  if (diffs.length === 0) return table;
  return [table, 'Both ways out, where target and contract steadily disagree:', ...diffs.flatMap(driftMarkdown)].join(
    '\n\n',
  );
}

/** A diff has no place in a table's cell. */
function asSentence({ operation, field, contractChange }: DriftSuggestion): string {
  if (!contractChange.includes('\n')) return contractChange;
  return `Change the contract: the diff for ${field ?? operation} below.`;
}

function verifiedRequest({
  report,
  operation,
}: Pick<RecordSubject, 'report' | 'operation'>): Report['verifiedRequests'][number] | undefined {
  return report.verifiedRequests.find((one) => one.operation === operation.operationId);
}

/** A fixture `staff_uid.other` belongs to the field `staff_uid`. */
function fixturesOf(report: Report, operation: OperationInfo): FixtureInfo[] {
  return report.fixtures.filter((one) => operation.requestFields.includes(one.name.split('.')[0] ?? ''));
}

function pathParameters(operation: OperationInfo): string[] {
  return [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
