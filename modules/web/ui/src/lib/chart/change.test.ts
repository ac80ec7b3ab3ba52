import { describe, expect, it } from 'vitest';

import { atLeast, compared, nearest, toneOf, withBaseline } from './change';

const point = (date: string, amount: number) => ({
  date,
  amount,
  changeAmount: null,
  changePercent: null,
  type: 'BLUE' as const
});

it.each([
  [5_000, 'rise'],
  [-5_000, 'fall'],
  [0, 'still'],
  [null, 'still']
] as const)('a change of %s is a %s', (change, tone) => expect(toneOf(change)).toBe(tone));

describe('compared', () => {
  const points = [point('2026-10-01', 500), point('2026-11-10', 1000), point('2026-11-19', 900), point('2026-11-20', 1200)];
  it.each([
    ['day', { change: 300, percent: 33.3333 }],
    ['week', { change: 200, percent: 20 }],
    ['month', { change: 700, percent: 140 }]
  ] as const)('with a %s before', (span, { change, percent }) => {
    const found = compared(points, span)!;
    expect(found.change).toBe(change);
    expect(found.percent).toBeCloseTo(percent);
  });
  it('says nothing of days before the first', () => {
    expect(compared(points.slice(1), 'month')).toBeNull();
    expect(compared([], 'day')).toBeNull();
  });
  it('says no percentage of nothing', () =>
    expect(compared([point('2026-11-19', 0), point('2026-11-20', 5)], 'day')).toEqual({ change: 5, percent: null }));
});

describe('withBaseline', () => {
  it('has what is near in sight', () =>
    expect(withBaseline({ minValue: 10_100_000, maxValue: 10_500_000 })).toEqual({ minValue: 10_000_000, maxValue: 10_500_000 }));
  it('leaves what is far away', () =>
    expect(withBaseline({ minValue: 2e7, maxValue: 2.1e7 })).toEqual({ minValue: 2e7, maxValue: 2.1e7 }));
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
