import { daysAfter, daysBetween } from './day';
import type { Board, Day, Span, Statistics } from './types';

export interface Bar {
  /** The first day of it. */
  day: string;
  steps: number;
  /** Days of it with data. */
  days: number;
  doubtful: boolean;
}

/** Below it a day stands greyed, as boards have it unless the node is told otherwise. */
const doubtfulBelow = 50;

/**
 * A bar a day; of a year, one a month, which is the average of its days with data, so that months compare. A day without
 * data is no day of zero steps.
 */
export function barsOf(days: Day[], span: Span, from: string, to: string): Bar[] {
  const known = new Map(days.map((each) => [each.day, each]));
  const all = Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => daysAfter(from, at));
  const bar = (group: string[]): Bar => {
    const found = group.flatMap((day) => known.get(day) ?? []);
    const total = found.reduce((sum, { steps }) => sum + steps, 0);
    return {
      day: group[0]!,
      steps: found.length > 0 ? Math.round(total / found.length) : 0,
      days: found.length,
      doubtful: found.length > 0 && found.every(({ confidence }) => confidence < doubtfulBelow)
    };
  };
  if (span !== 'year') return all.map((day) => bar([day]));
  const months = new Map<string, string[]>();
  for (const day of all) months.set(day.slice(0, 7), [...(months.get(day.slice(0, 7)) ?? []), day]);
  return [...months.values()].map(bar);
}

/** Of a day whose hours are known, what each had; null: no device told them. */
export const hoursOf = ({ hours }: Pick<Statistics, 'hours'>): number[] | null =>
  hours.some(({ days }) => days > 0) ? hours.map(({ average }) => average) : null;

/** A round number above all of them, for the top of an axis: 1, 2, 2.5 or 5 with zeros. */
export function axisTop(most: number): number {
  if (most <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return (([1, 2, 2.5, 5, 10].find((step) => step * unit >= most) ?? 10) * unit);
}

/** Of who has a rank; null without anybody. */
export function averageOf({ entries }: Board): number | null {
  const ranked = entries.filter(({ rank }) => rank !== null);
  return ranked.length === 0 ? null : Math.round(ranked.reduce((sum, { steps }) => sum + steps, 0) / ranked.length);
}
