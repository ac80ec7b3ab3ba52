import type { AssetPoint, Direction } from '$lib/api/types';

/** The direction of the change a point shows. Its `type` is that of its day, which a week or a month may contradict. */
export function directionOf(point: AssetPoint): Direction {
  return point.changeAmount === null ? point.type : point.changeAmount < 0 ? 'RED' : 'BLUE';
}

/** The place, among so many, nearest to where somebody points. */
export function nearest(at: number, count: number): number {
  return Math.min(Math.max(Math.round(at), 0), count - 1);
}

interface Range {
  minValue: number;
  maxValue: number;
}

/** The range of an axis at least `share` of an amount high: small moves stay small, and no two labels are the same. */
export function atLeast(range: Range, amount: number, share: number): Range {
  const missing = (Math.max(Math.abs(amount), 10_000) * share - (range.maxValue - range.minValue)) / 2;
  return missing <= 0 ? range : { minValue: range.minValue - missing, maxValue: range.maxValue + missing };
}
