import { exchangeRule } from './kit/exchange-rule.ts';

/** Media types (RFC 9110 section 8.3). */
export const contentType = exchangeRule('content-type', 'MUST', 'answers in a documented media type', {
  title: 'Every answer has a documented media type',
  about:
    'The media type of every answer is looked up in the contract; parameters and case do not matter (RFC 9110 section 8.3.1).',
  example: 'A 404 comes as text/html.',
  sentence: 'Every answer has a documented media type.',
});
