import { exchangeRule } from './kit/exchange-rule.ts';

/** JSON that readers take differently (RFC 8259 section 4). */
export const jsonOddities = exchangeRule('json-oddities', 'SHOULD', 'answers JSON that every reader takes alike', {
  title: 'JSON has no byte order mark and no key twice',
  about: 'Bodies are looked at for a byte order mark and for duplicate keys (RFC 8259 sections 4 and 8.1).',
  example: 'A body begins with a byte order mark.',
  sentence: 'JSON has no byte order mark and no key twice.',
});
