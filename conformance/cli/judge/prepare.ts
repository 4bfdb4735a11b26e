/** Everything about a run that can be known before the first request: the cases, the writes, and what stands in the way. */
import { within } from '../../contract/time-limit.ts';
import type { Contract } from '../../contract/types.ts';
import { checkSchemas, openValidators, type Validators } from '../../contract/validators.ts';
import { eachCase, expectedWrites, type PlannedCase } from '../../plan/index.ts';
import { UsageError } from '../errors.ts';
import { mayWrite } from '../fixtures/source.ts';
import { accessOf, type Access } from './access.ts';
import { openContract } from './contract.ts';
import type { JudgeRequest } from './request.ts';
import { refuseMissingFixtures } from './missing-fixtures.ts';
import { writeLines } from './plan-text.ts';
import { rehearsed } from './rehearse.ts';

export interface Prepared {
  request: JudgeRequest;
  contract: Contract;
  access: Access;
  cases: PlannedCase[];
  /** What the run is expected to write. */
  writes: { operation: string; count: number }[];
  /** The writes were counted, and not estimated. */
  exact?: boolean;
  validators: Validators;
  /** How long it took. */
  spentMs: number;
}

/** The plan alone took longer than the whole run may: nothing was asked, so nothing can be judged. */
class TimeUpError extends Error {
  override name = 'TimeUpError';
  constructor({ name }: Contract, { maxTimeMs = 0 }: JudgeRequest) {
    super(
      `Planning ${name} takes longer than the ${String(maxTimeMs / 1000)} s of --max-time, and nothing was sent. Give it more time, or fewer cases with --include or --profile core.`,
    );
  }
}

/** @throws UsageError and the errors of contract and plan, all of them the user's to mend; TimeUpError after --max-time */
export async function prepare(request: JudgeRequest): Promise<Prepared> {
  const started = performance.now();
  const leftMs = (): number => (request.maxTimeMs ?? Infinity) - (performance.now() - started);
  const contract = await openContract(request.contract, {
    allowRemote: request.allowRemoteRefs,
    refRoot: request.refRoot,
    overlays: request.overlays,
  });
  const access = accessOf(request, contract);
  const { profile, include, exclude, readOnly, explore, shard } = request;
  const plan = eachCase(contract, {
    profile,
    include,
    exclude,
    readOnly,
    explore,
    shard,
    rules: request.rules,
    roles: Object.keys(access.roleTokens),
    fixtures: access.fixtures.map(({ name }) => name),
  });
  const cases: PlannedCase[] = [];
  for (const one of plan) {
    cases.push(one);
    if (leftMs() < 0) throw new TimeUpError(contract, request);
  }
  const validators = await openValidators(contract, { properties: explore > 0 });
  // A schema that nothing can be held to is the author's to mend, and better known before anything is sent.
  const asked = new Set(cases.map(({ operation }) => operation));
  const checked = within(leftMs(), () => {
    checkSchemas(contract, asked, validators);
  });
  if (!checked) throw new TimeUpError(contract, request);
  const writes = readOnly ? [] : expectedWrites(contract, cases).filter(({ count }) => count > 0);
  return { request, contract, access, cases, writes, validators, spentMs: performance.now() - started };
}

/**
 * The last look before anything is sent.
 * @throws UsageError when writes are planned that the user has not allowed, or a value is missing that they need
 */
export async function refuseWhatMayNotBe(prepared: Prepared): Promise<void> {
  const { request, access, writes } = prepared;
  const creating = request.readOnly ? [] : access.fixtures.filter(mayWrite);
  if (access.address?.loopback === false && !request.allowWrites && (writes.length > 0 || creating.length > 0)) {
    throw new UsageError(
      [
        `This run would write to ${access.address.origin}, which is not this machine:`,
        ...writeLines(await rehearsed(prepared)),
        'Nothing was sent. Add --allow-writes to go on, --profile core for fewer writes, or --read-only for none.',
      ].join('\n'),
    );
  }
  refuseMissingFixtures(prepared);
}
