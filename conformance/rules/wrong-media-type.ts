import { serverError } from './kit/answers.ts';
import { isPlain, isServerError } from './kit/law.ts';
import { breached, pass } from './kit/outcome.ts';
import { wireRule } from './kit/wire-rule.ts';
import type { Ask } from './types.ts';

/** A JSON body that is called something else (RFC 9110 section 15.5.16). */
export const wrongMediaType = wireRule(
  'wrong-media-type',
  'SHOULD',
  [
    ...(['text/plain', 'application/x-www-form-urlencoded'] as const).map((contentType) => ({
      id: contentType === 'text/plain' ? 'text' : 'form',
      what: `its Content-Type is ${contentType}`,
      contentType,
      ask: (valid: string): Partial<Ask> => ({ raw: valid, contentType, judge: 'server-error' }),
    })),
  ],
  (exchange, _part, { contentType: mediaType = '' }, contract) => {
    const status = exchange.response?.status ?? 0;
    if (status === 400 || status === 415) return pass(exchange);
    const asked = { of: 'media-type', mediaType } as const;
    if (isPlain(contract) && status >= 400 && !isServerError(contract, exchange)) return pass(exchange);
    return breached(
      status >= 500
        ? serverError(exchange, asked)
        : status < 300
          ? { kind: 'accepted-media-type', status, mediaType }
          : { kind: 'wrong-status', status, expected: ['400', '415'], asked },
      { level: status >= 500 ? 'MUST' : 'SHOULD', exchanges: [exchange] },
    );
  },
  {
    title: 'a wrong Content-Type answers 400 or 415',
    about:
      'A valid JSON body is sent under another media type. Reading it all the same is a SHOULD finding, a 5xx a MUST.',
    example: 'POST with text/plain is answered with 201.',
    sentence: 'A wrong Content-Type is 400 or 415.',
  },
);
