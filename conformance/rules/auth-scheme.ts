import { authRule } from './kit/auth-rule.ts';

/** The right token under another authentication scheme (RFC 9110 section 11.4). */
export const authScheme = authRule('auth-scheme', { wrongScheme: true }, 'the scheme Basic in place of Bearer', {
  title: 'a request with another authentication scheme answers 401',
  about: 'Every operation that wants a bearer token is asked with Basic credentials.',
  example: 'GET with Authorization: Basic is answered with 200.',
  sentence: 'A request with another authentication scheme is answered with 401.',
});
