/** A target that does what no target should, and what the command line says about it. */

/** The token that each run is given: it may stand in nothing that the run prints or writes. */
export const TOKEN = 'sekret-token-123';

export interface HostileTarget {
  /** Stable, kebab-case. */
  id: string;
  /** A fact: what it does. */
  title: string;
  start(): Promise<RunningTarget>;
  /** It takes a whole run to see what it does: a few requests, one after the other, may be answered or not. */
  inRunsOnly?: true;
  /** Further arguments of `ringtrue run`, beyond those that all runs get. */
  args?: (running: RunningTarget) => string[];
  expect: Expectation;
}

export interface Expectation {
  /** 0 conforms, 1 a MUST failed, 3 could not be judged. */
  exit: 0 | 1 | 3;
  /** Found in what is printed. */
  says: RegExp;
  /** How much processor time the whole run may take, start of the process included. */
  maxSeconds: number;
  /** How much memory it may take, where many bodies just below the cap are read at once. */
  maxRssMib?: number;
}

export interface RunningTarget {
  url: string;
  /** Files that the arguments name, by what they hold. */
  files?: Record<string, string>;
  /** Looked at after the run: throws an error that says what was wrong. */
  verify?: () => void;
  close(): Promise<void>;
}
