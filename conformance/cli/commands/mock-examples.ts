/** The examples that a mock of a contract can be asked for by name. */
import { at, isObject } from '../../contract/resolve.ts';
import type { Contract } from '../../contract/types.ts';

/**
 * @param contract the contract
 * @returns a line per operation, and below it one per documented status with the names of its examples
 */
export function exampleLines(contract: Contract): string[] {
  return contract.operations.flatMap(({ method, path, responses }) => [
    `${method} ${path}`,
    ...responses.map(({ status, pointer }) => {
      const names = namesAt(at(contract.document, pointer));
      return `  ${status.padEnd(8)}${names.length === 0 ? '(made from the schema)' : names.join(', ')}`;
    }),
  ]);
}

function namesAt(response: unknown): string[] {
  if (!isObject(response) || !isObject(response.content)) return [];
  return Object.values(response.content).flatMap((media) =>
    isObject(media) && isObject(media.examples) ? Object.keys(media.examples) : [],
  );
}
