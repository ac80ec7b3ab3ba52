// A visit: one size and language, guests who come with it, and what flows say often.
import assert from 'node:assert/strict';

import { offlineWords } from './offline-words.mjs';
import { nodeWords } from './node-words.mjs';
import { safetyWords } from './safety-words.mjs';
import { walkWords } from './walk-words.mjs';

export const sizes = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 900 } }
};

/** Phones narrower than those the flows visit with; what is wide is looked at in them too. */
export const narrow = [
  { width: 360, height: 740 },
  { width: 320, height: 568 }
];

/** Phones on their side. */
export const sideways = [
  { width: 740, height: 360 },
  { width: 844, height: 390 }
];

/** The page's words that flows look for. */
export const words = {
  ko: {
    ...offlineWords.ko,
    ...nodeWords.ko,
    ...safetyWords.ko,
    ...walkWords.ko,
    locale: 'ko-KR',
    reply: '답글',
    edited: '수정됨',
    saved: '수정했습니다.',
    lookWritten: '운영 기록에 남았습니다',
    revisionsRead: '이전 글 열람',
    removed: '삭제했습니다.',
    posting: '올리는 중',
    notLiked: '좋아요를 남기지 못했습니다.',
    sessionOver: '로그인이 끝났습니다.',
    accountChanged: '다른 계정으로 바뀌었습니다.',
    tooOften: '너무 많이 요청했습니다.',
    serverAway: '서버가 응답하지 않습니다.',
    notFound: '찾을 수 없습니다',
    emptyRed: '내린 날에 쓴 글이 없습니다.',
    notifications: '알림',
    unread: (n) => `알림, 읽지 않음 ${n}개`,
    guest: '방문자',
    me: '나',
    unfold: '더 보기',
    fold: '접기',
    remaining: (n) => `${n}자 남음`,
    over: (n) => `${n}자 초과`,
    closed: '탈퇴 신청이 접수되었습니다.',
    closedUntil: '탈퇴 신청이 접수되었습니다. 2026년 12월 4일까지 다시 로그인하면 취소됩니다.',
    inactive: '계정이 비활성화되었습니다. 다시 로그인하면 풀립니다.',
    closeFailed: '탈퇴 링크가 만료되었거나 올바르지 않습니다.',
    inactiveFailed: '비활성화 링크가 만료되었거나 올바르지 않습니다.',
    busy: '지금은 요청이 너무 많습니다. 1분쯤 뒤에 다시 시도하세요.',
    guestRemoved: '방문자 계정을 지웠습니다.',
    signInAgain: '본인 확인을 위해 다시 로그인한 뒤 10분 안에 해 주세요.',
    exporting: '파일을 받는 중입니다.',
    removedPost: '탈퇴한 회원의 글입니다',
    endOthers: '다른 기기 모두 로그아웃',
    bringHere: '다른 기기에서 가져오기',
    privateProfile: '비공개 프로필입니다.',
    moderator: '운영진',
    spam: '스팸·광고',
    abuse: '욕설·괴롭힘',
    hide: '숨기기',
    hidden: '숨김',
    leave: '문제없음',
    release: '보이게 하기',
    restore: '다시 보이기',
    suspend: '작성자 정지',
    stopGuest: '방문자 막기',
    menuStop: '운영: 숨기고 작성자 막기',
    menuLook: '관리: 작성자 확인',
    writtenDown: '감사 기록에 남습니다',
    menuLift: '운영: 정지 풀기',
    lifted: '정지를 풀었습니다.',
    shown: '보이게 했습니다.',
    undo: '되돌리기',
    undone: '되돌렸습니다.',
    undoneGuest: '정지를 풀었습니다. 새 방문자는',
    decidedSame: '다른 운영자가 이미 그렇게 처리했습니다.',
    decidedOtherwise: '다른 운영자가 이미 다르게 처리했습니다.',
    menuHide: '운영: 숨기기',
    menuSuspend: '운영: 정지하기',
    rulesSaved: '규칙을 저장했습니다.',
    passkey: '패스키',
    removePasskey: '지우기',
    passkeyCancelled: '취소했거나 시간이 지났습니다.',
    passkeyKnown: '이미 패스키가 있습니다.',
    passkeyCopied: '누군가 복사했을 수 있습니다.'
  },
  en: {
    ...offlineWords.en,
    ...nodeWords.en,
    ...safetyWords.en,
    ...walkWords.en,
    locale: 'en-US',
    reply: 'Reply',
    edited: 'edited',
    saved: 'Saved.',
    lookWritten: 'in the audit trail',
    revisionsRead: 'Earlier texts read',
    removed: 'Deleted.',
    posting: 'Posting',
    notLiked: 'Your like was not saved.',
    sessionOver: 'Your session has ended.',
    accountChanged: 'Another account is signed in now.',
    tooOften: 'Too many requests',
    serverAway: 'The server does not answer.',
    notFound: 'Not found',
    emptyRed: 'Nothing written on a day of loss.',
    notifications: 'Notifications',
    unread: (n) => `Notifications, ${n} unread`,
    guest: 'guest',
    me: 'me',
    unfold: 'Show more',
    fold: 'Show less',
    remaining: (n) => `${n} left`,
    over: (n) => `${n} too many`,
    closed: 'Your account will be deleted.',
    closedUntil: 'Your account will be deleted. Sign in by December 4, 2026 to keep it.',
    inactive: 'Your account is inactive. Signing in wakes it.',
    closeFailed: 'The link to close the account has ended or is not valid.',
    inactiveFailed: 'The link to deactivate the account has ended or is not valid.',
    busy: 'There is too much to do just now. Try again in a minute.',
    guestRemoved: 'The guest account is deleted.',
    signInAgain: 'To show that it is you, sign in again, and do it within 10 minutes.',
    exporting: 'The file is on its way.',
    removedPost: 'By a member who has left.',
    endOthers: 'Sign out all other devices',
    bringHere: 'Bring from another device',
    privateProfile: 'This profile is private.',
    moderator: 'moderator',
    spam: 'Spam',
    abuse: 'Insults, harassment',
    hide: 'Hide',
    hidden: 'Hidden',
    leave: 'Nothing wrong',
    release: 'Show it',
    restore: 'Show again',
    suspend: 'Suspend author',
    stopGuest: 'Stop this guest',
    menuStop: 'Moderate: hide, stop author',
    menuLook: 'Admin: who wrote this',
    writtenDown: 'written into the audit trail',
    menuLift: 'Moderate: lift suspension',
    lifted: 'The suspension is lifted.',
    shown: 'Shown.',
    undo: 'Undo',
    undone: 'Undone.',
    undoneGuest: 'The suspension is lifted. New guests',
    decidedSame: 'Another moderator has decided the same already.',
    decidedOtherwise: 'Another moderator has decided already, in another way.',
    menuHide: 'Moderate: hide',
    menuSuspend: 'Moderate: suspend',
    rulesSaved: 'The rules are saved.',
    passkey: 'Passkey',
    removePasskey: 'Remove',
    passkeyCancelled: 'You cancelled, or it took too long.',
    passkeyKnown: 'This device has a passkey already.',
    passkeyCopied: 'somebody may have a copy'
  }
};

/** Waits until a condition holds; the page's policy refuses the evaluation that Playwright's own waiting needs. */
export async function until(condition, what, limit = 60_000) {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (await condition()) return;
  }
  assert.fail(`waited in vain: ${what}`);
}

/** The button of the sign-in page that makes a guest, first or last among the ways in. */
export const lookAround = '#look-around';

export class Visit {
  constructor(program, browser, size, language) {
    Object.assign(this, { program, browser, size, language, says: words[language] });
  }

  async page(options = {}) {
    const context = await this.browser.newContext({ ...sizes[this.size], locale: this.says.locale, ...options });
    await context.addInitScript(keepNotices);
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return { context, page };
  }

  /** Somebody who has just pressed the button of the sign-in page. */
  async guest(options = {}) {
    const { context, page } = await this.page(options);
    await page.goto(`${this.program.url}/login`);
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    return { context, page };
  }
}

/** Notices go again by themselves: what they said is kept. */
function keepNotices() {
  window.noticesSaid = [];
  const watch = new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node instanceof Element && node.matches('.notice')) window.noticesSaid.push(node.textContent);
    }
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Waits until a notice has said this; then what was said before counts no more. */
export async function said(page, text) {
  await until(() => page.evaluate((wanted) => window.noticesSaid.some((each) => each.includes(wanted)), text), `a notice: ${text}`);
  await page.evaluate(() => (window.noticesSaid = []));
}

/** Writes into the page's first field and sends it. */
export async function write(page, text) {
  await page.locator('textarea').first().fill(text);
  await page.locator('form button.primary').first().click();
}

/** The entry with exactly this text that the server has. */
export const entry = (page, text) =>
  page.locator('article:not([aria-busy=true])', { has: page.getByText(text, { exact: true }) });

/** Deletes that entry by its menu. */
export async function remove(page, text) {
  await entry(page, text).locator('.menu button').first().click();
  await page.locator('.items button').nth(1).click();
  await page.locator('dialog button.primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** How much wider than the screen the page is. */
export async function overflow(page) {
  const { width } = page.viewportSize();
  return (await page.evaluate(() => document.documentElement.scrollWidth)) - width;
}

/** Pastes as members do: the clipboard, then the keys. */
export async function paste(page, field, text) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(page.url()).origin });
  await page.bringToFront();
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await field.focus();
  await page.keyboard.press('ControlOrMeta+v');
}

/** Calls the API as the page's member. */
export async function call(page, method, path, body) {
  return page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(path, {
        method,
        ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {})
      });
      const text = await answer.text();
      return { status: answer.status, data: text ? JSON.parse(text).data : null };
    },
    [method, path, body]
  );
}

/** What the demo's members wrote: they have a history, which members of a flow's own have not, and posts of both colours. */
export async function demoPosts(page) {
  const posts = [];
  for (let last = 0; ; ) {
    const { feeds } = (await call(page, 'GET', `/api/v1/feeds?size=50&lastFeedId=${last}`)).data;
    if (feeds.length === 0) break;
    posts.push(...feeds.filter((post) => post.userRole !== 'GUEST'));
    last = feeds.at(-1).feedId;
  }
  const known = new Set();
  for (const userId of new Set(posts.map((post) => post.userId))) {
    const days = await call(page, 'GET', `/api/v1/users/${userId}/asset-histories?from=2000-01-01&to=2100-01-01`);
    if (days.data?.count > 1) known.add(userId);
  }
  return posts.filter((post) => known.has(post.userId));
}

/** The id of a post of the demo's members in which somebody answers a comment. */
export async function postWithReplies(page) {
  for (let last = 0; ; ) {
    const { feeds } = (await call(page, 'GET', `/api/v1/feeds?size=50&lastFeedId=${last}`)).data;
    for (const { feedId } of feeds.filter((post) => post.commentCount > 1)) {
      const { comments } = (await call(page, 'GET', `/api/v1/comments/${feedId}`)).data;
      if (comments.some((comment) => comment.subCommentCount > 0)) return feedId;
    }
    if (feeds.length === 0) throw new Error('nobody answers anybody');
    last = feeds.at(-1).feedId;
  }
}
