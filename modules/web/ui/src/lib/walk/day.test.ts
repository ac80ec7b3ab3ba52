import { describe, expect, it } from 'vitest';

import { dayName, dayOf, daysAfter, daysBetween, isDay, weekdayName, weekdayOf } from './day';

describe('a day', () => {
  it('is one that there is', () => {
    for (const day of ['2026-11-27', '2024-02-29', '1999-12-31']) expect(isDay(day)).toBe(true);
    for (const none of ['2026-02-29', '2026-13-01', '2026-1-1', '', 'today', '2026-11-27T00:00', '0000-00-00', '2026-04-31']) expect(isDay(none)).toBe(false);
  });
  it('is counted by the calendar, whatever the clocks do', () => {
    expect(daysAfter('2024-02-28', 1)).toBe('2024-02-29');
    expect(daysAfter('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2);
    expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1);
  });
  it('is where the browser is', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
    expect(dayOf(new Date(2026, 11, 31, 0, 0))).toBe('2026-12-31');
  });
  it('has a name', () => {
    expect(weekdayOf('2026-11-27')).toBe(4);
    expect(weekdayOf('2026-11-29')).toBe(6);
    expect(weekdayName(0, 'ko')).toBe('월');
    expect(weekdayName(6, 'en')).toBe('Sun');
    expect(dayName('2026-11-27', 'ko')).toBe('11월 27일 (금)');
  });
});
