import { refusalRule } from './kit/refusal-rule.ts';

/** Empty texts. */
export const emptyValue = refusalRule('empty-value', {
  title: 'an empty text is refused where it is not allowed',
  about:
    'Each text that must not be empty is sent empty: a MUST where a pattern or a list of values forbids it, else a SHOULD.',
  example: 'POST with an empty text where one is needed is answered with 201.',
  sentence: 'An empty string where the contract says not empty is refused.',
  profile: 'core',
});
