/** Where a value stands in a small chart. */
export interface Span {
  /** Seconds from its left end to now. */
  seconds: number;
  /** What its upper end is; the lower one is 0. */
  top: number;
}

/** Minutes are about this long; further apart something lies in between that nobody knows. */
const apart = 150;
const spans = [15 * 60, 60 * 60, 3 * 3600];

/** The shortest of a few that shows all of it. */
export const spanOf = (secondsAgo: number[]): number =>
  spans.find((each) => (secondsAgo[0] ?? 0) <= each) ?? spans[spans.length - 1]!;

/** 1, 2 or 5 times a power of ten, and not below `least`. */
export function topOf(values: (number | null)[], least: number): number {
  const most = Math.max(least, ...values.map((value) => value ?? 0));
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((times) => times * power).find((each) => each >= most * 0.999) ?? most;
}

/**
 * The lines of a chart in a box of that size, as points of an svg polyline each: a new one begins where nothing was known.
 * A minute by itself is as wide as a dot.
 */
export function lines(values: (number | null)[], secondsAgo: number[], span: Span, width: number, height: number): string[] {
  const all: [number, number][][] = [];
  let before: number | null = null;
  values.forEach((value, at) => {
    const ago = secondsAgo[at] ?? 0;
    if (value === null) before = null;
    if (value === null || ago > span.seconds) return;
    if (before === null || before - ago > apart) all.push([]);
    before = ago;
    all.at(-1)!.push([width * (1 - ago / span.seconds), height * (1 - Math.min(1, value / span.top))]);
  });
  const point = ([x, y]: [number, number]) => `${x.toFixed(1)},${y.toFixed(1)}`;
  return all.map((each) => {
    const [[x, y]] = each as [[number, number]];
    return (each.length === 1 ? [[x - 0.5, y] as [number, number], [x + 0.5, y] as [number, number]] : each).map(point).join(' ');
  });
}

/** The most of them, and how long ago it was; the latest of equals. */
export function most(values: (number | null)[], secondsAgo: number[]): { value: number; ago: number } | null {
  let found: { value: number; ago: number } | null = null;
  values.forEach((value, at) => {
    if (value !== null && (found === null || value >= found.value)) found = { value, ago: secondsAgo[at] ?? 0 };
  });
  return found;
}
