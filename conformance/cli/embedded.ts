/** The reference server inside this process, for a run that names no target. */
import type { Contract } from '../contract/types.ts';
import { UsageError } from './errors.ts';
import { noServerFor } from './judge/access.ts';

export interface Embedded {
  url: string;
  close(): Promise<void>;
}

/**
 * @param contract the contract that is to be judged
 * @throws UsageError when the reference server does not speak it
 */
export async function startEmbedded(contract: Contract): Promise<Embedded> {
  const { BASES, startServer } = await import('../../reference-server/index.ts');
  const bases = Object.values(BASES);
  // A changed copy of a built-in contract is welcome; a contract of another API would only find 404s.
  if (!contract.operations.every(({ path }) => bases.some((base) => path.startsWith(`${base}/`)))) {
    throw new UsageError(noServerFor(contract));
  }
  return startServer({ port: 0, graceSeconds: 1 });
}
