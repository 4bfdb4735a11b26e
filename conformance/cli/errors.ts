/** From an exception to what a person reads and a machine gets. */
import { visible, visibleLines } from '../report/escape.ts';
import { EXIT, type ExitCode } from './exit.ts';

/** Something that the user gave cannot be used. The message names the place and the remedy. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/**
 * Names of errors whose message is meant for the user. By name, because the classes live in layers that are loaded only when they
 * are needed, and loading them all for one `instanceof` would cost every start.
 */
const CODES: Readonly<Record<string, ExitCode>> = {
  UsageError: EXIT.usage,
  ContractError: EXIT.usage,
  RequirementsError: EXIT.usage,
  SelectionError: EXIT.usage,
  MergeError: EXIT.usage,
  RedoclyMissingError: EXIT.usage,
  TimeUpError: EXIT.notJudged,
  TokenUnreachableError: EXIT.notJudged,
};

export interface Failure {
  code: ExitCode;
  /** Lines for standard error, a line feed at the end. */
  text: string;
}

/**
 * @param error whatever was thrown
 * @param debug whether a defect is told with its stack
 */
export function failureOf(error: unknown, debug: boolean): Failure {
  if (error instanceof Error) {
    const code = CODES[error.name];
    if (code !== undefined) return { code, text: `${visibleLines(error.message)}\n` };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const lines = [
    visible(message) || 'Something went wrong.',
    'This is a defect of RingTrue, not of the target. Please report it, with the command that you gave.',
    ...(debug && stack !== undefined ? [visibleLines(stack)] : ['RINGTRUE_DEBUG=1 shows where it happened.']),
  ];
  return { code: EXIT.defect, text: `${lines.join('\n')}\n` };
}
