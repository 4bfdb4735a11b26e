import type { Behaviour, ContractName, Expectation, Fault } from '../fault.ts';

/**
 * Makes the row functions of one contract: a fault's id and contract then need no repeating.
 * @param contract the contract
 * @returns `must` and `should`, which make faults of that level
 */
export function rowsOf(
  contract: ContractName,
): Record<'must' | 'should', (name: string, title: string, expects: Expectation, behaviour: Behaviour) => Fault> {
  const row =
    (level: Fault['level']) =>
    (name: string, title: string, expects: Expectation, behaviour: Behaviour): Fault => ({
      id: `${contract}/${name}`,
      contract,
      title,
      level,
      expects,
      behaviour,
    });
  return { must: row('MUST'), should: row('SHOULD') };
}
