import { refusalRule } from './kit/refusal-rule.ts';

/** Texts of a wrong format (JSON Schema 2020-12 validation, section 7.3). */
export const formatRefused = refusalRule('format-refused', {
  title: 'a text that is not of its format is refused',
  about: 'Each text with a format (date-time, email, uuid, …) is sent as one that plainly is not of it.',
  example: 'POST with "tomorrow at noon" for an instant is answered with 200.',
  sentence: 'A value that is not of the documented format is refused.',
  profile: 'full',
});
