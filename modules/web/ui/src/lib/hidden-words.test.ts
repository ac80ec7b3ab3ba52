import { expect, it } from 'vitest';

import { withWord } from './hidden-words';

const many = Array.from({ length: 100 }, (_, at) => `단어${at}`);

it.each([
  [[], '  ', 'empty'],
  [[], ' 주식 ', ['주식']],
  [['주식'], '코인', ['코인', '주식']],
  [['Straße'], 'STRASSE', 'known'],
  [['나무'], '나무'.normalize('NFD'), 'known'],
  [[], '가'.repeat(51), 'long'],
  [[], '👍'.repeat(50), ['👍'.repeat(50)]],
  [many, '하나 더', 'full'],
  [many, '단어7', 'known'],
  [[], '두  단어', ['두 단어']]
] as [string[], string, string | string[]][])('to %j comes %j', (words, typed, expected) => {
  expect(withWord(words, typed)).toEqual(expected);
});
