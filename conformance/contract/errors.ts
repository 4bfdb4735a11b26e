/** What a person reads when a contract cannot be used. */

export interface ContractProblem {
  /** Path or URL as the user named it. */
  file: string;
  /** JSON Pointer of the place in the document. */
  pointer?: string;
  /** 1-based. */
  line?: number;
  /** What is wrong: a clause, without a full stop. */
  problem: string;
  /** What to do about it: a sentence. */
  remedy: string;
}

/** So many problems stand in one message. */
const MOST_TOLD = 20;

/** A contract that cannot be read or used; always the user's to mend, so the exit code is 2. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly file: string;
  readonly pointer: string | undefined;
  readonly line: number | undefined;
  readonly problem: string;
  readonly remedy: string;
  /** What else is wrong, so that one problem does not hide the next. */
  readonly others: readonly ContractProblem[];

  constructor(problem: ContractProblem, options?: ErrorOptions & { others?: readonly ContractProblem[] }) {
    const others = options?.others ?? [];
    const lines = [problem, ...others].map((one) => `${placeOf(one)}: ${one.problem}. ${one.remedy}`);
    const more =
      lines.length > MOST_TOLD ? [`… and ${String(lines.length - MOST_TOLD)} more; ringtrue lint tells all`] : [];
    super([...lines.slice(0, MOST_TOLD), ...more].join('\n'), options);
    this.others = others;
    this.file = problem.file;
    this.pointer = problem.pointer;
    this.line = problem.line;
    this.problem = problem.problem;
    this.remedy = problem.remedy;
  }
}

/** @returns one error for some problems; each place is told once */
export function contractErrorOf(problems: readonly ContractProblem[]): ContractError {
  const distinct = new Map(problems.map((one) => [`${placeOf(one)} ${one.problem}`, one]));
  const sorted = [...distinct.values()].sort((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0));
  const [first = { file: '', problem: 'nothing is wrong', remedy: '' }, ...others] = sorted;
  return new ContractError(first, { others });
}

function placeOf({ file, line, pointer }: ContractProblem): string {
  if (line !== undefined) return `${file}:${line}`;
  return pointer === undefined || pointer === '' ? file : `${file}#${pointer}`;
}

/** Nothing can be said about what a target answered: to look at it would take too long. The case was not tested. */
export class UnjudgedError extends Error {
  override name = 'UnjudgedError';
}
