import { settings } from '$lib/settings.svelte';

// What is said of the day above the feed.
const ko = {
  title: '오늘의 부자',
  yourDay: '나의 오늘',
  yesterday: '어제',
  today: '오늘',
  first: '오늘이 첫날입니다. 내일 새벽 3시에 이름이 바뀝니다.',
  toGraph: '그래프 보기',
  share: '나누기',
  shared: '이미지를 저장했습니다.',
  notShared: '나누지 못했습니다.',
  hide: '오늘은 닫기',
  place: (p: number) => `상위 ${p} %`
};
type Words = typeof ko;
const en: Words = {
  title: "Today's rich",
  yourDay: 'Your day',
  yesterday: 'Yesterday',
  today: 'today',
  first: 'This is your first day. Your name changes tomorrow at 03:00.',
  toGraph: 'See the graph',
  share: 'Share',
  shared: 'The image was saved.',
  notShared: 'It was not shared.',
  hide: 'Close for today',
  place: (p) => `Top ${p} %`
};

/** As `t()` of `i18n.svelte`. */
export const d = (): Words => (settings.language === 'ko' ? ko : en);
