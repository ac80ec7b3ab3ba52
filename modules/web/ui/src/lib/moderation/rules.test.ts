import { describe, expect, it } from 'vitest';

import { badWords, draftOf, hoursOf, isChanged, merge, wordsOf } from './rules';

const rules = (words: string[], version = 1, newcomerHours = 24) =>
  ({ version, words, newcomerHours, newcomerLinks: 'HOLD' }) as const;

describe('the words as they are typed', () => {
  it('are one a line, each once, without blanks around them', () => {
    expect(wordsOf(' 광고 \n\n광고\nbad.example\r\n')).toEqual(['광고', 'bad.example']);
    expect(wordsOf('광고')).toEqual(['광고']);
  });
  it('are refused here where the server would refuse them for certain', () => {
    expect(badWords(['가', '!!', 'a.', '가나', 'b.c', 'ㅋ'.repeat(50)])).toEqual(['가', '!!', 'a.']);
    expect(badWords(['ㅋ'.repeat(51)])).toHaveLength(1);
  });
});

it('hours are whole, and no more than a month', () => {
  for (const [text, hours] of [['0', 0], [' 24 ', 24], ['720', 720], ['721', null], ['', null], ['-1', null], ['1.5', null], ['1e2', null]]) {
    expect(hoursOf(text as string)).toBe(hours);
  }
});

describe('changed in two places', () => {
  const base = rules(['광고', '도박']);
  it('nobody’s words are lost, and what one took out stays out', () => {
    const draft = { ...draftOf(base), words: '도박\n대출' };
    const { draft: both, added, removed } = merge(base, draft, rules(['광고', '도박', '스팸'], 2));
    expect(wordsOf(both.words)).toEqual(['도박', '스팸', '대출']);
    expect([added, removed]).toEqual([['스팸'], []]);
  });
  it('what both added is there once, and what the other took out goes', () => {
    const draft = { ...draftOf(base), words: '광고\n도박\n대출' };
    const { draft: both, removed } = merge(base, draft, rules(['광고', '대출'], 2));
    expect(wordsOf(both.words)).toEqual(['광고', '대출']);
    expect(removed).toEqual(['도박']);
  });
  it('of a number and a choice the one that was changed here counts, else the other’s', () => {
    const theirs = { ...rules(['광고', '도박'], 2, 48), newcomerLinks: 'SHOW' } as const;
    expect(merge(base, { ...draftOf(base), hours: '12' }, theirs).draft).toMatchObject({ hours: '12', links: 'SHOW' });
    expect(merge(base, { ...draftOf(base), links: 'HOLD', words: 'x' }, theirs).draft).toMatchObject({ hours: '48' });
  });
  it('what comes to the same is no change', () => {
    const merged = merge(base, { ...draftOf(base), words: '광고' }, rules(['광고'], 2));
    expect(isChanged(merged.draft, rules(['광고'], 2))).toBe(false);
  });
});
