import { judgeRefusal } from './kit/refusal.ts';
import { wireRule } from './kit/wire-rule.ts';

/** Bodies that are no JSON (RFC 8259). */
export const malformedJson = wireRule(
  'malformed-json',
  'MUST',
  [
    { id: 'cut-off', what: 'its JSON is cut off', ask: (valid) => ({ raw: valid.slice(0, -2) }) },
    {
      id: 'trailing-comma',
      what: 'its JSON has a comma too many',
      ask: (valid) => ({ raw: `${valid.slice(0, -1)},}` }),
    },
  ],
  (exchange, { operation }, { what }, contract) =>
    judgeRefusal(exchange, {
      contract,
      operation,
      what,
      asked: { of: 'invalid', alteration: 'malformed-json', at: '', title: what },
      level: 'MUST',
      pointer: operation.requestBody?.pointer ?? operation.pointer,
    }),
  {
    title: 'malformed JSON answers 400',
    about: 'A valid body is sent with its end cut off, and with a comma too many.',
    example: 'POST with a body that is cut off is answered with 500.',
    sentence: 'Malformed JSON is answered with 400.',
  },
);
