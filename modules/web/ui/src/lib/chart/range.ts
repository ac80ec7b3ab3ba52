import type { Interval } from '$lib/api/types';

const days: Record<Interval, number> = { daily: 180, weekly: 730, monthly: 3650 };
const dayMs = 86_400_000;

/**
 * The dates a graph asks for, `YYYY-MM-DD`. The service's zone is its own affair: its today is at most one day after
 * UTC's, and an operator may already have drawn its tomorrow.
 */
export function range(interval: Interval, now: number): { from: string; to: string } {
  const date = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: date(now - days[interval] * dayMs), to: date(now + 2 * dayMs) };
}
