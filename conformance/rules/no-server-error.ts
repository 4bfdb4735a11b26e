import { exchangeRule } from './kit/exchange-rule.ts';

/** Server errors (RFC 9110 section 15.6). */
export const noServerError = exchangeRule('no-server-error', 'MUST', 'never answers 5xx', {
  title: 'No input earns a 5xx',
  about: 'Every answer of the run is looked at, to valid and invalid requests alike.',
  example: 'A body with a NUL character is answered with 500.',
  sentence: 'No input earns a 5xx.',
});
