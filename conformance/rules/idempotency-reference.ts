import { idempotencyRule, referenceOf, refersTo, repeated } from './kit/idempotency.ts';
import { broken, notApplicable, pass, show } from './kit/outcome.ts';

/** The answer to a repeat refers to the original. */
export const idempotencyReference = idempotencyRule(
  'idempotency-reference',
  {
    title: 'the answer to a repeat refers to the original',
    about: 'The id of the first record is looked for anywhere in the body and the headers of the answer to the repeat.',
    example: 'The 409 does not name the record that the key made.',
    sentence: 'The answer to a repeated idempotency key refers to the original.',
  },
  'MUST',
  'the answer to a repeat refers to the original',
  2,
  async (session, keyed) => {
    const { first, again } = await repeated(session, keyed);
    if (again.response?.status !== keyed.status)
      return notApplicable('the repeat was not refused, which another case tells');
    const reference = referenceOf(keyed, first);
    if (refersTo(again, reference)) return pass(first, again);
    return broken({
      kind: 'no-reference',
      cause: `idempotency-reference|${keyed.operation.id}`,
      message: `${keyed.operation.id} answered ${String(keyed.status)} to a repeat, and neither body nor headers name the ${keyed.reference} ${show(reference)} of the original.`,
      suggestion: `Put the original's ${keyed.reference} into the answer.`,
      field: keyed.reference,
      evidence: { sent: reference, got: [{ where: 'answer to the repeat', missing: true, ok: false }] },
      exchanges: [first, again],
    });
  },
);
