import { EXIT, type ExitCode } from '../exit.ts';
import type { Io } from '../io.ts';
import type { SelftestOptions } from './selftest.ts';

/** @returns 0 when every fault was found and nobody was accused; 70 otherwise, for then RingTrue is at fault */
export async function selftestNow(options: SelftestOptions, io: Io): Promise<ExitCode> {
  const { runSelfTest } = await import('../../self-test/matrix.ts');
  const { ok } = await runSelfTest(options, (text) => io.out(`${text}\n`));
  return ok ? EXIT.conforms : EXIT.defect;
}
