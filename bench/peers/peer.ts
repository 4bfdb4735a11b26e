/** A tool that looks for faults, and how the bench asks it. */

/** What a tool said of one server. */
export interface Verdict {
  /** What it holds against the server: names of failed checks, the same whenever the same check fails. */
  complaints: string[];
  /** Of the tool's process or processes. */
  wallMs: number;
}

/** Runs the tool once against the server at this origin. */
export type Trial = (url: string) => Promise<Verdict>;

/** One row of the table. */
export interface Peer {
  name: string;
  /**
   * Installs and configures the tool; what this takes is not counted.
   *
   * @param folder for the tool alone, made already
   * @returns how to run it
   * @throws Error which says in one line why the tool cannot be had
   */
  prepare(folder: string): Promise<Trial>;
}

/** After so many seconds a tool is ended; it has then said nothing. */
export const TRIAL_SECONDS = 90;
