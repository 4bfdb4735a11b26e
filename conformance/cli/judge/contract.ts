/** Finds the contract that the user names. */
import { existsSync } from 'node:fs';
import { builtinContracts, loadContract, type LoadOptions } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';

/**
 * @param name a built-in contract, or path or URL of an OpenAPI document
 * @param options what is allowed, and what is laid over it
 * @throws UsageError when there is no such thing; ContractError when it cannot be used
 */
export async function openContract(name: string, options: LoadOptions): Promise<Contract> {
  if (!builtinContracts.includes(name) && !/^https?:\/\//i.test(name) && !existsSync(name)) {
    const known = builtinContracts.join(', ');
    throw new UsageError(
      `There is no contract and no file called ${JSON.stringify(name)}.${didYouMean(name, builtinContracts)} Name ${known}, or the path or URL of an OpenAPI document.`,
    );
  }
  return loadContract(name, options);
}
