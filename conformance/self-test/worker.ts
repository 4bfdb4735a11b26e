/** A process of the self-test: is told a subject, tries it, tells what came of it. */
import { judgeFault, judgePlain, judgeVariant, tryOut } from './trial.ts';
import { isPlain, subjectOf, type Subject } from './subjects.ts';

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

/** What the parent sends. */
export interface TrialRequest {
  key: string;
}

/** Tries subjects as they come, until the parent leaves. */
export async function serveTrials(): Promise<void> {
  const send = process.send?.bind(process);
  if (send === undefined) throw new Error('--worker is for the processes that `ringtrue selftest` starts itself.');
  const gone = new Promise<void>((resolve) => process.once('disconnect', resolve));
  process.on('message', (message) => {
    const { key } = message as TrialRequest;
    void trialOf(key).then((result) => {
      if (process.connected) send(result);
    });
  });
  send({ ready: true });
  await gone;
}

async function trialOf(key: string): Promise<TrialResult> {
  const started = performance.now();
  const result: TrialResult = { key, killers: [], warners: [], complaints: [], findings: [], durationMs: 0 };
  const subject = subjectOf(key);
  try {
    if (subject === undefined) throw new Error(`${key} is not there`);
    Object.assign(result, await judged(subject));
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    result.complaints.push(`the run broke off: ${told.split('\n').slice(0, 3).join(' | ')}`);
  }
  return { ...result, durationMs: Math.round(performance.now() - started) };
}

async function judged(subject: Subject): Promise<Pick<TrialResult, 'killers' | 'warners' | 'complaints' | 'findings'>> {
  const report = await tryOut(subject.kind === 'fault' ? subject.fault : subject.variant);
  const findings = report.findings.map(
    ({ level, operation, field, message }) => `${level} ${[operation, field].filter(Boolean).join(' ')}: ${message}`,
  );
  if (subject.kind === 'fault') {
    const { killers, warners, complaints } = judgeFault(subject.fault, report);
    return { killers, warners, complaints, findings };
  }
  const complaints = isPlain(subject) ? judgePlain(report) : judgeVariant(report);
  return { killers: [], warners: [], complaints, findings };
}
