import { authRule } from './kit/auth-rule.ts';

/** Credentials that nobody gave out (RFC 9110 section 15.5.2). */
export const authInvalid = authRule('auth-invalid', { garbage: true }, 'credentials that are unknown', {
  title: 'a request with unknown credentials answers 401',
  about: 'Every secured operation is asked as it would succeed, but with a token or key that nobody gave out.',
  example: 'POST with an unknown token is answered with 201.',
  sentence: 'A request with unknown credentials is answered with 401.',
});
