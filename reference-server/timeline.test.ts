import { expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

it('an update within the millisecond of the last write is a millisecond later', () => {
  const timeline = new Timeline(() => 1000);
  const first = timeline.next();
  const second = timeline.next(first);
  expect([first, second, timeline.next(second)]).toEqual([
    '1970-01-01T00:00:01.000Z',
    '1970-01-01T00:00:01.001Z',
    '1970-01-01T00:00:01.002Z',
  ]);
});

it('instants never go back when the clock does', () => {
  const clock = [5000, 3000, 6000];
  const timeline = new Timeline(() => clock.shift() ?? 0);
  expect([timeline.next(), timeline.next(), timeline.next()].map((text) => Date.parse(text))).toEqual([
    5000, 5000, 6000,
  ]);
});
