import { Problem } from '../http/problem.ts';

/**
 * The error body of calldesk. Whatever earns a 400 has the one code `validation_error`.
 * @param problem why the request is refused
 * @returns the body
 */
export function failure(problem: Problem): unknown {
  const [first] = problem.reasons;
  const named = problem.reasons.flatMap(({ field, message }) =>
    field === undefined ? [] : [[field, message] as const],
  );
  return {
    error: {
      code: problem.status === 400 ? 'validation_error' : first.code,
      message: first.message,
      ...(named.length > 0 ? { fields: Object.fromEntries(named) } : {}),
      ...(problem instanceof IdempotencyConflict ? { call_id: problem.callId } : {}),
    },
  };
}

/** A key that has made a call already. It exists to carry the reference to that call into the error body. */
export class IdempotencyConflict extends Problem {
  readonly callId: string;

  /** @param callId the original call */
  constructor(callId: string) {
    super(409, [
      { code: 'idempotency_conflict', message: `This Idempotency-Key has already made the call ${callId}.` },
    ]);
    this.callId = callId;
  }
}
