/** What a run will write, counted by running it against a right server in memory. Nothing leaves the process. */
import { runSuite } from '../../run/index.ts';
import type { Contract } from '../../contract/types.ts';
import { createMemoryTarget, type Respond } from '../../target/index.ts';
import { embeddedInMemory } from '../embedded.ts';
import { TOOL } from '../version.ts';
import { withDevelopmentValues } from './access.ts';
import type { Prepared } from './prepare.ts';

/** A rehearsal is for whoever waits for a plan; after so long an estimate has to do. */
const LONGEST_MS = 120_000;

/** What stays an estimate in any case is not waited for as long. */
const LONGEST_FOR_ESTIMATE_MS = 15_000;

/** A token for a server that takes any. */
const ANY_TOKEN = 'rehearsal-token';

const READING = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Runs the planned cases against a right server of the contract: the reference server where it speaks the contract, else one that is
 * derived from the document. A target that keeps a built-in contract is sent just these writes. One that refuses valid requests is sent
 * others in their place, to find out what it takes; so for a plain document, of which a target may know more, it stays an estimate.
 *
 * @param prepared the planned run
 * @returns the same plan with counted writes; as it was when no right server can be made of the contract, or it takes too long
 */
export async function rehearsed(prepared: Prepared): Promise<Prepared> {
  const { request, contract, access, cases, validators } = prepared;
  if (request.readOnly || cases.length === 0) return prepared;
  const embedded = await embeddedInMemory(contract);
  const respond = embedded ?? (await derivedInMemory(contract));
  if (!respond) return prepared;
  const counts = new Map<string, number>();
  const values = withDevelopmentValues({ ...access, token: undefined, roleTokens: {} }, contract);
  const roles = Object.keys(access.roleTokens);
  const report = await runSuite({
    contract,
    target: {
      url: 'http://127.0.0.1',
      headers: {},
      timeoutMs: LONGEST_MS,
      maxBodyBytes: request.maxBodyBytes,
      retryAfterBudgetMs: 0,
      elsewhere: false,
    },
    token: values.token ?? ANY_TOKEN,
    roleTokens: Object.fromEntries(roles.map((role) => [role, values.roleTokens[role] ?? ANY_TOKEN])),
    secrets: [],
    // What a request would find out is not asked for: any value stands for it here.
    fixtures: values.fixtures.map((source) => ({
      name: source.name,
      value: source.kind === 'value' ? source.value : source.name,
      via: source.kind,
    })),
    profile: request.profile,
    include: request.include,
    exclude: request.exclude,
    readOnly: false,
    strict: false,
    bail: false,
    workers: 1,
    seed: request.seed,
    consistencyMs: 0,
    maxTimeMs: embedded ? LONGEST_MS : LONGEST_FOR_ESTIMATE_MS,
    explore: request.explore,
    expectedFailures: [],
    keepExchanges: false,
    tool: TOOL,
    validators,
    planned: cases,
    openTarget: (options) => createMemoryTarget(options, respond),
    onEvent: (event) => {
      if (event.type !== 'exchange') return;
      const { operation, request: sent, attempts } = event.exchange;
      if (!READING.has(sent.method)) counts.set(operation, (counts.get(operation) ?? 0) + attempts);
    },
  });
  if (report.verdict === 'non-conformant' || report.notes.length > 0) return prepared;
  const order = new Map(contract.operations.map(({ id }, index) => [id, index]));
  const place = (operation: string): number => order.get(operation) ?? order.size;
  const writes = [...counts]
    .map(([operation, count]) => ({ operation, count }))
    .sort((a, b) => place(a.operation) - place(b.operation));
  return embedded ? { ...prepared, writes, exact: true } : { ...prepared, writes };
}

/** @returns a server derived from the document; undefined where none can be */
async function derivedInMemory(contract: Contract): Promise<Respond | undefined> {
  const [{ derive }, { respondAs }] = await Promise.all([
    import('../../derived/build.ts'),
    import('../../derived/memory.ts'),
  ]);
  try {
    return respondAs(await derive(contract));
  } catch {
    // `run` says what is wrong with the document, where it matters there.
    return undefined;
  }
}
