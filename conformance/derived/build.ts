/** Puts the parts of a derived server together. */
import type { Contract } from '../contract/types.ts';
import { ContractError } from '../contract/errors.ts';
import { joinedHooks } from './fault-answers.ts';
import type { GenericFault } from './fault.ts';
import { genericFaults } from './faults.ts';
import type { Hooks } from './model.ts';
import type { DerivedServerOptions } from './options.ts';
import { seedExamples, seedRecords } from './seed.ts';
import { Core, type Shared } from './server.ts';

/** Records that fit in where nobody says otherwise. */
const MOST_RECORDS = 100_000;

/** A choice that chooses nothing. The name makes the command line tell it as the user's own slip. */
class FaultError extends Error {
  override name = 'SelectionError';
}

/**
 * @param contract whose server it is
 * @param options who may ask, what is there at the start, and what is wrong on purpose
 * @param hooks of faults that no id names
 * @param shared what other servers of the same document have made of it already
 * @throws ContractError when nothing of the document can be served; an error for a fault that the document does not make possible
 */
export async function derive(
  contract: Contract,
  options: DerivedServerOptions = {},
  hooks: readonly Hooks[] = [],
  shared?: Shared,
): Promise<Core> {
  if (contract.operations.every(({ unusable }) => unusable !== undefined))
    throw new ContractError({
      file: contract.file ?? contract.name,
      pointer: '/paths',
      problem: 'none of its operations can be served',
      remedy: 'Run `ringtrue lint` on it: it says what stands in the way.',
    });
  const core = await Core.create(contract, {
    tokens: options.tokens ?? [],
    roleTokens: options.roleTokens ?? {},
    maxRecords: options.maxRecords ?? MOST_RECORDS,
    hooks: joinedHooks([...faultsOf(contract, options.faults ?? []).map((fault) => fault.hooks()), ...hooks]),
    now: options.now ?? ((): Date => new Date()),
    shared,
  });
  if (options.seedData === true) seedExamples(core);
  else if (options.seedData !== undefined && options.seedData !== false) seedRecords(core, options.seedData);
  return core;
}

/**
 * @param contract whose faults they are
 * @param ids as `--fault list` prints them
 * @param suggest finds the id that was meant
 * @throws an error for an id that is none
 */
export function faultsOf(
  contract: Contract,
  ids: readonly string[],
  suggest: (wrong: string, known: readonly string[]) => string = () => '',
): GenericFault[] {
  if (ids.length === 0) return [];
  const all = new Map(genericFaults(contract).map((fault) => [fault.id, fault]));
  return ids.map((id) => {
    const fault = all.get(id);
    if (!fault)
      throw new FaultError(
        `The document makes no fault ${JSON.stringify(id)} possible.${suggest(id, [...all.keys()])} \`--fault list\` prints all ${String(all.size)}.`,
      );
    return fault;
  });
}
