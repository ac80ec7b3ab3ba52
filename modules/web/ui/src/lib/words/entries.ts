// The words of what somebody may do about an entry, of what only its author sees, and of what bears no name.
export const entryKo = {
  archive: '보관하기',
  unarchive: '보관 해제',
  keep: '저장하기',
  unkeep: '저장 취소',
  notInterested: '관심 없음',
  mute: '뮤트하기',
  block: '차단하기',
  report: '신고하기',
  undo: '되돌리기',
  /** Why nobody but its author sees it. */
  withheld: {
    ARCHIVED: '보관했습니다. 나에게만 보입니다.',
    MODERATED: '운영자가 숨겼습니다. 나에게만 보입니다.',
    WAITING: '운영자가 확인하면 보입니다. 지금은 나에게만 보입니다.'
  },

  copyLink: '링크 복사',
  copied: '링크를 복사했습니다.',
  notCopied: '복사하지 못했습니다. 주소창에서 복사하세요.',
  share: '공유하기',
  speaker: (n: number) => `이 글에서 ${n}번째로 말한 사람`,

  writer: '글쓴이',
  unlinked: '이름과 잇지 않음',
  unlink: '이름과 잇지 않고 쓰기',
  unlinkHint: '누가 썼는지 아무에게도 보이지 않고, 내 프로필에도 나오지 않습니다.',
  unlinkMore: '무엇을 지키고 무엇을 못 지키나',
  unlinkNot: '지금은 이름과 잇지 않고 쓸 수 없습니다.',
  speaksAs: '이 글에서 말하는 이름',
  removedOn: (day: string) => `${day} 안에 지워집니다.`,
  anonymous: '익명'
};

export const entryEn: typeof entryKo = {
  archive: 'Archive',
  unarchive: 'Bring back',
  keep: 'Save for later',
  unkeep: 'Remove from saved',
  notInterested: 'Not interested',
  mute: 'Mute',
  block: 'Block',
  report: 'Report',
  undo: 'Undo',
  withheld: {
    ARCHIVED: 'Archived. Only you see it.',
    MODERATED: 'Hidden by a moderator. Only you see it.',
    WAITING: 'Shown when a moderator has looked at it. Until then only you see it.'
  },

  copyLink: 'Copy link',
  copied: 'The link was copied.',
  notCopied: 'It could not be copied. Copy it from the address bar.',
  share: 'Share',
  speaker: (n) => `number ${n} to speak here`,

  writer: 'author',
  unlinked: 'not linked',
  unlink: 'Write without linking my name',
  unlinkHint: 'Nobody sees who wrote it, and it is not on your profile.',
  unlinkMore: 'What this protects, and what not',
  unlinkNot: 'It cannot be written without linking your name now.',
  speaksAs: 'Here you speak as',
  removedOn: (day) => `Deleted by ${day}.`,
  anonymous: 'Anonymous'
};
