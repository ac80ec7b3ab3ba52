import { describe, expect, it } from 'vitest';

import { wordsOf } from './found';
import { piecesOf, topicOf, type Piece } from './pieces';
import cases from './topics.cases.json';

const home = 'https://money.example';
const told = ({ text, href, away }: Piece) => (href ? `[${text}](${away ? '' : '@'}${decodeURIComponent(href)})` : text);
const pieces = (text: string) => piecesOf(text, home).map(told).join('');

describe('addresses', () => {
  it.each([
    ['없음', '없음'],
    ['보세요 https://naver.com 여기', '보세요 [naver.com](https://naver.com/) 여기'],
    ['https://naver.com에서 봤다', '[naver.com](https://naver.com/)에서 봤다'],
    ['(https://a.kr/b).', '([a.kr/b](https://a.kr/b)).'],
    ['https://en.wikipedia.org/wiki/Won_(money), 참고', '[en.wikipedia.org/wiki/Won_(money)](https://en.wikipedia.org/wiki/Won_(money)), 참고'],
    ['https://naver.com/', '[naver.com](https://naver.com/)'],
    ['HTTPS://A.KR/b', '[A.KR/b](https://a.kr/b)'],
    ['www.naver.com!', '[www.naver.com](https://www.naver.com/)!'],
    ['awww.naver.com me@www.naver.com', 'awww.naver.com me@www.naver.com'],
    ['https://money.example@bad.kr/', 'https://money.example@bad.kr/'],
    ['javascript:alert(1) http:// https://', 'javascript:alert(1) http:// https://'],
    ['http://localhost/x', 'http://localhost/x'],
    ['https://money.example/post/5?comment=2#c', '[money.example/post/5?comment=2#c](@/post/5?comment=2#c)'],
    [`https://a.kr/${'x'.repeat(60)}`, `[a.kr/${'x'.repeat(35)}…](https://a.kr/${'x'.repeat(60)})`],
    ['https://b%C3%A4d.kr/%EA%B0%80', '[xn--bd-via.kr](https://xn--bd-via.kr/가)'],
    ['https://a.kr/#주식', '[a.kr/#](https://a.kr/#)주식']
  ])('%j', (text, expected) => expect(pieces(text)).toBe(expected));
});

describe('topics', () => {
  const has = (text: string, name: string) =>
    piecesOf(text, home).some(({ href, text }) => href?.startsWith('/search') && wordsOf(text).join() === wordsOf(name).join());
  for (const { text, has: names = [], hasNot = [] } of cases.topics as { text: string; has?: string[]; hasNot?: string[] }[]) {
    it(JSON.stringify(text).slice(0, 60), () => {
      for (const name of names) expect(has(text, name), name).toBe(true);
      for (const name of hasNot) expect(has(text, name), name).toBe(false);
    });
  }
  it('leads to its list, and its text stays as it was written', () =>
    expect(pieces('오늘 #월급날, 신난다')).toBe('오늘 [#월급날](@/search?q=#월급날), 신난다'));
  it('is a query that is nothing else', () => {
    expect(topicOf('#월급날')).toBe('월급날');
    for (const query of ['월급날', '#월급날 오늘', '# 월급날', '#1', '']) expect(topicOf(query), query).toBeNull();
  });
});
