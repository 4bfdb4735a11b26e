/** Where a target steadily does otherwise than the contract: both ways out. */
import type { Contract } from '../contract/types.ts';
import type { DriftSuggestion, Finding } from '../model/index.ts';

/**
 * @param contract the contract
 * @param findings the run's findings
 * @returns a suggestion for each finding that a change of the contract could settle as well
 */
export function suggestDrift(contract: Contract, findings: readonly Finding[]): DriftSuggestion[] {
  void contract;
  void findings;
  return [];
}
