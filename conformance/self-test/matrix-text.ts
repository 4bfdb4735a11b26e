/** The kill matrix as lines of text. */
import { idOf, type Subject } from './subjects.ts';
import type { TrialResult } from './try-subject.ts';

/** A subject and what came of it. */
export interface Trialled {
  subject: Subject;
  result: TrialResult;
}

/** A line holds no more than this. */
const WIDTH = 110;

/**
 * @param contract its name
 * @param own its faults and variants
 * @returns how many faults were killed, how many each rule kills, and whatever went wrong
 */
export function contractLines(contract: string, own: readonly Trialled[]): string[] {
  const faults = own.filter(({ subject }) => subject.kind === 'fault');
  const variants = own.filter(({ subject }) => subject.kind === 'variant');
  const killed = faults.filter(({ result }) => result.killers.length > 0);
  const accused = variants.filter(({ result }) => result.complaints.length > 0);
  return [
    `${contract}: ${String(killed.length)} of ${String(faults.length)} faults killed, ${String(accused.length)} of ${String(variants.length)} right servers accused`,
    ...ruleLines(faults),
    ...faults.filter(({ result }) => result.complaints.length > 0).flatMap(complaintLines),
    ...accused.flatMap(complaintLines),
  ];
}

/**
 * @param one a fault or a variant
 * @returns its row of the matrix: the rules that kill it
 */
export function subjectLine({ subject, result }: Trialled): string {
  const { killers, warners, durationMs } = result;
  const onlyWarned = warners.filter((rule) => !killers.includes(rule));
  const rules = [...killers, ...onlyWarned.map((rule) => `(${rule})`)].join(' ');
  const what = subject.kind === 'fault' ? rules || 'nothing' : result.complaints.length === 0 ? 'right' : 'accused';
  return `  ${idOf(subject)}: ${what} [${String(durationMs)} ms]`;
}

/** How many faults each rule kills; in brackets, how many it only warns of. */
function ruleLines(faults: readonly Trialled[]): string[] {
  const counts = new Map<string, { kills: number; warns: number }>();
  for (const { result } of faults) {
    for (const rule of new Set([...result.killers, ...result.warners])) {
      const count = counts.get(rule) ?? { kills: 0, warns: 0 };
      if (result.killers.includes(rule)) count.kills += 1;
      else count.warns += 1;
      counts.set(rule, count);
    }
  }
  const words = [...counts]
    .sort(([, a], [, b]) => b.kills - a.kills || b.warns - a.warns)
    .map(([rule, { kills, warns }]) =>
      warns === 0 ? `${rule} ${String(kills)}` : `${rule} ${String(kills)} (+${String(warns)})`,
    );
  return folded(words);
}

function folded(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 2 <= WIDTH) lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}

/** @returns what went wrong with a subject, below its id and title */
export function complaintLines({ subject, result }: Trialled): string[] {
  const title = subject.kind === 'fault' ? subject.fault.title : subject.variant.title;
  return [
    `  ✗ ${idOf(subject)}: ${title}`,
    ...result.complaints.map((complaint) => `      ${complaint}`),
    ...(subject.kind === 'fault' ? result.findings.slice(0, 3).map((finding) => `      told: ${finding}`) : []),
  ];
}
