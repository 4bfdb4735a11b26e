import { authRule } from './kit/auth-rule.ts';

/** No credentials (RFC 9110 section 15.5.2). */
export const authMissing = authRule('auth-missing', 'none', 'no credentials', {
  title: 'a request without credentials answers 401',
  about: 'Every secured operation is asked as it would succeed, but without credentials.',
  example: 'GET without a token is answered with 200.',
  sentence: 'A request without credentials is answered with 401.',
});
