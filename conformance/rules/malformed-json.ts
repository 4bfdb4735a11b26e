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
    {
      id: 'trailing-data',
      what: 'text follows its JSON',
      ask: (valid) => ({ raw: `${valid} ringtrue` }),
      lenient: true,
    },
    {
      id: 'two-documents',
      what: 'its body holds two JSON texts',
      ask: (valid) => ({ raw: `${valid}\n${valid}` }),
      lenient: true,
    },
    {
      id: 'not-utf-8',
      what: 'its JSON is in Latin-1 and not in UTF-8',
      ask: (valid, session) => ({ raw: inLatin1(valid, session.marker) }),
      lenient: true,
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
    about:
      'A valid body is sent with its end cut off, with a comma too many, with text or a second body behind it (RFC 8259 section 2: a JSON text is one value), and with a letter in Latin-1 (section 8.1: JSON is UTF-8). RFC 8259 section 9 lets a parser take more than JSON, so that the last three break a MUST only where the contract says that malformed JSON is refused.',
    example: 'POST with a body that is cut off is answered with 500.',
    sentence: 'Malformed JSON is answered with 400.',
  },
);

/** The valid body with the letter é behind one of its fresh texts, so that it is stored if the body is taken. */
function inLatin1(valid: string, marker: string): Uint8Array {
  const text = new RegExp(String.raw`"[^"\\]*${marker}[^"\\]*(?=")`).exec(valid);
  const end = text === null ? -1 : text.index + text[0].length;
  const changed =
    end < 0 ? valid.replace(/^\{/, '{"ringtrue":"\u00e9",') : `${valid.slice(0, end)}\u00e9${valid.slice(end)}`;
  return Uint8Array.from(changed, (character) => character.charCodeAt(0) & 0xff);
}
