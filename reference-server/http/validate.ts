import type { z } from 'zod';
import { Problem, type Reason } from './problem.ts';

/** More than this helps nobody, and a body of a megabyte can be wrong in very many places. */
const MAX_REASONS = 20;

/**
 * Checks a request body against a schema. What is stored is taken from the body itself and never from the schema's
 * output, so that no library can trim, coerce or drop a value on the way.
 * @param schema the rules
 * @param body the body
 * @param status the status of a refusal
 * @returns the same body, now of a known type
 * @throws {Problem} one reason per offending field
 */
export function validated<T>(schema: z.ZodType<T>, body: unknown, status = 400): T {
  const result = schema.safeParse(body);
  if (result.success) return body as T;
  const reasons = result.error.issues.slice(0, MAX_REASONS).map((issue): Reason => reasonFor(issue));
  throw new Problem(status, reasons as [Reason, ...Reason[]]);
}

function reasonFor(issue: z.core.$ZodIssue): Reason {
  const field = issue.path[0];
  const message = `${issue.path.map(String).join('.')}: ${issue.message}`;
  return field === undefined ? { code: 'validation_error', message } : { code: 'validation_error', message, field: String(field) };
}
