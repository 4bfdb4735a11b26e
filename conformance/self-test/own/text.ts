/** The kill matrix of a user's own contract as lines of text. */
import type { FaultOutcome, OwnMatrix } from './matrix.ts';

/** How many of one kind of fault came to what. */
export interface KindRow {
  kind: string;
  found: number;
  warned: number;
  unseen: number;
}

/** @returns one row for each kind, in the order in which the faults were tried */
export function kindRows(faults: readonly FaultOutcome[]): KindRow[] {
  const rows = new Map<string, KindRow>();
  for (const { kind, outcome } of faults) {
    const row = rows.get(kind) ?? { kind, found: 0, warned: 0, unseen: 0 };
    row[outcome] += 1;
    rows.set(kind, row);
  }
  return [...rows.values()];
}

/** Faults that stay unseen for one reason. */
export interface ReasonGroup {
  reason: string;
  advice?: string;
  faults: FaultOutcome[];
}

/** @returns the reasons, those with the most faults first */
export function reasonGroups(faults: readonly FaultOutcome[]): ReasonGroup[] {
  const groups = new Map<string, ReasonGroup>();
  for (const fault of faults) {
    if (fault.outcome !== 'unseen') continue;
    const reason = fault.reason ?? '';
    const group = groups.get(reason) ?? { reason, advice: fault.advice, faults: [] };
    group.faults.push(fault);
    groups.set(reason, group);
  }
  return [...groups.values()].sort((a, b) => b.faults.length - a.faults.length);
}

/** @returns the sentence that says it all */
export function summaryOf({ contract, faults, coverage }: OwnMatrix): string {
  const count = (outcome: FaultOutcome['outcome']): number => faults.filter((one) => one.outcome === outcome).length;
  const unseen = count('unseen');
  const covered = coverage === undefined ? '' : ` The suite judges ${String(coverage)} % of the operations.`;
  return `${contract.title} ${contract.version}: of ${String(faults.length)} possible faults ${String(count('found'))} are found, ${String(count('warned'))} earn a warning, and ${String(unseen)} cannot be seen with this document.${covered}`;
}

/**
 * @param matrix what came of all faults
 * @param verbose names every fault
 * @returns lines for a person
 */
export function matrixLines(matrix: OwnMatrix, verbose: boolean): string[] {
  const { faults, accusations, durationMs } = matrix;
  const rows = kindRows(faults);
  const width = Math.max(4, ...rows.map(({ kind }) => kind.length));
  return [
    summaryOf(matrix),
    ...accusations.map((message) => `✗ without any fault the suite says: ${message}`),
    '',
    `  ${'fault'.padEnd(width)}  found  warned  unseen`,
    ...rows.map(
      ({ kind, found, warned, unseen }) =>
        `  ${kind.padEnd(width)}  ${cell(found, 5)}  ${cell(warned, 6)}  ${cell(unseen, 6)}`,
    ),
    ...(verbose ? ['', ...faults.map(faultLine)] : []),
    ...unseenLines(faults),
    '',
    `${String(faults.length)} faults in ${(durationMs / 1000).toFixed(1)} s`,
  ];
}

function cell(count: number, width: number): string {
  return (count === 0 ? '·' : String(count)).padStart(width);
}

function faultLine({ id, outcome, rules, reason }: FaultOutcome): string {
  const sign = { found: '✓', warned: '!', unseen: '·' }[outcome];
  return `  ${sign} ${id}: ${outcome === 'unseen' ? (reason ?? '') : rules.join(' ')}`;
}

/** Of each reason so many faults are named. */
const NAMED = 4;

function unseenLines(faults: readonly FaultOutcome[]): string[] {
  const groups = reasonGroups(faults);
  if (groups.length === 0) return ['', 'Every fault that this document makes possible is seen.'];
  return [
    '',
    'Not seen, and why:',
    ...groups.flatMap(({ reason, advice, faults: own }) => {
      const names = own
        .slice(0, NAMED)
        .map(({ id }) => id)
        .join(', ');
      const more = own.length > NAMED ? ` and ${String(own.length - NAMED)} more` : '';
      return [`  ${reason}.${advice === undefined ? '' : ` ${advice}`}`, `      ${names}${more}`];
    }),
  ];
}
