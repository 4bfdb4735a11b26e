import type { Finding, Report } from '../model/index.ts';
import { cleanupLines } from './cleanup-text.ts';
import { judgeRow } from './difference.ts';
import { driftMarkdown } from './drift-markdown.ts';
import { markdown, markdownBlock, markdownCode, shorten, showValue, visible } from './escape.ts';
import {
  countsByLevel,
  duration,
  fixtureFact,
  isOwnFile,
  PASS_PROVES_NOT,
  plural,
  reach,
  reasons,
  sortedFindings,
  sourceLine,
  STATUSES,
  thousands,
  verdictBeyondFindings,
  verdictSentence,
} from './summary.ts';

/** GitHub shows ten annotations of a kind for a step; what exceeds that is told in one line more. */
const SHOWN_PER_KIND = 10;
/** GitHub refuses a step summary of more than 1 MiB. */
const SUMMARY_FINDINGS = 50;
const SUMMARY_DRIFT = 10;

/**
 * GitHub workflow commands: an annotation on the contract's line for each finding.
 *
 * @param report the run's report
 * @returns lines for stdout of a workflow step; empty text when nothing is to be said
 */
export function render(report: Report): string {
  const lines: string[] = [];
  const shown = { error: 0, warning: 0, notice: 0 };
  for (const finding of sortedFindings(report.findings)) {
    const command = commandOf(finding);
    shown[command] += 1;
    if (shown[command] <= SHOWN_PER_KIND) lines.push(annotation(command, finding));
  }
  for (const command of ['error', 'warning', 'notice'] as const) {
    const more = shown[command] - SHOWN_PER_KIND;
    if (more > 0) lines.push(`::${command} title=RingTrue::${plural(more, 'more finding')}; see the step summary`);
  }
  const beyond = verdictBeyondFindings(report);
  if (beyond !== undefined) lines.push(`::error title=RingTrue::${data(shorten(beyond, 2000))}`);
  if (report.verdict === 'incomplete') {
    const why = [verdictSentence(report), ...report.notes].join('. ');
    lines.push(`::error title=RingTrue could not judge::${data(shorten(why, 2000))}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function commandOf(finding: Finding): 'error' | 'warning' | 'notice' {
  if (finding.expectedFailure !== undefined) return 'notice';
  return finding.level === 'MUST' ? 'error' : 'warning';
}

function annotation(command: string, finding: Finding): string {
  const { file, line } = finding.contract;
  const title = `${finding.level} ${finding.operation}${finding.field === undefined ? '' : ` ${finding.field}`}`;
  const properties = [
    // A file that the repository does not have would hide the annotation.
    ...(isOwnFile(file) ? [`file=${property(file)}`] : []),
    ...(isOwnFile(file) && line !== undefined ? [`line=${String(line)}`] : []),
    `title=${property(title)}`,
  ];
  const text = [
    finding.message,
    `${finding.requirement.sentence} (${finding.requirement.id})`,
    `What to do: ${finding.suggestion}`,
  ];
  // Each part is one line of its own; %0A is the only line feed that gets through.
  return `::${command} ${properties.join(',')}::${text.map((part) => data(shorten(part, 1500))).join('%0A')}`;
}

/** The text of a workflow command. The runner reads `%25`, `%0D` and `%0A` back. */
function data(text: string): string {
  return visible(text).replace(/%/g, '%25');
}

/** A property of a workflow command ends at a comma or colon. */
function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/**
 * The step summary (Markdown, for `$GITHUB_STEP_SUMMARY`).
 *
 * @param report the run's report
 * @returns Markdown
 */
export function renderStepSummary(report: Report): string {
  const mark = { conformant: '✅', 'non-conformant': '❌', incomplete: '⚠️' }[report.verdict];
  const findings = sortedFindings(report.findings);
  const parts = [
    `## ${mark} ${markdown(report.contract.name)}: ${report.verdict}`,
    `${markdown(verdictSentence(report))}.`,
    ...report.notes.map((note) => `> ${markdown(shorten(note, 600))}`),
    counts(report),
    ...findings.slice(0, SUMMARY_FINDINGS).map(findingSection),
    ...(findings.length > SUMMARY_FINDINGS
      ? [`… and ${plural(findings.length - SUMMARY_FINDINGS, 'more finding')}.`]
      : []),
    ...driftSections(report),
    ...notAsked(report),
    ...(report.fixtures.length === 0
      ? []
      : [`<sub>Fixtures: ${report.fixtures.map((one) => markdownCode(fixtureFact(one))).join(' · ')}</sub>`]),
    cleanupLines(report.cleanup)
      .map((line) => `- ${markdown(shorten(line.trim(), 600))}`)
      .join('\n'),
    ...(report.verdict === 'conformant' ? [`<sub>${markdown(PASS_PROVES_NOT)}</sub>`] : []),
    `<sub>${markdown(`${report.tool.name} ${report.tool.version}`)} · target ${markdownCode(report.target.url)} · ${plural(report.summary.requests, 'request')} in ${duration(report.durationMs)} · seed ${String(report.seed)}</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function counts(report: Report): string {
  const rows = countsByLevel(report.cases);
  if (rows.length === 0) return '';
  return [
    `| | ${STATUSES.join(' | ')} |`,
    `|---|${'---:|'.repeat(STATUSES.length)}`,
    ...rows.map(
      (row) => `| **${row.level}** | ${STATUSES.map((status) => thousands(row.counts[status])).join(' | ')} |`,
    ),
  ].join('\n');
}

function findingSection(finding: Finding): string {
  const word = finding.level === 'MUST' ? '🔴 MUST broken' : `🟡 ${finding.level} not kept`;
  const field = finding.field === undefined ? '' : ` ${markdownCode(finding.field)}`;
  const place = sourceLine(finding.contract);
  const evidence = finding.evidence;
  const rows = (evidence?.got ?? []).map((row) => {
    const value = row.missing === true ? '' : markdownCode(showValue(row.got, 200));
    return `| ${markdown(shorten(row.where, 100))} | ${value} | ${row.ok ? '✓' : '✗'} ${markdown(judgeRow(row, evidence ?? { got: [], exchangeIds: [] }))} |`;
  });
  return [
    `### ${word}: ${markdownCode(finding.operation)}${field}`,
    markdown(shorten(finding.message, 600)),
    ...(rows.length === 0
      ? []
      : [
          [
            '| where | value | |',
            '|---|---|---|',
            ...(evidence?.sent === undefined ? [] : [`| sent | ${markdownCode(showValue(evidence.sent, 200))} | |`]),
            ...rows,
          ].join('\n'),
        ]),
    `> ${markdown(finding.requirement.sentence)} (${markdownCode(finding.requirement.id)})`,
    `${place === undefined ? '' : `${markdownCode(place)} · `}${markdown(reach(finding))}. **What to do:** ${markdown(shorten(finding.suggestion, 600))}`,
    ...(finding.expectedFailure === undefined ? [] : [`*Expected:* ${markdown(finding.expectedFailure)}`]),
    ...(finding.reproduce.length === 0
      ? []
      : [
          `<details><summary>See it yourself</summary>\n\n${markdownBlock(shorten(finding.reproduce.join('\n'), 8000), 'sh')}\n\n</details>`,
        ]),
  ].join('\n\n');
}

/** Both ways out, folded: the findings come first. */
function driftSections(report: Report): string[] {
  if (report.drift.length === 0) return [];
  const told = report.drift.slice(0, SUMMARY_DRIFT).map((one) => driftMarkdown(one).join('\n\n'));
  return [
    `<details><summary>Where target and contract steadily disagree, two ways out (${String(report.drift.length)})</summary>`,
    ...told,
    '</details>',
  ];
}

function notAsked(report: Report): string[] {
  const rows = (['error', 'not-tested', 'not-applicable'] as const).flatMap((status) =>
    reasons(report.cases, status).map((one) => ({ status, ...one })),
  );
  if (rows.length === 0) return [];
  const shown = rows.slice(0, 12);
  const rest = rows.slice(12).reduce((sum, one) => sum + one.count, 0);
  const lines = shown.map((one) => `- ${thousands(one.count)} × ${one.status}: ${markdown(shorten(one.reason, 300))}`);
  return [[...lines, ...(rest > 0 ? [`- ${thousands(rest)} × for other reasons`] : [])].join('\n')];
}
