import { refusalRule } from './kit/refusal-rule.ts';

/** Values just outside a pattern (JSON Schema 2020-12 validation, section 6.3.3). */
export const patternRefused = refusalRule('pattern-refused', {
  title: 'a value just outside a pattern is refused',
  about: 'Values that the contract names as just outside, and texts that a pattern visibly does not match.',
  example: 'POST with a phone number of 16 digits is answered with 201.',
  sentence: 'A value that the pattern does not match is refused.',
  profile: 'full',
});
