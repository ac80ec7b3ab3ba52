import type { ModerationRules } from '../api/types';
import { codePoints } from '../text';

export const maxWords = 500;
export const maxHours = 720;
const wordLetters = { least: 2, most: 50 };

/** What is being changed, as it stands in the fields. */
export interface Draft {
  /** One word a line. */
  words: string;
  hours: string;
  links: ModerationRules['newcomerLinks'];
}

export const draftOf = ({ words, newcomerHours, newcomerLinks }: ModerationRules): Draft => ({
  words: words.join('\n'),
  hours: String(newcomerHours),
  links: newcomerLinks
});

/** Each word once, as it was typed; the server folds it. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim().normalize('NFC')).filter(Boolean))];
}

/** Letters and digits are what the server counts of a word; what cannot be right is named before it is sent. */
export function badWords(words: string[]): string[] {
  return words.filter((word) => {
    const letters = codePoints(word.replace(/[^\p{L}\p{N}\p{M}]/gu, ''));
    return letters < wordLetters.least || codePoints(word) > 4 * wordLetters.most || letters > wordLetters.most;
  });
}

/** Whole hours; null for what is none, or too many. */
export function hoursOf(text: string): number | null {
  const hours = /^\d{1,3}$/.test(text.trim()) ? Number(text) : NaN;
  return hours <= maxHours ? hours : null;
}

export const isChanged = (draft: Draft, from: ModerationRules): boolean => {
  const was = draftOf(from);
  return draft.words !== was.words || draft.hours !== was.hours || draft.links !== was.links;
};

export interface Merged {
  draft: Draft;
  /** What somebody else added and took out meanwhile. */
  added: string[];
  removed: string[];
}

/** Joins what was changed here with what was changed elsewhere since `base` was read: nobody's change is lost. */
export function merge(base: ModerationRules, draft: Draft, theirs: ModerationRules): Merged {
  const mine = wordsOf(draft.words);
  const without = (words: string[], others: string[]) => words.filter((word) => !others.includes(word));
  const [addedHere, removedHere] = [without(mine, base.words), without(base.words, mine)];
  const words = [...without(theirs.words, removedHere), ...without(addedHere, theirs.words)];
  const was = draftOf(base);
  return {
    draft: {
      words: words.join('\n'),
      hours: draft.hours === was.hours ? String(theirs.newcomerHours) : draft.hours,
      links: draft.links === was.links ? theirs.newcomerLinks : draft.links
    },
    added: without(theirs.words, base.words),
    removed: without(base.words, theirs.words)
  };
}
