/** Ctrl+C, or a terminal that is closed: once ends the run and keeps what is known, twice ends the process. */
import { EXIT } from './exit.ts';

export interface Interrupt {
  signal: AbortSignal;
  /** Stops listening. */
  dispose(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** @param say called once, at the first signal */
export function listenForInterrupt(say: (sentence: string) => void): Interrupt {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    say('Interrupted: no more requests; the reports of what ran are written. Once more ends at once.');
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
