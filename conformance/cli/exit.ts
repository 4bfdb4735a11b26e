/** The exit codes, as docs/exit-codes.md explains them. */
export const EXIT = {
  conforms: 0,
  broken: 1,
  usage: 2,
  notJudged: 3,
  defect: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
