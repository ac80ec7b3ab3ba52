import { describe, expect, it } from 'vitest';

import { bars, cellOf } from './bars';
import { line } from './line';

describe('line', () => {
  it('goes from left to right, the most at the top', () => expect(line([1, 3, 2], 100, 24)).toBe('0.0,24.0 50.0,0.0 100.0,12.0'));
  it('lies in the middle where nothing changed', () => expect(line([5, 5], 10, 4)).toBe('0.0,2.0 10.0,2.0'));
  it('is a point of one', () => expect(line([5], 10, 4)).toBe('0.0,2.0'));
});

describe('bars', () => {
  const cells = Array.from({ length: 7 }, (_, at) => ({
    from: at === 0 ? null : at * 10,
    to: at === 6 ? null : at * 10 + 10,
    accounts: at
  }));
  it('leaves as many as there is room for', () => expect(bars(cells, 7)).toEqual(cells));
  it('takes neighbours together', () =>
    expect(bars(cells, 3)).toEqual([
      { from: null, to: 30, accounts: 3 },
      { from: 30, to: 60, accounts: 12 },
      { from: 60, to: null, accounts: 6 }
    ]));
  it('finds the one with an amount', () => {
    expect(cellOf(cells, 0)).toBe(0);
    expect(cellOf(cells, 10)).toBe(1);
    expect(cellOf(cells, 1e9)).toBe(6);
    expect(cellOf([], 1)).toBe(-1);
  });
});
