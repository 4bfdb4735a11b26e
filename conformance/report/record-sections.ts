/** The sections of a verification record, each from the report alone. */
import type { DriftSuggestion, Finding } from '../model/index.ts';
import { difference } from './difference.ts';
import { driftMarkdown } from './drift-markdown.ts';
import { markdown, markdownBlock, markdownCode, shorten, showValue } from './escape.ts';
import { isObject, type RecordSubject } from './record-subject.ts';
import { fixturesOf, pathParameters } from './record-uids.ts';
import { plural, reach, thousands } from './summary.ts';

/** What the operation does, what is broken, and what works all the same. */
export function summarySection({ report, operation, findings, verified }: RecordSubject): string {
  const cases = report.cases.filter((one) => one.operation === operation.operationId);
  const count = (status: string): number => cases.filter((one) => one.status === status).length;
  const must = findings.filter((one) => one.level === 'MUST');
  const what = operation.summary === undefined ? '' : `${markdown(operation.summary)}. `;
  const works =
    verified === undefined
      ? 'No request of the operation succeeded.'
      : `The operation itself works: a valid request was answered with ${String(verified.status)}, and ${thousands(count('pass'))} of ${plural(cases.length, 'case')} passed.`;
  const verdict =
    cases.length === 0
      ? 'No case of this run asked the operation.'
      : must.length > 0
        ? `**${plural(must.length, 'requirement')} broken:** ${must.map((one) => markdown(shorten(one.message, 300))).join(' ')} ${works}`
        : count('pass') === 0
          ? 'Nothing could be verified.'
          : `Every requirement at MUST that was asked is kept. ${works}`;
  const unasked = count('not-tested') + count('error');
  return [
    `${what}${verdict}`,
    `Checked against ${markdownCode(report.target.url)} with the contract ${markdown(`${report.contract.name} ${report.contract.version}`)}: ${[
      plural(cases.length, 'case'),
      `${thousands(count('pass'))} passed`,
      `${thousands(count('fail'))} failed`,
      `${thousands(count('warn'))} with a SHOULD not kept`,
      ...(unasked > 0 ? [`${thousands(unasked)} could not be judged`] : []),
    ].join(', ')}.`,
  ].join('\n\n');
}

/** What a caller must have before the first request. */
export function prerequisitesSection(about: RecordSubject): string {
  return [
    `- The API is reachable at ${markdownCode(about.report.target.url)}.`,
    '- A token that may call the operation (`$RINGTRUE_TOKEN` in the commands below).',
    ...fixturesOf(about).map(({ name }) => `- ${markdownCode(name)} names something that exists on the target.`),
    ...pathParameters(about).map((name) => `- ${markdownCode(name)} names an existing record.`),
  ].join('\n');
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
  const all = [...lines, ...observed, ...untouched];
  return all.length === 0 ? '- Nothing that the contract does not say already.' : all.join('\n');
}

/** Method, path and body as really sent: one JSON block. */
export function requestSection({ report, findings, verified }: RecordSubject): string {
  if (verified === undefined) return 'No request of this operation succeeded in the run.';
  const { method, path, body, status } = verified;
  const sent = isObject(body) ? Object.keys(body) : [];
  // Only a round-trip has a way: such a finding says that a value which was accepted is not what a read returns.
  const roundTrips = new Set(report.cases.filter((other) => other.way !== undefined).map((other) => other.id));
  const broken = findings.filter((finding) => finding.cases.some((id) => roundTrips.has(id)));
  const lost = sent.filter((name) => broken.some((finding) => finding.field === name));
  return [
    markdownBlock(JSON.stringify({ method, path, ...(body === undefined ? {} : { body }) }, undefined, 2), 'json'),
    `Answered ${String(status)}.`,
    ...(lost.length === 0
      ? []
      : [`**Accepted, yet not kept:** ${lost.map(markdownCode).join(', ')} (see Critical Learnings).`]),
  ].join('\n\n');
}

/** What to fix in the documentation, and where the code is to be fixed instead. */
export function fixesSection({ findings, drift }: RecordSubject): string {
  const cell = (text: string): string => markdown(shorten(text, 600));
  const rows = findings.map((finding) => {
    const way = drift.find((one) => one.field === finding.field);
    const fix = way?.favours === 'contract' ? documentFix(way) : codeFix(finding.suggestion);
    return `| ${markdownCode(finding.field ?? finding.operation)} | ${cell(finding.message)} | ${cell(fix)} | ${finding.severity} |`;
  });
  const others = drift
    .filter((one) => !findings.some((finding: Finding) => finding.field === one.field))
    .map((one) => {
      const fix = one.favours === 'contract' ? documentFix(one) : codeFix(one.implementation);
      return `| ${markdownCode(one.field ?? one.operation)} | ${cell(one.observed)} | ${cell(fix)} | minor |`;
    });
  if (rows.length + others.length === 0) return 'None.';
  const table = ['| Field | Issue | Suggested Fix | Severity |', '|---|---|---|---|', ...rows, ...others].join('\n');
  const diffs = drift.filter((one) => one.contractChange.includes('\n') && !ownKeyword(one.contractChange));
  if (diffs.length === 0) return table;
  return [table, 'Both ways out, where target and contract steadily disagree:', ...diffs.flatMap(driftMarkdown)].join(
    '\n\n',
  );
}

/** The table is about the documentation: a fix of the code says that it is one. */
function codeFix(sentence: string): string {
  return `Fix the code, not the documentation: ${sentence}`;
}

/** A diff has no place in a table's cell, and our own keywords have none in a vendor's documentation. */
function documentFix({ operation, field, contractChange, implementation }: DriftSuggestion): string {
  if (ownKeyword(contractChange)) return codeFix(implementation);
  if (!contractChange.includes('\n')) return contractChange;
  return `Change the documentation: the diff for ${field ?? operation} below.`;
}

function ownKeyword(text: string): boolean {
  return /^[+-].*x-ringtrue-/m.test(text) || (!text.includes('\n') && text.includes('x-ringtrue-'));
}
