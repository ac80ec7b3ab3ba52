import type { Interval } from '$lib/api/types';

const days: Record<Interval, number> = { daily: 180, weekly: 730, monthly: 3650 };

/** The dates a graph asks for, `YYYY-MM-DD` in the service's zone (Seoul, unless the node says otherwise). */
export function range(interval: Interval, now: number, zone = 'Asia/Seoul'): { from: string; to: string } {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  // One day more: an operator may already have drawn tomorrow.
  return { from: day.format(now - days[interval] * 86_400_000), to: day.format(now + 86_400_000) };
}
