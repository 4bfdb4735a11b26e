/** A process of the self-test: is told a subject, tries it, tells what came of it. */
import { subjectOf } from './subjects.ts';
import { trySubject, type TrialResult } from './try-subject.ts';

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
  const subject = subjectOf(key);
  if (subject === undefined) throw new Error(`${key} is not there`);
  return trySubject(subject);
}
