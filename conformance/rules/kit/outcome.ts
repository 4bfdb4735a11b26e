/** The ways in which a case can end. */
import type { Breach, Exchange } from '../../model/index.ts';
import type { Outcome } from '../types.ts';

export { show } from '../../model/breach/words.ts';

/** The answer keeps the requirement. */
export function pass(...exchanges: Exchange[]): Outcome {
  return { status: 'pass', exchanges };
}

/**
 * The answer breaks the requirement.
 *
 * @param breach what is wrong, as data: `model/breach/explain.ts` has its words
 * @param details where it differs from the case's own, and the exchanges that show it
 */
export function breached(breach: Breach, details: Omit<Outcome, 'status' | 'breach'> = {}): Outcome {
  return { status: 'broken', breach, ...details };
}

/** Contract or options leave nothing to ask. */
export function notApplicable(message: string): Outcome {
  return { status: 'not-applicable', message };
}

/** The question could not be asked. */
export function notTested(message: string, blockedBy?: string): Outcome {
  return { status: 'not-tested', message, blockedBy };
}

/** `POST /v3/…`, as a message names an operation's address. */
export function address(operation: { method: string; path: string }): string {
  return `${operation.method} ${operation.path}`;
}
