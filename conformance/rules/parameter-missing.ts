import { parameterRule } from './kit/parameter-rule.ts';

/** Required parameters of query, header and cookie that are left out (OpenAPI 3.1, Parameter Object, `required`). */
export const parameterMissing = parameterRule(
  {
    id: 'parameter-missing',
    title: 'a request without a required parameter is refused',
    about:
      'Each required query, header and cookie parameter is left out of a valid request, one at a time, in reads and in writes.',
    example: 'GET without a required query parameter is answered with 200.',
    sentence: 'A request without a required parameter is refused.',
    profile: 'core',
  },
  'MUST',
  (parameter) => (parameter.required ? [{ detail: '', bound: 'missing' }] : []),
);
