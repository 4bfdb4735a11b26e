import { refusalRule } from './kit/refusal-rule.ts';

/** Required properties that are left out (JSON Schema 2020-12 validation, section 6.5.3). */
export const requiredMissing = refusalRule('required-missing', {
  title: 'a body without a required property is refused',
  about: 'Each required property is left out of a valid body, one at a time, on every create and update.',
  example: 'POST without a required property is answered with 201.',
  sentence: 'A missing required field is refused.',
  profile: 'core',
});
