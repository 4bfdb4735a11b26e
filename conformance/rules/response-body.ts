import { exchangeRule } from './kit/exchange-rule.ts';

/** Bodies (OpenAPI 3.1, Media Type Object). */
export const responseBody = exchangeRule('response-body', 'MUST', 'answers bodies that keep their schema', {
  title: 'Every body keeps the schema of its status',
  about: 'The body of every answer is validated against its schema with Ajv (JSON Schema 2020-12, formats on).',
  example: 'A 400 comes without the property errors.',
  sentence: 'Every body keeps the schema of its status.',
});
