import { describe, expect, it, vi } from 'vitest';

import cases from './text.cases.json';
import { clean, codePoints, composed, fieldLimit, isBlank, newKey, textLimit, tidy } from './text';

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

describe('what the server takes, stores and refuses', () => {
  function verdict(text: string): string {
    if (codePoints(composed(text)) > textLimit) return 'long';
    if (clean(text) !== text.replace(/\r\n?/g, '\n')) return 'control';
    return isBlank(composed(text)) ? 'blank' : 'text';
  }
  it.each(cases.texts)('$piece, $times times, is $is', ({ piece, times, is, stored }) => {
    const sent = piece.repeat(times);
    expect(verdict(sent)).toBe(is);
    if (is === 'text') expect(composed(sent)).toBe((stored ?? piece).repeat(times));
  });
  it('sees and does not see each character as the server does', () => {
    const ranges = cases.unseen.map((range) => range.map((code) => parseInt(code, 16)) as [number, number]);
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const listed = ranges.some(([first, last]) => first <= code && code <= last);
      if (isBlank(String.fromCodePoint(code)) !== listed) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
  it('lets a field take more than can be sent, so that what is too much is seen', () =>
    expect(fieldLimit).toBeGreaterThan(2 * textLimit));
});

it.each([
  ['\n\n 들여 쓴 줄\n\n끝 \n \n\u200b\n', ' 들여 쓴 줄\n\n끝'],
  ['한 줄', '한 줄'],
  ['\u1112\u1161\u11ab 줄 \t', '한 줄'],
  ['\r\n첫 줄\r\n\r끝\r\n', '첫 줄\n\n끝'],
  ['❤️\u200b', '❤️\u200b'],
  ['\n\u3164\n \t', ''],
  ['', '']
])('tidies %j to %j', (text, tidied) => expect(tidy(text)).toBe(tidied));

it('makes keys the server takes', async () => {
  // Node 18 keeps what browsers call `crypto` in a module.
  const { webcrypto } = await vi.importActual<{ webcrypto: Crypto }>('node:crypto');
  vi.stubGlobal('crypto', webcrypto);
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
});
