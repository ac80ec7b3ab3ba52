import { settings } from '$lib/settings.svelte';

// What is said of the earlier texts of an entry.
const ko = {
  title: '수정하기 전의 글',
  none: '보관된 이전 글이 없습니다.',
  written: '내 글이 아니므로, 열어 본 것이 운영 기록에 남았습니다.',
  gone: (n: number) => `그 사이의 글 ${n}개는 보관하지 않습니다.`
};
type Words = typeof ko;
const en: Words = {
  title: 'Before it was edited',
  none: 'No earlier text is kept.',
  written: 'It is not yours: that you looked is in the audit trail.',
  gone: (n) => (n === 1 ? '1 text between is not kept.' : `${n} texts between are not kept.`)
};

export const w = (): Words => (settings.language === 'ko' ? ko : en);
