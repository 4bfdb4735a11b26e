import type { Behaviour, ContractName, Middleware, Variant } from '../fault.ts';

/** What a variant may say beside its behaviour. */
export type Extras = Pick<Variant, 'consistencySeconds' | 'earlierRecords' | 'overHttp'>;

/** The three contracts. */
export const everyContract: readonly ContractName[] = ['voice-calls', 'calldesk', 'aicaller'];

/**
 * The same variant for several contracts.
 * @param contracts which
 * @param name its name; the id puts the contract before it
 * @param title what the server does, as a fact
 * @param behaviour how
 * @param extras what else the suite or the server has to know
 * @returns a variant per contract
 */
export function each(
  contracts: readonly ContractName[],
  name: string,
  title: string,
  behaviour: Behaviour,
  extras: Extras = {},
): Variant[] {
  return contracts.map((contract) => ({ id: `${contract}/${name}`, contract, title, behaviour, ...extras }));
}

/** Changes nothing. */
export const asItIs: Behaviour = () => (asked, next) => next(asked);

/**
 * Puts behaviours one inside the other.
 * @param behaviours the outermost first
 * @returns one behaviour
 */
export function together(...behaviours: readonly Behaviour[]): Behaviour {
  return (api) =>
    behaviours
      .map((behaviour) => behaviour(api))
      .reduceRight<Middleware>(
        (inner, outer) => (asked, next) => outer(asked, (changed) => inner(changed, next)),
        asItIs(api),
      );
}
