import type { Contract } from '../../contract/types.ts';
import { planCases, type PlannedCase, type Selection } from '../../plan/index.ts';
import { rolesOf } from './access.ts';

/** Everything that could be asked by someone who has every token and every fixture. */
export function planEverything(
  contract: Contract,
  selection: Omit<Selection, 'roles' | 'fixtures' | 'shard'>,
): PlannedCase[] {
  return planCases(contract, {
    ...selection,
    roles: rolesOf(contract),
    fixtures: contract.fixtures.map(({ name }) => name),
  });
}
