import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import type { SelftestOptions } from './selftest.ts';

/** @returns 0 when every fault was found and nobody was accused; 70 otherwise, for then RingTrue is at fault */
export async function selftestNow(options: SelftestOptions, io: Io): Promise<ExitCode> {
  if (options.worker === true) {
    const { serveTrials } = await import('../../self-test/worker.ts');
    await serveTrials();
    return EXIT.conforms;
  }
  const { runSelfTest } = await import('../../self-test/matrix.ts');
  const columns = io.columns ?? 80;
  const { ok } = await runSelfTest(
    options,
    (text) => io.out(`${text}\n`),
    io.interactive ? (text) => io.err(`\r\u001b[2K${text.slice(0, columns - 1)}`) : undefined,
  );
  return ok ? EXIT.conforms : EXIT.defect;
}
