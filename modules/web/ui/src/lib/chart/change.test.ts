import { describe, expect, it } from 'vitest';

import { atLeast, directionOf, nearest } from './change';

const point = (type: 'BLUE' | 'RED', changeAmount: number | null) => ({
  date: '2026-11-20',
  amount: 10_000_000,
  changeAmount,
  changePercent: null,
  type
});

describe('directionOf', () => {
  it.each([
    ['RED', 5_000, 'BLUE'],
    ['BLUE', -5_000, 'RED'],
    ['RED', 0, 'BLUE'],
    ['RED', null, 'RED'],
    ['BLUE', null, 'BLUE']
  ] as const)('a day that is %s with a change of %s is %s', (type, change, direction) =>
    expect(directionOf(point(type, change))).toBe(direction)
  );
});

it.each([
  [-3, 5, 0],
  [-0.4, 5, 0],
  [1.4, 5, 1],
  [1.6, 5, 2],
  [4.4, 5, 4],
  [9, 5, 4],
  [0, 1, 0]
])('%d among %i is nearest to %i', (at, count, place) => expect(nearest(at, count)).toBe(place));

describe('atLeast', () => {
  it('widens what is narrow, around its middle', () =>
    expect(atLeast({ minValue: 9_990_000, maxValue: 10_010_000 }, 10_000_000, 0.04)).toEqual({
      minValue: 9_800_000,
      maxValue: 10_200_000
    }));
  it('leaves what is wide enough', () =>
    expect(atLeast({ minValue: 5e6, maxValue: 2e7 }, 1e7, 0.04)).toEqual({ minValue: 5e6, maxValue: 2e7 }));
  it('gives a fortune of nothing an axis too', () => {
    const { minValue, maxValue } = atLeast({ minValue: 0, maxValue: 0 }, 0, 0.04);
    expect(maxValue - minValue).toBeCloseTo(400);
  });
});
