import { describe, expect, it } from 'vitest';

import { isSearchable, partsOf, wordsOf } from './found';

const marked = (text: string, query: string) =>
  partsOf(text, query).map(({ text, found }) => (found ? `[${text}]` : text)).join('');

describe('words', () => {
  it.each([
    ['', []],
    ['  ?! ', []],
    ['사과나무', ['사과나무']],
    ['나무, 사과-나무', ['나무', '사과']],
    ['Straße STRASSE', ['strasse']],
    ['나무'.normalize('NFD'), ['나무']],
    ['a👍b', ['a👍b']]
  ])('%j', (query, words) => expect(wordsOf(query)).toEqual(words));
  it.each([
    ['나', false],
    ['나 무', false],
    ['나 나무', true],
    ['👍', false],
    ['👍👍', true],
    ['...', false]
  ])('%j is searched: %s', (query, searched) => expect(isSearchable(query)).toBe(searched));
});

describe('what was found', () => {
  it.each([
    ['사과나무 아래', '나무', '사과[나무] 아래'],
    ['나무나무', '나무', '[나무나무]'],
    ['Hello, hello', 'HELLO', '[Hello], [hello]'],
    ['가나다', '가나 나다', '[가나다]'],
    ['대로변의 Straße', 'strasse', '대로변의 [Straße]'],
    ['STRASSE', 'straße', '[STRASSE]'],
    ['👍🏽 좋아요', '👍🏽', '[👍🏽] 좋아요'],
    ['사과 나무', '과나', '사과 나무'],
    ['사과.나무', '사과 나무', '[사과].[나무]'],
    ['없음', '나무', '없음'],
    ['그대로', '!', '그대로']
  ])('%j by %j', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
    expect(partsOf(text, query).map((part) => part.text).join('')).toBe(text);
  });
});
