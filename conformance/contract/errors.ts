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

/** A contract that cannot be read or used; always the user's to mend, so the exit code is 2. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly file: string;
  readonly pointer: string | undefined;
  readonly line: number | undefined;
  readonly problem: string;
  readonly remedy: string;

  constructor(problem: ContractProblem, options?: ErrorOptions) {
    super(`${placeOf(problem)}: ${problem.problem}. ${problem.remedy}`, options);
    this.file = problem.file;
    this.pointer = problem.pointer;
    this.line = problem.line;
    this.problem = problem.problem;
    this.remedy = problem.remedy;
  }
}

function placeOf({ file, line, pointer }: ContractProblem): string {
  if (line !== undefined) return `${file}:${line}`;
  return pointer === undefined || pointer === '' ? file : `${file}#${pointer}`;
}

/** Nothing can be said about what a target answered: to look at it would take too long. The case was not tested. */
export class UnjudgedError extends Error {
  override name = 'UnjudgedError';
}
