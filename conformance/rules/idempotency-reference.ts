import { idempotencyRule, referenceOf, refersTo, repeated } from './kit/idempotency.ts';
import { breached, notApplicable, pass } from './kit/outcome.ts';

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
    return breached(
      { kind: 'no-reference', header: keyed.header, reference: keyed.reference, id: reference, status: keyed.status },
      { field: keyed.reference, exchanges: [first, again] },
    );
  },
);
