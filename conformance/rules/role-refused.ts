import { roleRule } from './kit/role-rule.ts';

/** A role that is not among an operation's security requirements is answered with 403. */
export const roleRefused = roleRule('role-refused', false, {
  title: 'a role that may not answers 403',
  about: 'Each operation is asked with a token of each role that the contract does not let.',
  example: 'POST with a client’s token is answered with 201.',
  sentence: 'A role that may not is answered with 403.',
});
