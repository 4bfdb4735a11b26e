/** The reference server inside this process, for a run that names no target. */
import type { Contract } from '../contract/types.ts';
import { respondWith } from '../target/listener.ts';
import type { Respond } from '../target/index.ts';
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
  if (!isSpoken(contract, BASES)) throw new UsageError(noServerFor(contract));
  return startServer({ port: 0, graceSeconds: 1 });
}

/**
 * @param contract the contract
 * @returns a reference server of its own without a network; undefined when it does not speak the contract
 */
export async function embeddedInMemory(contract: Contract): Promise<Respond | undefined> {
  const { BASES, createApp } = await import('../../reference-server/index.ts');
  return isSpoken(contract, BASES) ? respondWith(createApp()) : undefined;
}

/** A changed copy of a built-in contract is welcome; a contract of another API would only find 404s. */
function isSpoken({ operations }: Contract, bases: Readonly<Record<string, string>>): boolean {
  return operations.every(({ path }) => Object.values(bases).some((base) => path.startsWith(`${base}/`)));
}
