import type { Colors } from 'picocolors/types.js';
import type { Evidence, Finding } from '../model/index.ts';
import { judgeRow } from './difference.ts';
import { shorten, showValue, visible, visibleLines } from './escape.ts';
import { labelled, padEnd, width, wrap } from './layout.ts';
import { reach, sourceLine } from './summary.ts';

const INDENT = '   ';
const LABELS_END = 17;

export interface FindingStyle {
  colors: Colors;
  columns: number;
  /** Makes the command that asks the cases of a finding again; nothing is said without it. */
  askAgain?: (cases: readonly string[]) => string;
}

/**
 * One finding for a terminal: the sentence, sent and got in one column, the requirement, the place, what to do, how to see it.
 *
 * @param finding the finding
 * @param number its place in the list, from 1
 * @param style colours and width
 * @returns lines
 */
export function findingLines(finding: Finding, number: number, style: FindingStyle): string[] {
  const { colors, columns } = style;
  const detail = (label: string, text: string): string[] =>
    labelled(label, visible(text), LABELS_END, columns, INDENT).map((line) =>
      line.startsWith(INDENT + label) && label !== ''
        ? INDENT + colors.dim(label) + line.slice(INDENT.length + label.length)
        : line,
    );
  const place = sourceLine(finding.contract);
  const source = finding.requirement.source === undefined ? '' : ` (${finding.requirement.source})`;
  return [
    headline(finding, number, style),
    '',
    ...wrap(sentence(finding.message), columns, INDENT).map((line) => colors.bold(line)),
    '',
    ...evidenceBlock(finding.evidence, style),
    ...detail('requirement', finding.requirement.sentence),
    ...detail('', `${finding.requirement.id}${source}`),
    ...detail('contract', `${place === undefined ? '' : `${place} `}${finding.contract.pointer}`),
    ...detail('cases', reach(finding)),
    ...(finding.expectedFailure === undefined ? [] : detail('expected', finding.expectedFailure)),
    ...detail('what to do', finding.suggestion),
    ...reproduceLines(finding.reproduce, style),
    ...againLines(finding, style),
    '',
  ];
}

function againLines(finding: Finding, { colors, askAgain }: FindingStyle): string[] {
  if (askAgain === undefined || finding.cases.length === 0) return [];
  return [`${INDENT}${colors.dim('ask it again')}`, `     ${colors.cyan(visible(askAgain(finding.cases)))}`];
}

/** A finding in one line, for the tail of long lists. */
export function findingLine(finding: Finding, { colors, columns }: FindingStyle): string {
  const word = finding.level === 'MUST' ? colors.red(finding.level) : colors.yellow(finding.level);
  const place = finding.field === undefined ? finding.operation : `${finding.operation} ${finding.field}`;
  const text = visible(`${place}: ${finding.message}`);
  return `${padEnd(word, 8)}${clipped(text, columns - 8)}`;
}

/** Ends at a space, so that no word is cut. */
function clipped(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const [first = ''] = wrap(text, columns - 2);
  return `${
    width(first) > columns - 2
      ? Array.from(first)
          .slice(0, Math.floor((columns - 2) / 2))
          .join('')
      : first
  } …`;
}

/** A finding in two lines, for `--quiet` and for the tail of long lists. */
export function shortFindingLines(finding: Finding, { colors, columns }: FindingStyle): string[] {
  const strong = finding.level === 'MUST' && finding.expectedFailure === undefined;
  const word = strong ? colors.bold(colors.red(finding.level)) : colors.yellow(finding.level);
  const place = finding.field === undefined ? finding.operation : `${finding.operation} ${finding.field}`;
  const known = finding.expectedFailure === undefined ? '' : 'expected failure, ';
  const text = `${known}${visible(place)}: ${sentence(finding.message)}`;
  return wrap(text, columns, '        ').map((line, at) => (at === 0 ? padEnd(word, 8) + line.slice(8) : line));
}

function headline(finding: Finding, number: number, { colors, columns }: FindingStyle): string {
  const field = finding.field === undefined ? '' : ` ${colors.bold(visible(finding.field))}`;
  const left = `${String(number)}. ${levelWord(finding, colors)}  ${visible(finding.operation)}${field}`;
  const kind = visible(finding.kind);
  const rights = [`${kind} · ${finding.severity}`, finding.severity, ''];
  const right = rights.find((one) => width(left) + width(one) + 4 <= columns) ?? '';
  const rule = Math.max(2, columns - width(left) - width(right) - 2);
  return right === '' ? left : `${left} ${colors.dim('─'.repeat(rule))} ${colors.dim(right)}`;
}

/** A message may quote a long value of the target; its evidence shows the value better. */
function sentence(message: string): string {
  return visible(shorten(message, 600));
}

/** MUST and SHOULD differ by word and by weight, not by colour alone. */
function levelWord(finding: Finding, colors: Colors): string {
  if (finding.expectedFailure !== undefined) return colors.dim(`expected ${finding.level}`);
  if (finding.level === 'MUST') return colors.bold(colors.red('MUST broken'));
  return colors.yellow(`${finding.level} not kept`);
}

function evidenceBlock(evidence: Evidence | undefined, style: FindingStyle): string[] {
  if (evidence === undefined || (evidence.sent === undefined && evidence.got.length === 0)) return [];
  return [...evidenceLines(evidence, style), ''];
}

/** Sent and got stand in one column, so that a difference can be seen by looking down. */
function evidenceLines(evidence: Evidence, { colors, columns }: FindingStyle): string[] {
  const label = (text: string): string => visible(text.length > 24 ? `${text.slice(0, 23)}…` : text);
  const note = (row: Evidence['got'][number]): string =>
    row.missing === true && !row.ok ? '' : visible(judgeRow(row, evidence));
  // What a line holds besides the value: indent and place, gaps and mark, the verdict on the row in words.
  const beside =
    INDENT.length + Math.max(LABELS_END - INDENT.length, ...evidence.got.map((row) => width(label(row.where)) + 4));
  const room = Math.max(24, columns - beside - 2 - Math.max(0, ...evidence.got.map((row) => width(note(row)))));
  const rows = evidence.got.map((row) => ({
    where: label(row.where),
    value: row.missing === true ? 'missing' : fit(row.got, room),
    note: note(row),
    ok: row.ok,
  }));
  const sent = evidence.sent === undefined ? undefined : fit(evidence.sent, room);
  const first = Math.max(LABELS_END - INDENT.length - 4, ...rows.map((row) => width(row.where)));
  const second = Math.max(0, ...rows.map((row) => width(row.value)), sent === undefined ? 0 : width(sent));
  return [
    ...(sent === undefined ? [] : [`${INDENT}${colors.dim(padEnd('sent', first))}    ${sent}`]),
    ...rows.map((row) => {
      const mark = row.ok ? colors.green('✓') : colors.red('✗');
      const value = row.ok ? row.value : colors.red(row.value);
      const gap = row.note === '' ? '' : ' '.repeat(second - width(row.value) + 2);
      return `${INDENT}${colors.dim(padEnd(row.where, first))}  ${mark} ${value}${gap}${row.note}`;
    }),
  ];
}

/** A value that is too wide gives up some of its middle for the note on its length. */
function fit(value: unknown, room: number): string {
  const text = showValue(value, room);
  return width(text) <= room ? text : showValue(value, room - 22);
}

/** Commands are never wrapped or shortened: they are there to be pasted. */
function reproduceLines(commands: string[], { colors }: FindingStyle): string[] {
  if (commands.length === 0) return [];
  const lines = commands.flatMap((command) => visibleLines(command).split('\n'));
  return [`${INDENT}${colors.dim('see it yourself')}`, ...lines.map((line) => `     ${colors.cyan(line)}`)];
}
