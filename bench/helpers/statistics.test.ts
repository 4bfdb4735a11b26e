import { describe, expect, it } from 'vitest';
import { growthExponent, median, time, times } from './statistics.ts';

describe('median', () => {
  it('is the middle one, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('sorts as numbers, and leaves the list as it was', () => {
    const values = [10, 9, 100];
    expect(median(values)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow('nothing');
  });
});

describe('growthExponent', () => {
  it.each([0, 1, 2])('finds the power %d', (power) => {
    expect(growthExponent([10, 100, 1000].map((size) => [size, 3 * size ** power]))).toBeCloseTo(power);
  });

  it('needs two sizes', () => {
    expect(() => growthExponent([[10, 1]])).toThrow('two sizes');
  });
});

it('writes times and ratios', () => {
  expect([time(87.4), time(1250), time(-4)]).toEqual(['87 ms', '1.25 s', '-4 ms']);
  expect([times(1.254), times(38.6)]).toEqual(['1.25 ×', '39 ×']);
});
