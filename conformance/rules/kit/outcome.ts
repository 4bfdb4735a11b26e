/** The ways in which a case can end. */
import type { Exchange } from '../../model/index.ts';
import type { Outcome } from '../types.ts';

/** The answer keeps the requirement. */
export function pass(...exchanges: Exchange[]): Outcome {
  return { status: 'pass', exchanges };
}

/** The answer breaks the requirement; `message` tells what was sent and what came back, with values. */
export function broken(details: Omit<Outcome, 'status'> & { message: string; kind: string }): Outcome {
  return { status: 'broken', ...details };
}

/** Contract or options leave nothing to ask. */
export function notApplicable(message: string): Outcome {
  return { status: 'not-applicable', message };
}

/** The question could not be asked. */
export function notTested(message: string, blockedBy?: string): Outcome {
  return { status: 'not-tested', message, blockedBy };
}

/** A value as a message shows it: JSON, cut in the middle when long. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 50)}…${text.slice(-20)} (${String(text.length)} characters)`;
}

/** `POST /v3/…`, as a message names an operation's address. */
export function address(operation: { method: string; path: string }): string {
  return `${operation.method} ${operation.path}`;
}
