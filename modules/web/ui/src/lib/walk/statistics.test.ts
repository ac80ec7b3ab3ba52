import { describe, expect, it } from 'vitest';

import { axisTop, barsOf, hoursOf } from './statistics';
import type { Day } from './types';

const today = '2026-11-27';
const of = (day: string, steps: number, confidence = 100): Day => ({ day, steps, byHours: false, confidence });

describe('hours', () => {
  const hours = (of: number[], days: number) => of.map((average) => ({ average, days }));
  it('are those of the day, also where nobody walked, and none where no device told them', () => {
    expect(hoursOf({ hours: hours([0, 500, 100], 1) })).toEqual([0, 500, 100]);
    expect(hoursOf({ hours: hours([0, 0, 0], 0) })).toBeNull();
  });
});

describe('bars', () => {
  it('are one a day, in order, also of days without data; what lies outside is not among them', () => {
    const bars = barsOf([of('2026-11-20', 9), of('2026-11-21', 100), of('2026-11-27', 300, 30), of('2026-11-28', 7)], 'week', '2026-11-21', today);
    expect(bars.map(({ day }) => day)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', today]);
    expect(bars.map(({ steps }) => steps)).toEqual([100, 0, 0, 0, 0, 0, 300]);
    expect(bars.map(({ days }) => days)).toEqual([1, 0, 0, 0, 0, 0, 1]);
    expect(bars.map(({ doubtful }) => doubtful)).toEqual([false, false, false, false, false, false, true]);
  });
  it('of a year are months, each the average of its days with data', () => {
    const bars = barsOf([of('2026-02-01', 1_000), of('2026-02-28', 2_001), of('2026-11-01', 5)], 'year', '2026-01-01', today);
    expect(bars).toHaveLength(11);
    expect(bars[0]).toEqual({ day: '2026-01-01', steps: 0, days: 0, doubtful: false });
    expect(bars.find(({ day }) => day === '2026-02-01')).toEqual({ day: '2026-02-01', steps: 1_501, days: 2, doubtful: false });
    expect(bars.at(-1)).toMatchObject({ day: '2026-11-01', steps: 5, days: 1 });
  });
});

describe('the top of an axis', () => {
  it('is round and not below', () => {
    for (const [most, top] of [[0, 1], [1, 1], [999, 1_000], [1_000, 1_000], [1_001, 2_000], [2_100, 2_500], [7_300, 10_000], [73_000, 100_000]]) {
      expect(axisTop(most!)).toBe(top);
    }
  });
});
