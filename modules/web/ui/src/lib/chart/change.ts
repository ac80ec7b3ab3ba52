import type { AssetPoint } from '$lib/api/types';

export type Tone = 'rise' | 'fall' | 'still';

/** What stayed as it was has the colour of ink, as a first point has. */
export function toneOf(change: number | null): Tone {
  return change === null || change === 0 ? 'still' : change < 0 ? 'fall' : 'rise';
}

/** What everybody begins with. */
export const baseline = 10_000_000;

/** The range with the baseline in it, where that is not further away than the range is high. */
export function withBaseline(range: Range): Range {
  const height = range.maxValue - range.minValue;
  if (baseline < range.minValue - height || baseline > range.maxValue + height) return range;
  return { minValue: Math.min(range.minValue, baseline), maxValue: Math.max(range.maxValue, baseline) };
}

export interface Compared {
  change: number;
  /** Nothing where there was nothing. */
  percent: number | null;
}
const dayMs = 86_400_000;
export const spans = { day: 1, week: 7, month: 30 } as const;
export type Span = keyof typeof spans;

/** The last of some daily points against the one so many days before it, or the last one before that. */
export function compared(points: AssetPoint[], span: Span): Compared | null {
  const last = points.at(-1);
  if (!last) return null;
  const then = Date.parse(last.date) - spans[span] * dayMs;
  const before = points.findLast(({ date }) => Date.parse(date) <= then);
  if (!before) return null;
  const change = last.amount - before.amount;
  return { change, percent: before.amount === 0 ? null : (change / before.amount) * 100 };
}

/** The place, among so many, nearest to where somebody points. */
export function nearest(at: number, count: number): number {
  return Math.min(Math.max(Math.round(at), 0), count - 1);
}

export interface Range {
  minValue: number;
  maxValue: number;
}

/** The range of an axis at least `share` of an amount high: small moves stay small, and no two labels are the same. */
export function atLeast(range: Range, amount: number, share: number): Range {
  const missing = (Math.max(Math.abs(amount), 10_000) * share - (range.maxValue - range.minValue)) / 2;
  return missing <= 0 ? range : { minValue: range.minValue - missing, maxValue: range.maxValue + missing };
}
