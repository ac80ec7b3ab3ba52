import { describe, expect, it, vi } from 'vitest';

import { clean, codePoints, isBlank, newKey, tidy } from './text';

describe('codePoints', () => {
  it.each([
    ['', 0],
    ['돈', 1],
    ['😀', 1],
    ['👨‍👩‍👧', 5],
    ['e\u0301', 2]
  ])('counts %j as %i', (text, count) => expect(codePoints(text)).toBe(count));
});

describe('clean', () => {
  it.each([
    ['a\u0000b', 'ab'],
    ['line\r\nline\rline', 'line\nline\nline'],
    ['tab\tstays', 'tab\tstays'],
    ['lone \ud800 surrogate', 'lone  surrogate'],
    ['pair 😀 stays', 'pair 😀 stays'],
    ['\u001b[31mred', '[31mred']
  ])('makes %j into %j', (text, cleaned) => expect(clean(text)).toBe(cleaned));
});

describe('isBlank', () => {
  it.each(['', ' \n\t', '\u200b', '\u3164', '\u2800', '\u3000'])('%j is blank', (text) =>
    expect(isBlank(text)).toBe(true)
  );
  it.each(['.', '가', ' 0 '])('%j is not', (text) => expect(isBlank(text)).toBe(false));
});

it.each([
  ['\n\n 들여 쓴 줄\n\n끝 \n \n\u200b\n', ' 들여 쓴 줄\n\n끝'],
  ['한 줄', '한 줄'],
  ['\n\u3164\n \t', ''],
  ['', '']
])('tidies %j to %j', (text, tidied) => expect(tidy(text)).toBe(tidied));

it('makes keys the server takes', async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  const { webcrypto } = await vi.importActual<{ webcrypto: Crypto }>('node:crypto');
  vi.stubGlobal('crypto', webcrypto);
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
});
