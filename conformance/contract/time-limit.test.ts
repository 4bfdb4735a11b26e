import { expect, it } from 'vitest';
import { within } from './time-limit.ts';

const forEver = (): never => {
  for (;;);
};

it('work that is done in time has its result', () => {
  expect(within(60_000, () => 'done')).toEqual({ result: 'done' });
  expect(within(Infinity, () => 'done')).toEqual({ result: 'done' });
  expect(within(1e12, () => undefined)).toEqual({ result: undefined });
});

it.each([[20], [0.4], [0], [-5]])('work that never ends is ended after %d ms', (milliseconds) => {
  expect(within(milliseconds, forEver)).toBeUndefined();
});

it('what it throws is thrown', () => {
  expect(() =>
    within(60_000, () => {
      throw new TypeError('wrong');
    }),
  ).toThrow('wrong');
});

it('inner work may have a limit of its own', () => {
  expect(within(60_000, () => [within(5, forEver), 'done'])).toEqual({ result: [undefined, 'done'] });
  expect(within(20, () => within(60_000, forEver))).toBeUndefined();
});
