import { refusalRule } from './kit/refusal-rule.ts';

/** Values outside an enum (JSON Schema 2020-12 validation, section 6.1.2). */
export const enumRefused = refusalRule('enum-refused', {
  title: 'a value that is none of the allowed ones is refused',
  about: 'Each property with a list of values is sent with an unknown value and with an allowed one in the other case.',
  example: 'POST with direction: inbound is answered with 201.',
  sentence: 'A value outside the allowed list is refused; the list is case-sensitive.',
  profile: 'full',
});
