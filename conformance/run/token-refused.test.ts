import { expect, it } from 'vitest';
import { tokenRefused } from './token-refused.ts';

it('says once that the token is refused, or that there is none', () => {
  const statuses = new Map([
    [401, 40],
    [404, 3],
  ]);
  expect(tokenRefused(statuses, true)).toMatch(/^The target refuses the token: 40 of 43 requests/);
  expect(tokenRefused(statuses, false)).toMatch(/^The target wants a token and none was given/);
});

it.each([
  [
    'a success',
    new Map([
      [401, 9],
      [200, 1],
    ]),
  ],
  [
    'mostly other refusals',
    new Map([
      [401, 2],
      [400, 9],
    ]),
  ],
  ['no answer', new Map<number, number>()],
])('says nothing of a target with %s', (_what, statuses) => {
  expect(tokenRefused(statuses, true)).toBeUndefined();
});
