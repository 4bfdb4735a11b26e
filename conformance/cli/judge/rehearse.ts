/** What a run will write, counted by running it against a right server in memory. Nothing leaves the process. */
import { runSuite } from '../../run/index.ts';
import { createMemoryTarget } from '../../target/index.ts';
import { embeddedInMemory } from '../embedded.ts';
import { TOOL } from '../version.ts';
import { withDevelopmentValues } from './access.ts';
import type { Prepared } from './prepare.ts';

/** A rehearsal is for whoever waits for a plan; after so long an estimate has to do. */
const LONGEST_MS = 120_000;

const READING = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Runs the planned cases against a right server of the contract. A target that keeps the contract is sent just these writes; one that
 * refuses valid requests is sent a few others in their place, to find out what it takes.
 *
 * @param prepared the planned run
 * @returns the same plan with exact writes; as it was when no right server of this contract is at hand, or it takes too long
 */
export async function rehearsed(prepared: Prepared): Promise<Prepared> {
  const { request, contract, access, cases, validators } = prepared;
  if (request.readOnly || cases.length === 0) return prepared;
  const respond = await embeddedInMemory(contract);
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
    token: values.token,
    roleTokens: Object.fromEntries(roles.map((role) => [role, values.roleTokens[role] ?? ''])),
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
    maxTimeMs: LONGEST_MS,
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
  return { ...prepared, writes, exact: true };
}
