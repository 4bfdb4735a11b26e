import { refusalRule } from './kit/refusal-rule.ts';

/** Values of a wrong JSON type (JSON Schema 2020-12 validation, section 6.1.1). */
export const wrongType = refusalRule('wrong-type', {
  title: 'a value of another JSON type is refused',
  about:
    'Each property is sent as a number, a boolean, a list or an object where the contract says text, and so on, inside lists and objects too.',
  example: 'POST with a number as rate is answered with 201.',
  sentence: 'A wrong JSON type for a declared field is refused.',
  profile: 'full',
});
