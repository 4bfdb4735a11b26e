import { takenValueRule } from './kit/taken-value-rule.ts';

/** Allowed values are taken and kept. */
export const acceptsValue = takenValueRule({
  id: 'accepts-value',
  title: 'every allowed value is taken and read back',
  about:
    'Each value of an enum, both booleans, the values that the contract names as just inside, and the bounds themselves are written and read back in every way.',
  example: 'POST with status MISSED is answered with 400.',
  sentence: 'Every value that the contract allows is accepted and read back.',
  profile: 'full',
});
