import { network } from './network';
import { settings } from './settings.svelte';
import { entryEn, entryKo } from './words/entries';

const ko = {
  ...entryKo,
  appName: '돈고백',
  tagline: '이름이 곧 재산인 익명 SNS',
  feed: '피드',
  feedOrder: '글 순서',
  newestPosts: '새 글',
  popularPosts: '오늘',
  search: '검색',
  notifications: '알림',
  profile: '내 프로필',
  settings: '설정',
  walk: '걷기',
  moderation: '운영',
  skip: '본문으로 건너뛰기',
  mainNavigation: '주요 메뉴',

  terms: '이용약관',
  privacy: '개인정보 처리방침',
  about: '소개와 규칙',

  compose: '무슨 생각을 하나요?',
  composeLabel: '새 글',
  post: '올리기',
  write: '쓰기',
  posting: '올리는 중',
  remaining: (n: number) => `${n}자 남음`,
  over: (n: number) => `${n}자 초과`,
  draftKept: '쓰던 글은 보관했습니다.',
  pasteCut: '너무 길어서 앞부분만 넣었습니다.',
  loadMore: '더 보기',
  newPosts: (n: number) => `새 글 ${n}개 보기`,
  /** The link to them; the server counts to 100. */
  unreadNotifications: (n: number) => `알림, 읽지 않음 ${n}개${n < 100 ? '' : ' 이상'}`,
  loading: '불러오는 중',
  end: '여기까지입니다.',
  emptyFeed: '아직 글이 없습니다. 첫 글을 남겨 보세요.',
  firstPost: '첫 글 쓰기',
  emptyFeedHint: (name: string) => `지금 쓰면 글에 오늘의 이름(${name})이 남습니다.`,
  unfold: '더 보기',
  fold: '접기',

  likes: (n: number) => `좋아요 ${n}`,
  comments: (n: number) => `댓글 ${n}`,
  edit: '수정',
  remove: '삭제',
  save: '저장',
  cancel: '취소',
  more: '더 보기 메뉴',
  edited: '수정됨',
  goOnEditing: '수정하던 글이 있습니다. 이어서 쓰기',
  removePost: '이 글을 삭제할까요?',
  removed: '삭제했습니다.',
  saved: '수정했습니다.',
  me: '나',
  admin: '관리자',
  moderator: '운영진',
  guest: '방문자',
  up: '오름',
  down: '내림',

  back: '뒤로',

  signIn: '시작하기',

  offline: '연결이 끊겼습니다. 쓰던 글은 이 기기에 보관됩니다.',
  online: '다시 연결되었습니다.',
  away: '오프라인',
  serverSilent: '서버 응답 없음',
  asOf: (time: string) => `${time} 기준`,
  notSent: '보내지 못했습니다.',
  notLiked: '좋아요를 남기지 못했습니다.',
  notUnliked: '좋아요를 취소하지 못했습니다.',
  notRemoved: '삭제하지 못했습니다.',
  notChanged: '바꾸지 못했습니다.',
  serverAway: '서버가 응답하지 않습니다.',
  tooOften: '짧은 시간에 너무 많이 요청했습니다.',
  tryIn: (seconds: number) =>
    seconds < 90 ? `${seconds}초 뒤에 다시 할 수 있습니다.` : `약 ${Math.ceil(seconds / 60)}분 뒤에 다시 할 수 있습니다.`,
  failed: '잠시 후 다시 시도해 주세요.',
  retry: '다시 시도',
  close: '닫기',
  sessionOver: '로그인이 끝났습니다. 쓰던 글은 보관했으며, 같은 계정으로 다시 로그인하면 나옵니다.',
  guestOver: '방문자 로그인이 끝났습니다. 쓰던 글은 이 브라우저에 보관했습니다.',
  accountChanged: '다른 계정으로 바뀌었습니다. 앞 계정에서 쓰던 글은 그 계정에 보관했습니다.',
  notFound: '찾을 수 없습니다',
  notFoundHint: '지워졌거나 주소가 잘못되었습니다.',
  toFeed: '피드로 가기',
  wrong: '문제가 생겼습니다'
};

type Texts = typeof ko;

const en: Texts = {
  ...entryEn,
  appName: 'dontgoback',
  tagline: 'An anonymous network where your name is your fortune',
  feed: 'Feed',
  feedOrder: 'Order of posts',
  newestPosts: 'New',
  popularPosts: 'Today',
  search: 'Search',
  notifications: 'Notifications',
  profile: 'My profile',
  settings: 'Settings',
  walk: 'Walking',
  moderation: 'Moderation',
  skip: 'Skip to content',
  mainNavigation: 'Main',

  terms: 'Terms',
  privacy: 'Privacy',
  about: 'About and rules',

  compose: 'What is on your mind?',
  composeLabel: 'New post',
  post: 'Post',
  write: 'Write',
  posting: 'Posting',
  remaining: (n) => `${n} left`,
  over: (n) => `${n} too many`,
  draftKept: 'What you wrote is kept.',
  pasteCut: 'Too long: only the beginning was taken.',
  loadMore: 'Load more',
  newPosts: (n) => (n === 1 ? 'Show 1 new post' : `Show ${n} new posts`),
  unreadNotifications: (n) => `Notifications, ${n}${n < 100 ? '' : ' or more'} unread`,
  loading: 'Loading',
  end: 'That is all.',
  emptyFeed: 'Nothing here yet. Write the first post.',
  firstPost: 'Write the first post',
  emptyFeedHint: (name) => `What you write now bears today's name, ${name}.`,
  unfold: 'Show more',
  fold: 'Show less',

  likes: (n) => `Like, ${n}`,
  comments: (n) => `Comments ${n}`,
  edit: 'Edit',
  remove: 'Delete',
  save: 'Save',
  cancel: 'Cancel',
  more: 'More',
  edited: 'edited',
  goOnEditing: 'Your edit is not saved yet. Go on',
  removePost: 'Delete this post?',
  removed: 'Deleted.',
  saved: 'Saved.',
  me: 'me',
  admin: 'admin',
  moderator: 'moderator',
  guest: 'guest',
  up: 'up',
  down: 'down',

  back: 'Back',

  signIn: 'Start',

  offline: 'No connection. What you write is kept on this device.',
  online: 'Connected again.',
  away: 'offline',
  serverSilent: 'no answer from the server',
  asOf: (time) => `as of ${time}`,
  notSent: 'It was not sent.',
  notLiked: 'Your like was not saved.',
  notUnliked: 'Your like was not taken back.',
  notRemoved: 'It was not deleted.',
  notChanged: 'It was not changed.',
  serverAway: 'The server does not answer.',
  tooOften: 'Too many requests in a short time.',
  tryIn: (seconds) =>
    seconds === 1 ? 'Try again in 1 second.' : seconds < 90 ? `Try again in ${seconds} seconds.` : `Try again in about ${Math.ceil(seconds / 60)} minutes.`,
  failed: 'Please try again in a moment.',
  retry: 'Try again',
  close: 'Close',
  sessionOver: 'Your session has ended. What you wrote is kept, and is there when you sign in to the same account.',
  guestOver: 'The guest session has ended. What you wrote is kept in this browser.',
  accountChanged: 'Another account is signed in now. What the one before was writing is kept for it.',
  notFound: 'Not found',
  notFoundHint: 'It was deleted, or the address is wrong.',
  toFeed: 'To the feed',
  wrong: 'Something went wrong'
};

// The operator's own name for it.
if (network.ko) {
  Object.assign(ko, { appName: network.ko, emptyFeed: `${network.ko}의 첫 글을 남겨 보세요.` });
  Object.assign(en, { appName: network.en, emptyFeed: `Write the first post of ${network.en}.` });
}

/** The texts in the chosen language; read inside markup so that a change shows at once. */
export function t(): Texts {
  return settings.language === 'ko' ? ko : en;
}
