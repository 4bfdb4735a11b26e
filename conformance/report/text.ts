import { createColors } from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { CaseResult, CaseStatus, Report } from '../model/index.ts';
import { cleanupLines } from './cleanup-text.ts';
import { inertLine, visible, visibleLines, shorten } from './escape.ts';
import { labelled, listed, padEnd, padStart, wrap } from './layout.ts';
import {
  countsByLevel,
  coverageSentence,
  duration,
  fixtureFact,
  instant,
  PASS_PROVES_NOT,
  plural,
  reasons,
  sortedFindings,
  STATUSES,
  thousands,
  unjudgedLines,
  verdictSentence,
} from './summary.ts';
import { roundTripClause, unlocking } from './unlock.ts';
import { findingLine, findingLines, shortFindingLines } from './text-finding.ts';

export interface TextOptions {
  /** ANSI colours; default no. */
  color?: boolean;
  /** Width of a line; default 100. */
  columns?: number;
  /** The verdict line and the findings' sentences only. */
  quiet?: boolean;
  /** Every case with its status, every record, every exchange. */
  verbose?: boolean;
  /** Makes the command that asks the cases of a finding again, in the words in which this run was started. */
  askAgain?: (cases: readonly string[]) => string;
}

/** So many findings are shown in full, and so many disagreements and short lines; a reader of more wants the HTML report. */
const FULL_FINDINGS = 10;
const DRIFTS = 3;
const TALE = 25;
const REASONS = 6;
/** So many fixtures are named that operations wait for. */
const UNLOCKS = 3;

interface Style {
  colors: Colors;
  columns: number;
  verbose: boolean;
  askAgain?: (cases: readonly string[]) => string;
}

/**
 * The report for a person at a terminal. The first screen tells it all: what was tested, the verdict, the counts, and the
 * gravest finding.
 *
 * @param report the run's report
 * @param options colours, width, how much
 * @returns lines of text, a line feed at the end
 */
export function render(report: Report, options: TextOptions = {}): string {
  const columns = Math.min(160, Math.max(60, options.columns ?? 100));
  const style = {
    colors: createColors(options.color ?? false),
    columns,
    verbose: options.verbose ?? false,
    askAgain: options.askAgain,
  };
  return `${(options.quiet === true ? quietLines(report, style) : fullLines(report, style)).map(inertLine).join('\n')}\n`;
}

function quietLines(report: Report, style: Style): string[] {
  return [
    ...verdictLines(report, style),
    ...noteLines(report, style),
    ...sortedFindings(report.findings).flatMap((finding) => shortFindingLines(finding, style)),
  ];
}

/** One cause kept nearly everything from being asked: it is said once, and nothing that follows from it. */
function isOneCause({ verdict, notes, summary, findings }: Report): boolean {
  const judged = summary.pass + summary.fail + summary.warn;
  return verdict === 'incomplete' && notes.length > 0 && findings.length === 0 && summary.notTested > 4 * judged;
}

function fullLines(report: Report, style: Style): string[] {
  if (isOneCause(report) && !style.verbose)
    return [...headLines(report, style), '', ...verdictLines(report, style), ...noteLines(report, style)];
  const lines = [
    ...headLines(report, style),
    '',
    ...verdictLines(report, style),
    ...noteLines(report, style),
    '',
    ...countLines(report, style),
    '',
    ...findingsLines(report, style),
    ...driftLines(report, style),
    ...(style.verbose ? caseLines(report, style) : []),
    ...notAskedLines(report, style),
    ...restLines(report, style),
  ];
  // On a terminal the last lines are what one sees first: after a long report the verdict stands there again.
  if (lines.length > 40) lines.push('', ...verdictLines(report, style));
  return lines;
}

function noteLines({ notes, summary, cases }: Report, { columns }: Style): string[] {
  const judged = summary.pass + summary.fail + summary.warn;
  const silent = notes.length > 0 && judged === 0 && cases.some(({ blockedBy }) => blockedBy === 'transport');
  return [
    ...notes,
    ...(silent ? ['Is it running? --wait-for SECONDS waits for it, and --url names another target.'] : []),
  ].flatMap((note) => wrap(visible(shorten(note, 600)), columns, '  '));
}

function headLines(report: Report, { colors, columns }: Style): string[] {
  const { tool, contract, target, summary } = report;
  const from = contract.file === undefined ? '' : ` · ${contract.file}`;
  const facts = [
    plural(summary.cases, 'case'),
    `${plural(summary.requests, 'request')} in ${duration(report.durationMs)}`,
    `seed ${String(report.seed)}`,
    instant(report.startedAt),
  ];
  const trips = [roundTripClause(report) ?? []].flat();
  const unlocks = unlocking(report)
    .slice(0, UNLOCKS)
    .map(({ fixture, operations }) => `--fixture ${fixture}=… ${plural(operations, 'operation')}`);
  const row = (label: string, text: string): string[] => labelled(label, visible(text), 10, columns);
  const list = (label: string, items: string[]): string[] => listed(label, items.map(visible), 10, columns, ' · ');
  return [
    ...row('contract', `${contract.name} ${contract.version}${from} · sha256 ${contract.sha256.slice(0, 12)}`),
    ...row('target', target.url),
    ...(report.coverage ? row('coverage', [coverageSentence(report.coverage), ...trips].join('; ')) : []),
    ...(report.coverage && unlocks.length > 0 ? list('unlock', unlocks) : []),
    ...list('run', [...facts, `${tool.name} ${tool.version}`]),
    ...(report.fixtures.length === 0 || report.fixtures.every((one) => one.via === 'default')
      ? []
      : list('fixtures', report.fixtures.map(fixtureFact))),
  ].map((line) => line.replace(/^\w+/, (label) => colors.dim(label)));
}

function verdictLines(report: Report, { colors, columns }: Style): string[] {
  const paint = {
    conformant: (text: string) => colors.bold(colors.green(text)),
    'non-conformant': (text: string) => colors.bold(colors.red(text)),
    incomplete: (text: string) => colors.bold(colors.yellow(text)),
  }[report.verdict];
  const mark = { conformant: '✓', 'non-conformant': '✗', incomplete: '?' }[report.verdict];
  const word = `${mark} ${report.verdict.toUpperCase()}`;
  const [first = '', ...rest] = labelled(word, visible(verdictSentence(report)), word.length + 2, columns);
  return [paint(word) + first.slice(word.length), ...rest];
}

function countLines(report: Report, { colors, columns }: Style): string[] {
  const rows = countsByLevel(report.cases);
  const shown = STATUSES.filter(
    (status) => status === 'pass' || status === 'fail' || rows.some((row) => row.counts[status] > 0),
  );
  const columnWidth = (status: CaseStatus): number =>
    columns < 76 ? Math.max(6, status.length + 1) : Math.max(8, status.length + 2);
  const head = `  ${padEnd('', 7)}${shown.map((status) => padStart(status, columnWidth(status))).join('')}`;
  const cell = (status: CaseStatus, count: number): string => {
    const text = padStart(count === 0 ? '·' : thousands(count), columnWidth(status));
    return count === 0 ? colors.dim(text) : paintStatus(status, text, colors);
  };
  return [
    colors.dim(head),
    ...rows.map(
      (row) => `  ${padEnd(row.level, 7)}${shown.map((status) => cell(status, row.counts[status])).join('')}`,
    ),
  ];
}

function paintStatus(status: CaseStatus, text: string, colors: Colors): string {
  switch (status) {
    case 'pass':
      return colors.green(text);
    case 'fail':
    case 'error':
      return colors.red(text);
    case 'warn':
    case 'not-tested':
      return colors.yellow(text);
    case 'not-applicable':
      return colors.dim(text);
  }
}

function findingsLines(report: Report, style: Style): string[] {
  const findings = sortedFindings(report.findings);
  const full = style.verbose ? findings : findings.slice(0, FULL_FINDINGS);
  const rest = findings.slice(full.length);
  return [
    ...full.flatMap((finding, at) => findingLines(finding, at + 1, style)),
    ...rest.slice(0, TALE).map((finding) => findingLine(finding, style)),
    ...(rest.length > TALE ? [`  … and ${plural(rest.length - TALE, 'more finding')}`] : []),
    ...(rest.length > 0 ? ['', `  --report html=report.html has all ${thousands(findings.length)} in full.`, ''] : []),
  ];
}

function driftLines(report: Report, style: Style): string[] {
  const { colors, columns } = style;
  if (report.drift.length === 0) return [];
  const shown = style.verbose ? report.drift : report.drift.slice(0, DRIFTS);
  const more = report.drift.length - shown.length;
  return [
    colors.bold('Where target and contract steadily disagree, two ways out'),
    '',
    ...shown.flatMap((one) => {
      const place = one.field === undefined ? one.operation : `${one.operation} ${one.field}`;
      const change = visibleLines(one.contractChange).split('\n');
      const mark = (side: 'implementation' | 'contract'): string =>
        one.favours === side ? `  ${colors.green('the evidence favours this')}` : '';
      return [
        ...wrap(`${visible(place)}: ${visible(shorten(one.observed, 600))}`, columns, '   '),
        `   ${colors.dim('change the implementation')}${mark('implementation')}`,
        ...wrap(visible(one.implementation), columns, '     '),
        `   ${colors.dim('or change the contract')}${mark('contract')}`,
        ...(change.length === 1
          ? wrap(change[0] ?? '', columns, '     ')
          : change.map((line) => `     ${diffLine(line, colors)}`)),
        ...wrap(`Why: ${visible(one.why)}`, columns, '   '),
        '',
      ];
    }),
    ...(more > 0 ? [`   ${thousands(more)} more: --report html=report.html shows both ways out of each.`, ''] : []),
  ];
}

function diffLine(line: string, colors: Colors): string {
  if (/^(---|\+\+\+) /.test(line)) return colors.dim(line);
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : colors.dim(line);
}

function caseLines(report: Report, { colors, columns }: Style): string[] {
  const line = (one: CaseResult): string[] => {
    const expected = one.expectedFailure === undefined ? '' : ` (expected: ${one.expectedFailure})`;
    const head = `  ${paintStatus(one.status, padEnd(one.status, 15), colors)}${padEnd(one.level, 7)}${visible(one.id)}${visible(expected)}`;
    if (one.message === undefined || one.status === 'pass') return [head];
    return [head, ...wrap(visible(shorten(one.message, 400)), columns, '      ')];
  };
  return [
    colors.bold('Cases'),
    ...report.cases.flatMap(line),
    '',
    ...(report.exchanges === undefined || report.exchanges.length === 0
      ? []
      : [colors.bold('Exchanges'), ...exchangeLines(report), '']),
  ];
}

function exchangeLines(report: Report): string[] {
  return (report.exchanges ?? []).flatMap(({ id, operation, request, response, error, durationMs, attempts }) => {
    const again = attempts > 1 ? `, attempt ${String(attempts)}` : '';
    const body = (mark: string, text: string | undefined): string[] =>
      text === undefined || text === '' ? [] : [`      ${mark} ${visible(shorten(text, 2000))}`];
    return [
      `  #${String(id)} ${visible(operation)} (${duration(durationMs)}${again})`,
      `      > ${visible(`${request.method} ${request.url}`)}`,
      ...Object.entries(request.headers).map(([name, value]) => `      > ${visible(`${name}: ${value}`)}`),
      ...body('>', request.body),
      ...(error === undefined ? [] : [`      < no answer: ${visible(error.message)}`]),
      ...(response === undefined
        ? []
        : [`      < ${String(response.status)} ${visible(response.headers['content-type'] ?? '')}`.trimEnd()]),
      ...body('<', response?.body),
    ];
  });
}

function notAskedLines(report: Report, { colors, columns, verbose }: Style): string[] {
  const group = (status: CaseStatus, title: string): string[] => {
    const all = reasons(report.cases, status);
    if (all.length === 0) return [];
    const shown = verbose ? all : all.slice(0, REASONS);
    const rest = all.slice(shown.length).reduce((sum, one) => sum + one.count, 0);
    return [
      colors.bold(title),
      ...shown.flatMap(({ reason, count }) =>
        labelled(padStart(thousands(count), 5), visible(shorten(reason, 300)), 8, columns, ' '),
      ),
      ...(rest > 0 ? [`  ${padStart(thousands(rest), 4)}  for other reasons (--verbose names them)`] : []),
      '',
    ];
  };
  return [
    ...group('error', 'Mistakes of RingTrue itself (please report them)'),
    ...group('not-tested', 'Could not be asked'),
    ...group('not-applicable', 'Does not apply here'),
  ];
}

function restLines(report: Report, { columns, verbose }: Style): string[] {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(...wrap(visible(text), columns, ''));
  const untouched = (kind: string): Report['untouched'] => report.untouched.filter((one) => one.kind === kind);
  const requirements = untouched('requirement');
  const operations = untouched('operation');
  if (operations.length > 0) {
    say(`${plural(operations.length, 'operation')} not judged:`);
    for (const line of unjudgedLines(operations)) say(`  ${line}`);
  }
  if (requirements.length > 0) {
    say(
      `No case touched ${plural(requirements.length, 'requirement')} of ${thousands(report.requirements.length)} in the contract's list.`,
    );
    if (verbose) for (const one of requirements) say(`  ${one.id}: ${one.reason}`);
  }
  if (report.inferred.length > 0) {
    say(`Inferred for want of a keyword in the contract (${thousands(report.inferred.length)}):`);
    const shown = verbose ? report.inferred : report.inferred.slice(0, REASONS);
    for (const one of shown) say(`  ${one}`);
    if (shown.length < report.inferred.length) say('  … (--verbose names all)');
  }
  if (report.ledger.length > 0) {
    const marker = report.ledger.find((one) => one.marker !== undefined)?.marker;
    const where = verbose ? '' : '; --verbose and the JSON and HTML reports list them';
    say(
      `Created on the target: ${plural(report.ledger.length, 'record')}${marker === undefined ? '' : `, marked ${marker}`}${where}.`,
    );
    if (verbose)
      for (const one of report.ledger)
        say(`  ${one.operation} ${one.id ?? '(no id was returned)'} ${one.url} ${one.at}`);
  }
  for (const line of cleanupLines(report.cleanup, verbose)) say(line);
  if (report.verdict === 'conformant') say(PASS_PROVES_NOT);
  return lines;
}
