import { refusalRule } from './kit/refusal-rule.ts';

/** Lists whose items all have to differ (JSON Schema 2020-12, Validation, section 6.4.3). */
export const duplicateItems = refusalRule('duplicate-items', {
  title: 'a list with equal items is refused where they have to differ',
  about:
    'Where a document says uniqueItems, a list is sent with one item twice, at any depth. A server that stores each of them once, for all to see, earns a warning.',
  example: 'POST with the tag "a" twice is answered with 201, and GET returns both.',
  sentence: 'A list whose items have to differ is refused when two are equal.',
  profile: 'full',
});
