import { refusalRule } from './kit/refusal-rule.ts';

/** Required properties that are null. */
export const requiredNull = refusalRule('required-null', {
  title: 'a body with null for a required property is refused',
  about: 'Each required property is sent as null, one at a time. Null is not presence.',
  example: 'PUT with rate: null is answered with 200.',
  sentence: 'A null required field is refused.',
  profile: 'core',
});
