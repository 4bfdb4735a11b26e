import { exchangeRule } from './kit/exchange-rule.ts';

/** Required headers (OpenAPI 3.1, Header Object). */
export const responseHeaders = exchangeRule(
  'response-headers',
  'MUST',
  'answers with every required header',
  {
    title: 'Every required response header is there',
    about: 'Headers that the contract calls required are looked for in every answer of their status.',
    example: 'A 201 comes without its required Location.',
    sentence: 'Every required response header is there.',
  },
  (_contract, { responses }) =>
    responses.some(({ headers }) => headers.some(({ required }) => required))
      ? undefined
      : 'the contract requires no header of its responses',
);
