/** The three built-in contracts, as the scripts name them. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** In the order in which everything lists them. */
export const contractNames = ['voice-calls', 'calldesk', 'aicaller'] as const;
export type ContractName = (typeof contractNames)[number];

/** @returns the contract's path, absolute */
export function contractFile(name: string): string {
  return join(root, 'openapi', `${name}.yaml`);
}
