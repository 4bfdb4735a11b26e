import { roleRule } from './kit/role-rule.ts';

/** Each role may do what the contract's security requirements say. */
export const roleAllowed = roleRule('role-allowed', true, {
  title: 'a role that may, may',
  about:
    'Each operation is asked with a token of each role that the contract lets. Roles without a token are not applicable.',
  example: 'POST with a token of the role app is answered with 403.',
  sentence: 'A role that the contract names for an operation may use it.',
});
