import { settings } from '$lib/settings.svelte';

// What is said of the day on its own screen and on a profile.
const ko = {
  title: '오늘의 부자',
  place: (p: number) => `상위 ${p} %`,
  rises: '가장 오른 사람',
  falls: '가장 내린 사람',
  none: '오늘은 없습니다.',
  placeTitle: '나의 자리',
  noPlace: '아직 모두가 같습니다.',
  spread: '재산 분포',
  spreadHint: (n: string) => `하루를 지낸 ${n}명. 20명보다 적은 칸은 옆 칸과 합칩니다.`,
  asTable: '표로 보기',
  amount: '금액',
  people: '사람',
  from: (a: string) => `${a}부터`,
  below: (a: string) => `${a} 미만`,
  between: (a: string, b: string) => `${a} – ${b}`,
  all: '모두',
  few: '아직 사람이 적습니다.',
  fewHint: '하루를 지낸 사람이 20명이 되면, 누구인지 알 수 없게 여기에 보여 드립니다.',
  counting: '오늘을 세는 중입니다.',
  countingHint: '새벽 3시에 이름이 바뀌고 나면 곧 나옵니다.',
  hidden: '이름은 20명 넘게 같이 쓰는 것만 보이며, 누구의 것인지 이어지지 않습니다. 설정에서 오르지 않게 할 수 있습니다.',
  facts: '기록',
  since: '시작한 날',
  days: '오른 날 · 내린 날',
  highest: '최고',
  lowest: '최저',
  than: { day: '어제보다', week: '지난주보다', month: '지난달보다' }
};
type Words = typeof ko;
const en: Words = {
  title: "Today's rich",
  place: (p) => `Top ${p} %`,
  rises: 'Rose most',
  falls: 'Fell most',
  none: 'Nobody today.',
  placeTitle: 'Your place',
  noPlace: 'All have the same so far.',
  spread: 'How fortunes are spread',
  spreadHint: (n) => `${n} people who have had a day. Fewer than 20 are one with their neighbours.`,
  asTable: 'As a table',
  amount: 'Amount',
  people: 'People',
  from: (a) => `${a} or more`,
  below: (a) => `below ${a}`,
  between: (a, b) => `${a} – ${b}`,
  all: 'All',
  few: 'Too few people yet.',
  fewHint: 'When 20 people have had a day it is shown here, so that nobody can be told from the others.',
  counting: 'Today is being counted.',
  countingHint: 'It is here soon after names change at 03:00.',
  hidden: 'Names are shown only where more than 20 share them, and lead to nobody. The settings keep you off this list.',
  facts: 'On record',
  since: 'Since',
  days: 'Days up · down',
  highest: 'Highest',
  lowest: 'Lowest',
  than: { day: 'Yesterday', week: 'Last week', month: 'Last month' }
};

/** As `t()` of `i18n.svelte`. */
export const d = (): Words => (settings.language === 'ko' ? ko : en);
