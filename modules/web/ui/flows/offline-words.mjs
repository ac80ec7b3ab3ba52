// The page's words that the flows of a lost connection look for.
export const offlineWords = {
  ko: {
    online: '다시 연결되었습니다.',
    offline: '연결이 끊겼습니다. 쓰던 글은 이 기기에 보관됩니다.',
    away: '오프라인',
    serverSilent: '서버 응답 없음',
    arrivedBefore: '고치기 전 글이 이미 올라갔습니다.',
    signOutUnsent: '아직 보내지 못한 글이 있습니다.'
  },
  en: {
    online: 'Connected again.',
    offline: 'No connection. What you write is kept on this device.',
    away: 'offline',
    serverSilent: 'no answer from the server',
    arrivedBefore: 'It has arrived as it was before the edit.',
    signOutUnsent: 'Something you wrote is not sent yet.'
  }
};
