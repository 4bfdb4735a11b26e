/** The self-test as a whole: every fault and every right variant against the suite, and what that proves. */
import { ruleIds } from '../rules/index.ts';
import { tryAll } from './processes.ts';
import { contractOf, idOf, subjectOf, subjectsOf, type Subject, type SubjectChoice } from './subjects.ts';
import { contractLines, subjectLine, type Trialled } from './matrix-text.ts';
import type { TrialResult } from './try-subject.ts';

export interface SelfTestOptions extends SubjectChoice {
  /** Tells of every fault. */
  verbose?: boolean;
  /** How many processes. */
  workers?: number;
}

/**
 * @param options what to try, and how much to tell
 * @param say writes a line of the result
 * @param progress writes what is done so far, over and over; left out where nobody looks
 * @returns whether every fault was found and told rightly, every rule found one, and nobody was accused
 */
export async function runSelfTest(
  options: SelfTestOptions,
  say: (text: string) => void,
  progress?: (text: string) => void,
): Promise<{ ok: boolean }> {
  const started = performance.now();
  const subjects = subjectsOf(options);
  let bad = 0;
  const results = await tryAll(
    subjects.map(({ key }) => key),
    {
      workers: options.workers,
      onResult: (result, done) => {
        bad += result.complaints.length > 0 ? 1 : 0;
        progress?.(progressText(result, done, subjects.length, bad));
      },
    },
  );
  progress?.('');
  const complete = (options.contract ?? []).length === 0 && (options.only ?? []).length === 0;
  const { lines, ok } = summarize(subjects, results, {
    complete,
    verbose: options.verbose,
    durationMs: performance.now() - started,
  });
  for (const line of lines) say(line);
  return { ok };
}

/** What the trials prove. */
export interface Summary {
  lines: string[];
  /** Whether every fault was found and told rightly, every rule found one, and nobody was accused. */
  ok: boolean;
  /** Rules that found no fault, where all faults were tried. */
  idle: string[];
}

/**
 * @param subjects what was tried
 * @param results what came of it
 * @param about whether these were all subjects, whether each is to be named, and how long it took
 * @returns what that proves
 */
export function summarize(
  subjects: readonly Subject[],
  results: readonly TrialResult[],
  about: { complete: boolean; verbose?: boolean; durationMs: number },
): Summary {
  const lines: string[] = [];
  const byKey = new Map(results.map((result) => [result.key, result]));
  const trialled = subjects.flatMap((subject): Trialled[] => {
    const result = byKey.get(subject.key);
    return result ? [{ subject, result }] : [];
  });
  for (const contract of new Set(trialled.map(({ subject }) => contractOf(subject)))) {
    const own = trialled.filter(({ subject }) => contractOf(subject) === contract);
    lines.push(...contractLines(contract, own));
    if (about.verbose === true) lines.push(...own.map(subjectLine));
    lines.push('');
  }
  const idle = about.complete ? idleRules(results) : [];
  for (const id of idle) lines.push(`The rule ${id} finds no fault: nothing shows that it is able to fail.`);
  const text = [
    ...totals(trialled),
    about.complete ? rulesText(idle) : 'rules not judged, for want of the other faults',
  ];
  lines.push(`${text.join('; ')} (${String(Math.round(about.durationMs / 1000))} s)`);
  return { lines, idle, ok: trialled.every(({ result }) => result.complaints.length === 0) && idle.length === 0 };
}

function totals(trialled: readonly Trialled[]): string[] {
  const ofKind = (kind: Subject['kind']): Trialled[] => trialled.filter(({ subject }) => subject.kind === kind);
  const faults = ofKind('fault');
  const killed = faults.filter(({ result }) => result.killers.length > 0).length;
  const misread = faults.filter(({ result }) => result.killers.length > 0 && result.complaints.length > 0).length;
  const share = faults.length === 0 ? 100 : Math.floor((killed / faults.length) * 1000) / 10;
  const variants = ofKind('variant');
  const accused = variants.filter(({ result }) => result.complaints.length > 0).length;
  return [
    `${String(killed)} of ${String(faults.length)} faults killed (${String(share)}%)`,
    `${String(misread)} told wrongly`,
    `${String(variants.length)} right servers, ${String(accused)} accused`,
  ];
}

function rulesText(idle: readonly string[]): string {
  return `${String(ruleIds.length)} rules, ${idle.length === 0 ? 'each finds a fault' : `${String(idle.length)} find none`}`;
}

/** Rules that neither failed nor warned for any fault. */
function idleRules(results: readonly TrialResult[]): string[] {
  const spoke = new Set(results.flatMap(({ killers, warners }) => [...killers, ...warners]));
  return ruleIds.filter((id) => !spoke.has(id));
}

function progressText({ key }: TrialResult, done: number, total: number, bad: number): string {
  const subject = subjectOf(key);
  return `${String(done)}/${String(total)}${bad === 0 ? '' : `, ${String(bad)} wrong`}  ${subject ? idOf(subject) : key}`;
}
