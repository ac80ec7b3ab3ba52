import { expect, test } from 'vitest';

import { lines, most, spanOf, topOf } from './chart';

const span = { seconds: 900, top: 10 };

test('a line runs from its minute to now, from 0 at the foot', () => {
  expect(lines([0, 5, 10], [900, 840, 0], { seconds: 900, top: 10 }, 100, 40)).toEqual(['0.0,40.0 6.7,20.0', '99.5,0.0 100.5,0.0']);
});

test('what nobody knows is no line: a minute that was not timed, a pause', () => {
  expect(lines([1, null, 1, 1], [240, 180, 120, 60], span, 90, 10)).toHaveLength(2);
  expect(lines([1, 1, 1, 1], [600, 540, 120, 60], span, 90, 10)).toHaveLength(2);
  expect(lines([1, 1], [140, 0], span, 90, 10)).toHaveLength(1);
  expect(lines([], [], span, 90, 10)).toEqual([]);
  expect(lines([null, null], [60, 0], span, 90, 10)).toEqual([]);
});

test('what is above the top or before the left end leaves nothing outside the box', () => {
  expect(lines([50, 50], [60, 0], span, 90, 10)).toEqual(['84.0,0.0 90.0,0.0']);
  expect(lines([1, 1], [5000, 0], span, 90, 10)).toHaveLength(1);
});

test('the span is the shortest that shows all', () => {
  expect([spanOf([]), spanOf([900, 60]), spanOf([901]), spanOf([3601]), spanOf([99_999])]).toEqual([900, 900, 3600, 10_800, 10_800]);
});

test('the top is a number that can be said', () => {
  expect([topOf([], 1), topOf([null, 3], 1), topOf([10], 1), topOf([11], 1), topOf([201], 1), topOf([0.03], 0.01)]).toEqual([
    1, 5, 10, 20, 500, 0.05
  ]);
});

test('the most is the latest of equals', () => {
  expect(most([3, 9, 9, null], [180, 120, 60, 0])).toEqual({ value: 9, ago: 60 });
  expect(most([null], [0])).toBeNull();
});
