/** How much of a plain document was judged, and why the rest was not. */
import type { Contract, Operation } from '../contract/types.ts';
import type { CaseResult, Coverage, Report } from '../model/index.ts';
import { isPlain } from '../rules/kit/law.ts';

/** What the run saw of each operation. */
export interface Reached {
  /** Operations that answered a success, which was held to the document. */
  succeeded: ReadonlySet<string>;
  /** What the target said when it refused a request that keeps the document. */
  refusals: ReadonlyMap<string, string>;
}

/** What was to be judged: a read-only run and one that names its cases are measured by what they may ask. */
export interface Wanted {
  readOnly: boolean;
  include: readonly string[];
  exclude: readonly string[];
  minCoverage: number;
}

/**
 * An operation is judged when it answered a success that was held to the document, or when a MUST of it is broken: refusals alone
 * show nothing of what it does.
 *
 * @returns the coverage of a plain document; nothing for a contract with requirements, of which each MUST counts
 */
export function coverageOf(
  contract: Contract,
  cases: readonly CaseResult[],
  reached: Reached,
  wanted: Wanted,
): { coverage: Coverage; ids: ReadonlySet<string> } | undefined {
  if (!isPlain(contract)) return undefined;
  const asked = operationsWanted(contract, cases, wanted);
  const failed = new Set(cases.filter(({ status }) => status === 'fail').map(({ operation }) => operation));
  const ids = new Set(asked.map(({ id }) => id).filter((id) => reached.succeeded.has(id) || failed.has(id)));
  // Rounded down: 99.9 is not everything.
  const percent = asked.length === 0 ? 0 : Math.floor((ids.size * 100) / asked.length);
  return { coverage: { operations: asked.length, judged: ids.size, percent, minimum: wanted.minCoverage }, ids };
}

function operationsWanted(contract: Contract, cases: readonly CaseResult[], wanted: Wanted): Operation[] {
  const chosen = wanted.include.length > 0 || wanted.exclude.length > 0;
  const touched = new Set(cases.map(({ operation }) => operation));
  return contract.operations.filter(
    ({ id, method }) => (!chosen || touched.has(id)) && (!wanted.readOnly || method === 'GET' || method === 'HEAD'),
  );
}

/**
 * @param judged the operations that were
 * @returns the operations that were not, each with what the target said or what kept them from being asked
 */
export function notJudged(
  contract: Contract,
  cases: readonly CaseResult[],
  reached: Reached,
  judged: ReadonlySet<string>,
): Report['untouched'] {
  return contract.operations
    .filter(({ id }) => !judged.has(id))
    .map(({ id }) => ({ kind: 'operation' as const, id, reason: reasonOf(id, cases, reached) }));
}

function reasonOf(id: string, cases: readonly CaseResult[], reached: Reached): string {
  const own = cases.filter(({ operation }) => operation === id);
  const told =
    own.find(({ rule, status }) => rule === 'accepts' && status === 'not-tested') ??
    own.find(({ status }) => status === 'not-tested');
  if (told?.message !== undefined) return told.message;
  const said = reached.refusals.get(id);
  if (said !== undefined) return said;
  return own.length === 0
    ? 'no rule has a case for it in this selection'
    : 'no request of the run was answered with a success';
}
