import { expect, test } from 'vitest';

import { bytes, lasting, perMinute, took } from './format';

test('bytes have the unit that they can be read in', () => {
  expect([0, 999, 1000, 9949, 9950, 999_499, 999_500, 58e9, 2.5e15].map(bytes)).toEqual([
    '0 B', '999 B', '1.0 KB', '9.9 KB', '10 KB', '999 KB', '1.0 MB', '58 GB', '2500 TB'
  ]);
});

test('what took longer than the last bucket is not said to the millisecond', () => {
  expect([0.4, 9.94, 12.4, 999.4, 999.5, 4999, 5000].map(took)).toEqual(['0.4 ms', '9.9 ms', '12 ms', '999 ms', '1.0 s', '5.0 s', '≥ 5 s']);
});

test('a time has its two largest units', () => {
  expect([0, 40, 60, 3599, 3600, 3660, 90_000, 86_400 * 12 + 59].map((each) => lasting(each, 'ko'))).toEqual([
    '0초', '40초', '1분', '59분', '1시간', '1시간 1분', '1일 1시간', '12일'
  ]);
  expect(lasting(-3, 'en')).toBe('0\u00a0s');
  expect(lasting(7265, 'en')).toBe('2\u00a0h 1\u00a0min');
});

test('a rate is by the minute, whatever was looked at', () => {
  expect([perMinute(0, 0), perMinute(5, 100), perMinute(90, 60), perMinute(3000, 60)]).toEqual(['0', '3', '90', '3,000']);
});
