import { refusalRule } from './kit/refusal-rule.ts';

/** Values just outside their bounds (JSON Schema 2020-12 validation, sections 6.2 to 6.5). */
export const boundsRefused = refusalRule('bounds-refused', {
  title: 'a value just outside its bounds is refused',
  about:
    'Numbers one below or above, texts one character too long or short, objects and lists with one entry too many.',
  example: 'POST with 11 metadata keys is answered with 201.',
  sentence: 'A value outside its documented bounds is refused.',
  profile: 'full',
});
