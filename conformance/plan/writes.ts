import type { Contract } from '../contract/types.ts';
import type { PlannedCase } from './plan.ts';

/**
 * How many writes the cases will send at most: shared ones are counted once.
 *
 * @param contract the contract
 * @param cases the planned cases
 * @returns a row per write operation
 */
export function expectedWrites(
  contract: Contract,
  cases: readonly PlannedCase[],
): { operation: string; count: number }[] {
  const keys = new Set(cases.flatMap((planned) => planned.case.writes));
  const counts = new Map<string, number>();
  for (const key of keys) {
    const [operation = '', , times] = key.split(':');
    counts.set(operation, (counts.get(operation) ?? 0) + (Number(/^x(\d+)$/.exec(times ?? '')?.[1]) || 1));
  }
  return contract.operations
    .filter((operation) => counts.has(operation.id))
    .map((operation) => ({ operation: operation.id, count: counts.get(operation.id) ?? 0 }));
}
