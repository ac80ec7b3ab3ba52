import type { Interval } from '$lib/api/types';

/** How far back a graph looks. */
export type Range = 'week' | 'month' | 'quarter' | 'year' | 'all';
export const ranges: Range[] = ['week', 'month', 'quarter', 'year', 'all'];

/** As many points as can be told apart on a phone of 360 pixels: of 92 days each bar would have one or two of them. */
const asked: Record<Range, { days: number; interval: Interval }> = {
  week: { days: 7, interval: 'daily' },
  month: { days: 31, interval: 'daily' },
  quarter: { days: 92, interval: 'weekly' },
  year: { days: 366, interval: 'weekly' },
  all: { days: 3650, interval: 'weekly' }
};
/** So many weeks, or there would be no bars to see: months then. */
const mostWeeks = 105;
const dayMs = 86_400_000;

/**
 * The dates a graph asks for, `YYYY-MM-DD`. The service's zone is its own affair: its today is at most one day after
 * UTC's, and an operator may already have drawn its tomorrow.
 */
export function range(days: number, now: number): { from: string; to: string } {
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: date(now - days * dayMs), to: date(now + 2 * dayMs) };
}

export function asks(which: Range, now: number): { from: string; to: string; interval: Interval } {
  const { days, interval } = asked[which];
  return { ...range(days, now), interval };
}

/** Whether all that there is has too many weeks for bars. */
export const isLong = (which: Range, points: number): boolean => which === 'all' && points > mostWeeks;
