import { refusalRule } from './kit/refusal-rule.ts';

/** Properties that a closed object may not have (JSON Schema 2020-12, Core, section 10.3.2.3). */
export const unknownProperty = refusalRule('unknown-property', {
  title: 'a property that may not be there is refused',
  about:
    'Where a document closes an object with additionalProperties or unevaluatedProperties: false, one property more is sent in it, at any depth. Many servers ignore what they do not know, so accepting it is no more than a warning.',
  example: 'POST with a property beside those of a closed object is answered with 201.',
  sentence: 'An object that may have no other properties is refused when it has one.',
  profile: 'full',
});
