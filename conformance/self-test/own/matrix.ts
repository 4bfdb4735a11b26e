/** The kill matrix of a user's own contract: each generic fault against the suite, and why one stays unseen. */
import type { Contract } from '../../contract/types.ts';
import type { GenericFault } from '../../derived/fault.ts';
import { genericFaults } from '../../derived/faults.ts';
import type { CaseResult, Report } from '../../model/index.ts';
import type { PlannedCase } from '../../plan/index.ts';
import { judge, openBench, type Bench } from './judge.ts';
import { forbids, lookedForBy, reasonFor } from './reasons.ts';

/** What came of one fault. */
export interface FaultOutcome {
  id: string;
  kind: string;
  title: string;
  operation: string;
  field?: string;
  /** `found`: a MUST is broken; `warned`: a SHOULD; `unseen`: the suite holds nothing against the server. */
  outcome: 'found' | 'warned' | 'unseen';
  /** Rules that found it. */
  rules: string[];
  /** What the suite says of it. */
  finding?: string;
  /** Why it stays unseen. */
  reason?: string;
  /** What to change in the document. */
  advice?: string;
}

/** The kill matrix of one contract. */
export interface OwnMatrix {
  contract: { name: string; title: string; version: string };
  /** What the suite holds against the server without a fault: nothing, if all is well. */
  accusations: string[];
  /** Percent of the operations that the suite judges. */
  coverage?: number;
  faults: FaultOutcome[];
  durationMs: number;
}

/** How fast an answer comes is nothing that a contract says. */
const NOT_JUDGED = new Set(['slow']);

/**
 * @param contract the user's
 * @param options which faults (all, if none is named), and what is told of the progress
 */
export async function ownMatrix(
  contract: Contract,
  options: { wants?: (id: string) => boolean; progress?: (done: number, total: number, id: string) => void } = {},
): Promise<OwnMatrix> {
  const started = performance.now();
  const bench = await openBench(contract);
  const baseline = await judge(bench, []);
  const before = new Map(baseline.cases.map((one) => [one.id, one]));
  const chosen = genericFaults(contract).filter(
    ({ kind, id }) => !NOT_JUDGED.has(kind) && (options.wants?.(id) ?? true),
  );
  const faults: FaultOutcome[] = [];
  for (const fault of chosen) {
    options.progress?.(faults.length, chosen.length, fault.id);
    faults.push(await tryFault(bench, fault, before));
  }
  return {
    contract: { name: contract.name, title: contract.title, version: contract.version },
    accusations: baseline.findings.filter(({ level }) => level === 'MUST').map(({ message }) => message),
    ...(baseline.coverage ? { coverage: baseline.coverage.percent } : {}),
    faults,
    durationMs: Math.round(performance.now() - started),
  };
}

/** First the cases of the field and the operation, then those of its resource, then all: most faults are found by the first few. */
async function tryFault(
  bench: Bench,
  fault: GenericFault,
  before: ReadonlyMap<string, CaseResult>,
): Promise<FaultOutcome> {
  const { id, kind, title, operation, field } = fault;
  const told = { id, kind, title, operation, ...(field === undefined ? {} : { field }) };
  let last: Report | undefined;
  let warned: FaultOutcome | undefined;
  for (const planned of rounds(bench, fault)) {
    last = await judge(bench, [fault.hooks()], planned, true);
    const found = killersIn(last, before, 'fail');
    const finding = last.findings.find(
      ({ level, cases }) => level === 'MUST' && cases.some((one) => found.some((each) => each.id === one)),
    );
    if (found.length > 0)
      return { ...told, outcome: 'found', rules: rulesOf(found), finding: finding?.message ?? found[0]?.message };
    const soft = killersIn(last, before, 'warn');
    if (soft.length > 0) warned = { ...told, outcome: 'warned', rules: rulesOf(soft), finding: soft[0]?.message };
    // What the document itself allows is not looked for everywhere.
    if (planned.length >= MOST_FIRST && !forbids(bench.contract, fault)) break;
  }
  if (warned) return warned;
  return { ...told, outcome: 'unseen', rules: [], ...reasonFor(bench.contract, fault, last?.cases ?? []) };
}

function killersIn({ cases }: Report, before: ReadonlyMap<string, CaseResult>, status: 'fail' | 'warn'): CaseResult[] {
  return cases.filter(
    (one) => one.status === status && before.get(one.id)?.status !== status && before.get(one.id)?.status !== 'fail',
  );
}

function rulesOf(cases: readonly CaseResult[]): string[] {
  return [...new Set(cases.map(({ rule }) => rule))];
}

/** Which cases are asked, one selection after the other; each later one is asked only where the one before found nothing. */
function* rounds({ contract, planned }: Bench, { kind, operation, field }: GenericFault): Generator<PlannedCase[]> {
  const resource = contract.operations.find(({ id }) => id === operation)?.resource;
  const own = new Set(
    contract.operations.filter((one) => one.resource !== undefined && one.resource === resource).map(({ id }) => id),
  );
  own.add(operation);
  const ofResource = planned.filter((one) => own.has(one.operation));
  const isEnd = (one: PlannedCase): boolean => one.operation === operation && one.case.phase === 'end';
  const close = ofResource.filter(
    (one) => isEnd(one) || (field === undefined ? one.operation === operation : one.field === field),
  );
  const likely = new Set<string>([...(lookedForBy[kind] ?? []), 'round-trip', 'answers', 'list-contains']);
  const first = close.filter(({ rule }) => likely.has(rule)).slice(0, MOST_FIRST);
  const sizes = new Set<number>([0]);
  for (const round of [[...first, ...close.filter(isEnd)], close, ofResource, planned]) {
    if (sizes.has(round.length)) continue;
    sizes.add(round.length);
    yield round;
  }
}

/** So many cases find nearly every fault. */
const MOST_FIRST = 8;
