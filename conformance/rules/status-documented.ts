import { exchangeRule } from './kit/exchange-rule.ts';

/** Statuses (OpenAPI 3.1, Responses Object). */
export const statusDocumented = exchangeRule('status-documented', 'MUST', 'answers documented statuses alone', {
  title: 'Every status that is answered is documented',
  about: 'The status of every answer is looked up in the contract. 422 in place of a documented 400 is a SHOULD.',
  example: 'POST is answered with 200 where the contract says 201.',
  sentence: 'Every status that is answered is documented.',
});
