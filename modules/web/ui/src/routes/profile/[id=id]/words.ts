import { settings } from '$lib/settings.svelte';

// The words of what one has kept and said, which one's own profile lists.
const ko = {
  saved: '저장한 글',
  archived: '보관한 글',
  liked: '공감한 글',
  comments: '내 댓글',
  unlinked: '잇지 않은 글',
  unlinkedComments: '잇지 않은 댓글',
  empty: {
    saved: '저장한 글이 없습니다.',
    archived: '보관한 글이 없습니다.',
    liked: '공감한 글이 없습니다.',
    comments: '아직 쓴 댓글이 없습니다.',
    unlinked: '이름과 잇지 않고 쓴 글이 없습니다.',
    unlinkedComments: '이름과 잇지 않고 쓴 댓글이 없습니다.'
  },
  hint: {
    saved: '글의 메뉴에서 저장하기를 누르면 여기에 모입니다. 나만 볼 수 있습니다.',
    archived: '내 글의 메뉴에서 보관하기를 누르면 나에게만 보이고 여기에 모입니다.',
    liked: '좋아요를 누른 글이 여기에 모입니다. 나만 볼 수 있습니다.',
    comments: '남에게 보이지 않게 된 댓글도 여기에서 보고 지울 수 있습니다.',
    unlinked: '이름과 잇지 않고 쓴 글은 나만 여기에서 볼 수 있습니다.',
    unlinkedComments: '이름과 잇지 않고 쓴 댓글은 나만 여기에서 볼 수 있습니다.'
  },
  toPost: '글에서 보기',
  goes: '이름과 잇지 않은 글을 하나씩 지우는 중입니다.',
  keepThem: '지우지 않고 두기',
  keptThem: '지우지 않습니다.'
};
type Words = typeof ko;
const en: Words = {
  saved: 'Saved',
  archived: 'Archived',
  liked: 'Liked',
  comments: 'Comments',
  unlinked: 'Unlinked posts',
  unlinkedComments: 'Unlinked comments',
  empty: {
    saved: 'You have saved nothing.',
    archived: 'You have archived nothing.',
    liked: 'You like nothing yet.',
    comments: 'You have said nothing yet.',
    unlinked: 'You have written nothing unlinked.',
    unlinkedComments: 'You have said nothing unlinked.'
  },
  hint: {
    saved: 'Save a post from its menu and it is here, for you alone.',
    archived: 'Archive a post of yours from its menu: only you see it, and it is here.',
    liked: 'Posts that you like are here, for you alone.',
    comments: 'Comments that others do not see any more are here too, and can be deleted.',
    unlinked: 'Posts without a link to your name are here, for you alone.',
    unlinkedComments: 'Comments without a link to your name are here, for you alone.'
  },
  toPost: 'See it at the post',
  goes: 'What you wrote unlinked is being deleted, one by one.',
  keepThem: 'Keep it',
  keptThem: 'It is kept.'
};

/** As `t()` of `i18n.svelte`. */
export const w = (): Words => (settings.language === 'ko' ? ko : en);
