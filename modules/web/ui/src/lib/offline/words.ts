import { settings } from '../settings.svelte';

const ko = {
  queued: (n: number) => `보낼 글 ${n}개`,
  waiting: '연결되면 보냅니다.',
  waitingEdited: '연결되면 보냅니다. 고치기 전 글이 이미 올라갔다면 다시 올리지 않습니다.',
  old: '쓴 지 오래되었거나 다른 계정에서 쓴 글이라, 이미 올라갔는지 알 수 없습니다. 피드를 확인한 뒤 보내 주세요.',
  arrived: '고치기 전 글이 이미 올라갔습니다.',
  refused: '보내지 못했습니다.',
  comment: '댓글',
  edit: '수정',
  cancel: '보내지 않기',
  again: '다시 보내기',
  save: '저장',
  back: '취소'
};
const en: typeof ko = {
  queued: (n) => `To be sent: ${n}`,
  waiting: 'Sent when there is a connection.',
  waitingEdited: 'Sent when there is a connection, unless it has arrived as it was before.',
  old: 'Written long ago, or by another account: it is not known whether it has arrived. Look at the feed before you send it.',
  arrived: 'It has arrived as it was before the edit.',
  refused: 'It was not sent.',
  comment: 'Comment',
  edit: 'Edit',
  cancel: 'Do not send',
  again: 'Send again',
  save: 'Save',
  back: 'Cancel'
};
export const q = (): typeof ko => (settings.language === 'ko' ? ko : en);
