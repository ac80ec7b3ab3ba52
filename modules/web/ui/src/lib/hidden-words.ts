import { codePoints } from './text';

export const mostWords = 100;
export const longestWord = 50;

export type Refused = 'empty' | 'known' | 'long' | 'full';

const plain = (word: string) => word.normalize('NFC').toUpperCase().toLowerCase();

/** The words with one more, the last added first; or why it is not added. The server has the last word. */
export function withWord(words: string[], typed: string): string[] | Refused {
  const word = typed.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (!word) return 'empty';
  if (codePoints(word) > longestWord) return 'long';
  if (words.some((each) => plain(each) === plain(word))) return 'known';
  return words.length >= mostWords ? 'full' : [word, ...words];
}
