import { describe, expect, it } from 'vitest';

import { digitsOf, spaced } from './code';

describe('digitsOf', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    [' 코드: 123-456.', '123456'],
    ['１２３４５６', '123456'],
    ['1234567', '123456'],
    ['abc', ''],
    ['12', '12']
  ])('of %j are %j', (text, digits) => expect(digitsOf(text)).toBe(digits));
});

it('is read out in two halves', () => {
  expect(spaced('123456')).toBe('123 456');
  expect(spaced('12345')).toBe('12345');
});
