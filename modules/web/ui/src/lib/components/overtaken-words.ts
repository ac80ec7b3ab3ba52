import { settings } from '$lib/settings.svelte';

// What is said where a text was changed elsewhere while its edit was under way here.
const ko = {
  changed: '쓰는 사이에 다른 곳에서 수정되었습니다. 지금은 이렇게 되어 있습니다.',
  choose: '어느 쪽으로 이어 갈지 고르면 저장할 수 있습니다.',
  take: '지금 글 가져오기',
  goOn: '내가 쓰던 글로 계속',
  taken: '지금 글을 가져왔습니다.'
};
type Words = typeof ko;
const en: Words = {
  changed: 'This was changed elsewhere while you were writing. It now says:',
  choose: 'Choose which to go on with; then it can be saved.',
  take: 'Take this text',
  goOn: 'Go on with mine',
  taken: 'The text as it is now is in the field.'
};

export const w = (): Words => (settings.language === 'ko' ? ko : en);
