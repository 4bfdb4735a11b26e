import { expect, it } from 'vitest';
import { formOf } from './usual-form.ts';

it.each([
  ['equal texts', 'a', 'a', {}, 'same'],
  ['outer spaces', ' a ', 'a', {}, 'usual'],
  ['inner spaces', 'a  b', 'a b', {}, 'other'],
  ['the case of a name', 'Ann', 'ann', {}, 'other'],
  ['the case of an e-mail address', 'Ann@Mail.example', 'ann@mail.example', {}, 'usual'],
  ['the case of a UUID', '4887AF14-22B7-456A-A150-0198DA784A28', '4887af14-22b7-456a-a150-0198da784a28', {}, 'usual'],
  ['the case of a host', 'https://API.example', 'https://api.example/', {}, 'usual'],
  ['the case of a path', 'https://a.example/B', 'https://a.example/b', {}, 'other'],
  ['a lost zone', '2098-01-15T10:00:00.250Z', '2098-01-15T10:00:00.250', {}, 'usual'],
  ['a lost fraction', '2098-01-15T10:00:00.250Z', '2098-01-15T10:00:00Z', {}, 'usual'],
  ['another zone', '2098-01-15T10:00:00Z', '2098-01-15T12:00:00+02:00', {}, 'same'],
  ['more digits of the second', '2098-01-15T10:00:00.250Z', '2098-01-15T10:00:00.250000Z', {}, 'same'],
  ['another hour', '2098-01-15T10:00:00Z', '2098-01-15T11:00:00Z', {}, 'other'],
  ['trailing zeros', '1.50', '1.5', {}, 'usual'],
  ['leading zeros of a name', '007', '7', {}, 'other'],
  ['a decimal told as a number', '1.50', 1.5, {}, 'usual'],
  ['a composed letter', 'e\u0301', '\u00e9', {}, 'usual'],
  ['a telephone number', '+1 (212) 555-0147', '+12125550147', {}, 'usual'],
  ['another telephone number', '+12125550147', '+12125550148', {}, 'other'],
  ['a number', 12, 13, {}, 'other'],
  ['more inside an object', { a: 1 }, { a: 1, made: 'x' }, {}, 'same'],
  ['less inside an object', { a: 1, b: 2 }, { a: 1 }, {}, 'other'],
  ['a record that goes by its id', { id: 3, name: 'x' }, { id: 3, name: 'cat' }, {}, 'same'],
  ['the order of a list', ['a', 'b'], ['b', 'a'], {}, 'usual'],
  ['the order of a set', ['a', 'b'], ['b', 'a'], { uniqueItems: true }, 'same'],
  ['an item lost', ['a', 'b'], ['a'], {}, 'other'],
  ['null', 'a', null, {}, 'other'],
])('%s', (_name, sent, got, schema, form) => {
  expect(formOf(sent, got, schema)).toBe(form);
});
