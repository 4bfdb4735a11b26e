import { statusPlaces } from '../contract/status-places.ts';
import { exchangeRule } from './kit/exchange-rule.ts';

/** Statuses in bodies (RFC 9457 section 3.1.2 for problem details). */
export const httpStatusInBody = exchangeRule(
  'http-status-in-body',
  'MUST',
  'tells its own status in its body',
  {
    title: 'A status inside a body equals the real one',
    about: 'Properties that the contract marks are compared with the status of the answer.',
    example: 'A 404 says 400 in its body.',
    sentence: 'A status inside a body equals the real one.',
  },
  ({ document }, { responses }) =>
    responses.some((response) => statusPlaces(document, response).length > 0)
      ? undefined
      : 'the contract has no property that equals the status',
);
