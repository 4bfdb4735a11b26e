import { isPlain, isServerError } from './kit/law.ts';
import { broken, pass } from './kit/outcome.ts';
import { wireRule } from './kit/wire-rule.ts';

/** A JSON body that is called something else (RFC 9110 section 15.5.16). */
export const wrongMediaType = wireRule(
  'wrong-media-type',
  'SHOULD',
  [
    {
      id: 'text',
      what: 'its Content-Type is text/plain',
      ask: (valid) => ({ raw: valid, contentType: 'text/plain', judge: 'server-error' }),
    },
    {
      id: 'form',
      what: 'its Content-Type is application/x-www-form-urlencoded',
      ask: (valid) => ({ raw: valid, contentType: 'application/x-www-form-urlencoded', judge: 'server-error' }),
    },
  ],
  (exchange, { operation }, { what }, contract) => {
    const status = exchange.response?.status ?? 0;
    if (status === 400 || status === 415) return pass(exchange);
    if (isPlain(contract) && status >= 400 && !isServerError(contract, exchange)) return pass(exchange);
    return broken({
      level: status >= 500 ? 'MUST' : 'SHOULD',
      kind: status >= 500 ? 'server-error' : status < 300 ? 'accepted-media-type' : 'wrong-status',
      cause: status >= 500 ? `server-error|${operation.id}` : 'wrong-media-type',
      message: `${operation.id} answered ${String(status)} although ${what}; the contract wants 400 or 415.`,
      suggestion: 'Read only bodies whose Content-Type is application/json; answer 415 to others.',
      severity: 'minor',
      evidence: { got: [{ where: 'status', got: status, ok: false }] },
      exchanges: [exchange],
    });
  },
  {
    title: 'a wrong Content-Type answers 400 or 415',
    about:
      'A valid JSON body is sent under another media type. Reading it all the same is a SHOULD finding, a 5xx a MUST.',
    example: 'POST with text/plain is answered with 201.',
    sentence: 'A wrong Content-Type is 400 or 415.',
  },
);
