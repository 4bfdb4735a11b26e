import { isPlain } from './kit/law.ts';
import { judgeRefusal } from './kit/refusal.ts';
import { wireRule } from './kit/wire-rule.ts';

/** Bodies that are JSON, but no object. */
export const wrongJsonShape = wireRule(
  'wrong-json-shape',
  'MUST',
  [
    { id: 'array', what: 'its body is a list', ask: (valid) => ({ raw: `[${valid}]` }) },
    { id: 'text', what: 'its body is a JSON text', ask: () => ({ raw: '"ringtrue"' }) },
    { id: 'number', what: 'its body is a number', ask: () => ({ raw: '12345' }) },
    { id: 'null', what: 'its body is null', ask: () => ({ raw: 'null' }) },
    { id: 'empty', what: 'its body is empty', ask: () => ({ raw: '' }) },
  ],
  (exchange, { operation }, { what, id }, contract) =>
    judgeRefusal(exchange, {
      contract,
      operation,
      what,
      asked: { of: 'invalid', alteration: 'wrong-json-shape', at: '', title: id },
      level: 'MUST',
      // Without a byte of body there is no media type to speak of either.
      statuses: id === 'empty' && !isPlain(contract) ? [400, 415] : undefined,
      pointer: operation.requestBody?.pointer ?? operation.pointer,
    }),
  {
    title: 'a body that is no object answers 400',
    about: 'A list, a text, a number, null and nothing are sent where an object is due.',
    example: 'POST with a list is answered with 201.',
    sentence: 'A body of a wrong JSON type is refused.',
  },
);
