/** Runs the suite against the derived server of a contract, with one fault or without any, in memory. */
import type { Contract } from '../../contract/types.ts';
import { openValidators, type Validators } from '../../contract/validators.ts';
import { derive } from '../../derived/build.ts';
import { respondAs } from '../../derived/memory.ts';
import type { Hooks } from '../../derived/model.ts';
import { sharedOf, type Shared } from '../../derived/server.ts';
import type { Report } from '../../model/index.ts';
import { planCases, type PlannedCase } from '../../plan/index.ts';
import { runSuite, type SuiteOptions } from '../../run/index.ts';
import { createMemoryTarget } from '../../target/index.ts';

/** What all runs of one contract share. */
export interface Bench {
  contract: Contract;
  planned: PlannedCase[];
  options: Omit<SuiteOptions, 'planned' | 'openTarget'>;
  validators: Validators;
  shared: Shared;
}

/** A credential that the derived server has no reason to refuse. */
const TOKEN = 'derived:token-1';

/**
 * @param contract whose server is judged
 * @param more what differs from a run of `ringtrue run`
 */
export async function openBench(contract: Contract, more: Partial<SuiteOptions> = {}): Promise<Bench> {
  const { development } = contract;
  const validators = await openValidators(contract, { properties: true });
  const options: Bench['options'] = {
    contract,
    validators,
    target: {
      url: 'http://127.0.0.1',
      timeoutMs: 10_000,
      maxBodyBytes: 10 * 1024 * 1024,
      retryAfterBudgetMs: 0,
    },
    token: development?.token ?? TOKEN,
    roleTokens: development?.roleTokens ?? {},
    secrets: [],
    fixtures: contract.fixtures.flatMap(({ name, development: value }) =>
      value === undefined ? [] : [{ name, value, via: 'default' as const }],
    ),
    profile: 'full',
    include: [],
    exclude: [],
    readOnly: false,
    strict: false,
    bail: false,
    workers: 8,
    seed: 20_261_121,
    consistencyMs: 0,
    explore: 0,
    expectedFailures: [],
    keepExchanges: false,
    tool: { name: 'ringtrue', version: 'self-test' },
    ...more,
  };
  const planned = planCases(contract, {
    ...options,
    roles: Object.keys(options.roleTokens),
    fixtures: options.fixtures.map(({ name }) => name),
  });
  return { contract, planned, options, validators, shared: await sharedOf(contract) };
}

/**
 * @param bench the contract and its cases
 * @param hooks of the fault; none for the right server
 * @param planned the cases to ask
 * @param bail end with the first case that fails
 * @returns what the suite says of a new server of its own
 */
export async function judge(
  bench: Bench,
  hooks: readonly Hooks[],
  planned: PlannedCase[] = bench.planned,
  bail = false,
): Promise<Report> {
  const core = await derive(bench.contract, {}, hooks, bench.shared);
  return runSuite({
    ...bench.options,
    planned,
    bail,
    openTarget: (options) => createMemoryTarget(options, respondAs(core)),
  });
}
