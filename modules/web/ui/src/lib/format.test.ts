import { describe, expect, it, test } from 'vitest';

import { ago, asOf, inMillions, nameOf, percent, shortWon, signed, won } from './format';

describe('shortWon', () => {
  it.each([
    [0, '0'],
    [-0.3, '0'],
    [9_500, '9,500'],
    [10_000_000, '1000만'],
    [7_990_000, '799만'],
    [125_000_000, '1.25억'],
    [-1_230_000_000_000, '-1.23조']
  ])('shows %i as %s', (amount, text) => expect(shortWon(amount)).toBe(text));
});

describe('inMillions', () => {
  it.each([
    ['1000만', '₩10.0M'],
    ['1256만', '₩12.6M'],
    ['1.2억', '₩120.0M'],
    ['3조', '₩3.0T'],
    ['-5만', '-₩50.0K'],
    ['0원', '₩0.0'],
    ['익명', null],
    ['800만대', null]
  ])('%s is %s', (name, worth) => expect(inMillions(name)).toBe(worth));
});

describe('won', () => {
  it('is exact in both languages', () => {
    expect(won(10_000_001, 'ko')).toBe('10,000,001원');
    expect(won(10_000_001, 'en')).toBe('₩10,000,001');
    expect(won(-5_000, 'ko')).toBe('-5,000원');
    expect(won(-5_000, 'en')).toBe('-₩5,000');
  });
  it('has a sign where asked', () => {
    expect(signed(5, '5')).toBe('+5');
    expect(signed(-5, '-5')).toBe('-5');
    expect(signed(0, '0')).toBe('0');
  });
});

describe('ago', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  it.each([
    ['2026-11-20T11:59:30.000Z', '방금 전'],
    ['2026-11-20T12:00:30.000Z', '방금 전'],
    ['2026-11-20T11:54:00.000Z', '6분 전'],
    ['2026-11-20T06:00:00.000Z', '6시간 전'],
    ['2026-11-17T12:00:00.000Z', '3일 전'],
    ['2026-01-05T12:00:00.000Z', '2026년 1월 5일']
  ])('%s is %s', (moment, text) => expect(ago(moment, now, 'ko')).toBe(text));
});

it.each([
  [0, '0원'],
  [9_999, '9999원'],
  [10_499, '1.0만'],
  [10_500, '1.1만'],
  [99_499, '9.9만'],
  [99_500, '10만'],
  [7_990_000, '799만'],
  [10_000_000, '1000만'],
  [12_345_678, '1235만'],
  [99_994_999, '9999만'],
  [99_995_000, '1.0억'],
  [123_456_789, '1.2억'],
  [995_000_000, '10억'],
  [999_949_999_999, '9999억'],
  [999_950_000_000, '1.0조'],
  [1_050_000_000_000, '1.1조'],
  [Number.MAX_SAFE_INTEGER, '9007조'],
  [-99_500, '-10만'],
  [-123_456_789, '-1.2억']
])('%d is named %s, as the server names it', (amount, name) => expect(nameOf(amount)).toBe(name));

it.each([
  [1.2, '+1.20 %'],
  [-0.1, '−0.10 %'],
  [0, '0.00 %']
])('a change of %d is %s', (change, text) => expect(percent(change)).toBe(text));

test('how old something is: the time of today, and the date of another day', () => {
  const at = new Date(2026, 10, 28, 14, 5).getTime();
  expect(asOf(at, 'ko', at + 60_000)).toBe('14:05');
  expect(asOf(at, 'en', at + 86_400_000)).toContain('Nov 28');
  expect(asOf(at, 'en', at + 86_400_000)).toContain('14:05');
});
