import type { z } from 'zod';
import { Problem, type Reason } from './problem.ts';

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
  const first = new Map<unknown, Reason>();
  for (const issue of result.error.issues) if (!first.has(issue.path[0])) first.set(issue.path[0], reasonFor(issue));
  throw new Problem(status, [...first.values()] as [Reason, ...Reason[]]);
}

function reasonFor(issue: z.core.$ZodIssue): Reason {
  const field = issue.path[0];
  const message = `${issue.path.map(String).join('.')}: ${issue.message}`;
  return field === undefined
    ? { code: 'validation_error', message }
    : { code: 'validation_error', message, field: String(field) };
}
