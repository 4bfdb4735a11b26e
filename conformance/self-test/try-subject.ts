/** Tries one subject and says what came of it. */
import type { Report } from '../model/index.ts';
import { judgeFault, judgePlain, judgeVariant, rulesWith, tryOut } from './trial.ts';
import { complaintsOfFault, complaintsOfVariant, tryPlain } from './plain/trial.ts';
import { isPlain, type Subject } from './subjects.ts';

/** What one trial came to. */
export interface TrialResult {
  key: string;
  /** Rules that failed. */
  killers: string[];
  /** Rules that warned. */
  warners: string[];
  /** What is wrong with the outcome. */
  complaints: string[];
  /** The findings' messages, for whoever has to look into a complaint. */
  findings: string[];
  durationMs: number;
}

/**
 * @param subject a fault or a variant
 * @returns what came of it; a run that breaks off is a complaint
 */
export async function trySubject(subject: Subject): Promise<TrialResult> {
  const started = performance.now();
  const { key } = subject;
  const result: TrialResult = { key, killers: [], warners: [], complaints: [], findings: [], durationMs: 0 };
  try {
    Object.assign(result, await judged(subject));
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    result.complaints.push(`the run broke off: ${told.split('\n').slice(0, 3).join(' | ')}`);
  }
  return { ...result, durationMs: Math.round(performance.now() - started) };
}

async function judged(subject: Subject): Promise<Pick<TrialResult, 'killers' | 'warners' | 'complaints' | 'findings'>> {
  const report = await reportOf(subject);
  const findings = report.findings.map(
    ({ level, operation, field, message }) => `${level} ${[operation, field].filter(Boolean).join(' ')}: ${message}`,
  );
  if (subject.api) {
    const isFault = subject.kind === 'fault';
    const complaints = isFault
      ? complaintsOfFault(subject.fault, report)
      : complaintsOfVariant(subject.variant, report);
    return {
      killers: isFault ? rulesWith(report, ['fail']) : [],
      warners: isFault ? rulesWith(report, ['warn']) : [],
      complaints,
      findings,
    };
  }
  if (subject.kind === 'fault') {
    const { killers, warners, complaints } = judgeFault(subject.fault, report);
    return { killers, warners, complaints, findings };
  }
  const complaints = isPlain(subject) ? judgePlain(report) : judgeVariant(report);
  return { killers: [], warners: [], complaints, findings };
}

function reportOf(subject: Subject): Promise<Report> {
  if (subject.api) return tryPlain(subject.api, subject.kind === 'fault' ? subject.fault : subject.variant);
  return tryOut(subject.kind === 'fault' ? subject.fault : subject.variant);
}
