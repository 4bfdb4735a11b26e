import { takenValueRule } from './kit/taken-value-rule.ts';

/** Identifiers survive in every shape. */
export const identifierValuesRule = takenValueRule({
  id: 'identifier-values',
  title: 'an identifier survives in every shape',
  about:
    'A property that holds an identifier is written as a UUID in both cases, with leading zeros, with spaces, quotes, markup, escapes, composed and decomposed letters, an emoji, 255 characters, and read back byte for byte.',
  example: 'The identifier "000123" is read back as "123".',
  sentence: 'An identifier is read back byte for byte, whatever its shape.',
  profile: 'core',
});
