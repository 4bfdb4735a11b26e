/** Finds the contract that the user names. */
import { existsSync } from 'node:fs';
import { builtinContracts, loadContract } from '../../contract/load.ts';
import type { Contract } from '../../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';

/**
 * @param name a built-in contract, or path or URL of an OpenAPI 3.1 document
 * @throws UsageError when there is no such thing; ContractError when it cannot be used
 */
export async function openContract(name: string, allowRemote: boolean): Promise<Contract> {
  if (!builtinContracts.includes(name) && !/^https?:\/\//i.test(name) && !existsSync(name)) {
    const known = builtinContracts.join(', ');
    throw new UsageError(
      `There is no contract and no file called ${JSON.stringify(name)}.${didYouMean(name, builtinContracts)} Name ${known}, or the path or URL of an OpenAPI 3.1 document.`,
    );
  }
  return loadContract(name, { allowRemote });
}
