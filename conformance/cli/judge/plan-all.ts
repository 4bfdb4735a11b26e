import type { Contract } from '../../contract/types.ts';
import { eachCase, type PlannedCase, type Selection } from '../../plan/index.ts';
import { rolesOf } from './access.ts';

/** Everything that could be asked by someone who has every token and every fixture, one case after the other. */
export function everyCase(
  contract: Contract,
  selection: Omit<Selection, 'roles' | 'fixtures' | 'shard'>,
): Generator<PlannedCase, void> {
  return eachCase(contract, {
    ...selection,
    roles: rolesOf(contract),
    fixtures: contract.fixtures.map(({ name }) => name),
  });
}
