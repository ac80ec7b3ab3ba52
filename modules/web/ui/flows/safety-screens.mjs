// The screens of search, of what somebody turns away from, reports and keeps, of what moderators did, and of what is not
// linked to a name. What needs moderators, time or many people the browser is given.
import { call, entry, until } from './visit.mjs';

const envelope = (data) => ({ json: { resultCode: 'S', message: '', data } });
const when = '2026-11-20T03:00:00Z';
const long = '개인정보(전화번호)가 들어 있어 다른 사람에게 피해를 줄 수 있습니다.';
const act = (actId, action, targetType, targetId, objection = null, until = null) => ({ actId, action, targetType, targetId, reason: long, at: when, until, objection });
const objection = (state) => ({ text: '제 번호가 아닙니다.\n확인해 주세요.', at: when, state });

/** Calls `look(name)` at each; as whoever is signed in. */
export async function safetyScreens(at, page, look) {
  const open = async (path, ready) => {
    await page.goto(`${at.program.url}${path}`);
    await page.locator(ready).first().waitFor();
  };
  const settled = (count) => until(async () => (await page.locator('.foot .loading').count()) === count, 'it is read');
  const { data: me } = await call(page, 'GET', '/api/v1/users/me');
  const { page: other, context: theirs } = await at.guest();
  const { userId: otherId } = (await call(other, 'GET', '/api/v1/users/me')).data;
  const { data: theirPost } = await call(other, 'POST', '/api/v1/feeds', { content: '사과나무 아래에서 나무늘보를 만났다. NAMU는 나무.' });
  await call(other, 'POST', '/api/v1/feeds', { content: '나무를 심은 사람' });
  const { data: mine } = await call(page, 'POST', '/api/v1/feeds', { content: '보관하거나 숨겨질 글' });
  await call(other, 'POST', '/api/v1/comments', { feedId: mine.feedId, content: '다른 사람의 댓글' });

  await open('/search', 'form[role=search]');
  await look('search');
  await open(`/search?q=${encodeURIComponent('나')}`, 'main [role=status]');
  await look('search-short');
  await open(`/search?q=${encodeURIComponent('아무도안쓴말')}`, '.message');
  await look('search-nothing');
  await open(`/search?q=${encodeURIComponent('나무 namu')}`, 'mark');
  await settled(0);
  await look('search-found');

  await open(`/post/${theirPost.feedId}`, 'article .menu button');
  await page.locator('article .menu button').first().click();
  await look('menu-other');
  await page.locator('.items').getByText(at.says.report, { exact: true }).click();
  await page.locator('dialog label').nth(4).click();
  await page.locator('dialog textarea').fill('가'.repeat(605));
  await page.locator('dialog [role=alert]').waitFor();
  await look('report');
  await page.keyboard.press('Escape');
  await page.locator('article .menu button').first().click();
  await page.locator('.items').getByText(at.says.block, { exact: true }).click();
  await page.locator('dialog[open]').waitFor();
  await look('block');
  await page.keyboard.press('Escape');
  await page.locator('article .menu button').first().click();
  await page.locator('.items').getByText(at.says.keep, { exact: true }).click();
  await page.locator('.notice').waitFor();
  await look('saved-notice');
  await open(`/profile/${otherId}`, 'header .menu button');
  await page.locator('header .menu button').first().click();
  await look('profile-menu');
  await page.locator('.items').getByText(at.says.block, { exact: true }).click();
  await page.locator('dialog button.primary').click();
  await page.locator('.message').waitFor();
  await look('profile-blocked');
  await page.locator('.notice').getByText(at.says.undo, { exact: true }).click();
  await page.locator('article').first().waitFor();

  const some = [
    { userId: 9, userName: '1.25억', since: when },
    { userId: 8, userName: null, since: when }
  ];
  await open('/settings/hiding', '#words form');
  await until(async () => (await page.locator('section p:not(.hint)').count()) === 3, 'nothing is there yet');
  await look('hiding-empty');
  await page.route(/\/api\/v1\/(blocks|mutes)\?/, (route) => route.fulfill(envelope({ blocks: some, mutes: some.slice(1) })));
  await page.route('**/api/v1/hidden-words', (route) => route.fulfill(envelope({ words: ['주식', '다이어트 광고', '가'.repeat(50), 'NFT'] })));
  await open('/settings/hiding', '#words li');
  await page.locator('#words input').fill('nft');
  await page.locator('#words form button').click();
  await page.locator('#words [role=alert]').waitFor();
  await page.locator('#blocks li').first().waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await look('hiding');
  await page.locator('#words').scrollIntoViewIfNeeded();
  await look('hidden-words');
  await page.unroute(/\/api\/v1\/(blocks|mutes)\?/);
  await page.unroute('**/api/v1/hidden-words');

  await open('/acts', '.message');
  await look('acts-empty');
  const done = [
    act(5, 'HIDE', 'FEED', mine.feedId),
    act(4, 'HIDE', 'COMMENT', 7, objection('OPEN')),
    act(3, 'SUSPEND', 'USER', me.userId, objection('KEPT'), when),
    act(2, 'RESTORE', 'FEED', 3)
  ];
  await page.route('**/api/v1/moderation/acts?*', (route) => route.fulfill(envelope({ acts: done })));
  await open(`/acts?post=${mine.feedId}`, 'article.pointed');
  await page.locator('article .open').first().click();
  await page.locator('summary').first().click();
  await look('acts');
  const withheld = { withheld: ['ARCHIVED', 'MODERATED'] };
  const one = new RegExp(`/api/v1/feeds/${mine.feedId}$`);
  await page.route(one, async (route) => {
    const { data } = await (await route.fetch()).json();
    return route.fulfill(envelope({ ...data, ...withheld }));
  });
  await open(`/post/${mine.feedId}`, '.withheld .open');
  await page.locator('.withheld .open').click();
  await look('post-moderated');
  await page.locator('article .menu button').first().click();
  await look('menu-own');
  await page.unroute(one);
  await page.unroute('**/api/v1/moderation/acts?*');

  await open(`/profile/${me.userId}?tab=archived`, '.message');
  await settled(0);
  await look('own-archived-empty');
  await call(page, 'POST', '/api/v1/comments', { feedId: mine.feedId, content: '내가 단 댓글' });
  await call(page, 'PUT', `/api/v1/feeds/${mine.feedId}/archived`);
  await open(`/profile/${me.userId}?tab=archived`, 'article .withheld');
  await look('own-archived');
  await open(`/profile/${me.userId}?tab=comments`, 'article');
  await settled(0);
  await look('own-comments');
  await call(page, 'DELETE', `/api/v1/feeds/${mine.feedId}/archived`);
  await unlinkedScreens(page, look, open, { me, mine });
  await theirs.close();
}

/** What a server answers that keeps what is written from its author's name. */
async function unlinkedScreens(page, look, open, { me, mine }) {
  const hidden = { userId: 0, userRole: 'USER', unlinked: true };
  const own = { ...hidden, author: '익명', isMine: true, removeAt: '2026-12-05T03:00:00Z' };
  const face = { unlinked: true, author: '700만대', type: 'RED', number: 2 };
  const lists = /\/api\/v1\/(feeds|comments)\/unlinked\?/;
  const post = new RegExp(`/api/v1/feeds/${mine.feedId}$`);
  const below = new RegExp(`/api/v1/comments/${mine.feedId}\\?`);
  await page.route(lists, (route) => route.fulfill(envelope({ feeds: [{ ...mine, ...own }], comments: [] })));
  await open('/', 'article');
  await page.locator('textarea').first().fill('이름 없이 할 말');
  await page.locator('input[name=unlinked]').check();
  await look('unlinked-write');
  await page.locator('textarea').first().fill('');
  await page.route(post, async (route) => {
    const { data } = await (await route.fetch()).json();
    return route.fulfill(envelope({ ...data, ...hidden, author: '익명', myFace: face }));
  });
  await page.route(below, async (route) => {
    const { data } = await (await route.fetch()).json();
    const [first] = data.comments;
    const said = (commentId, more) => ({ ...first, commentId, subCommentCount: 0, ...hidden, ...more });
    const comments = [
      said(900_003, { author: '700만대', commentType: 'RED', face: 2, isMine: true, content: '내가 이름 없이 한 말' }),
      said(900_002, { author: '익명', face: 0, content: '글쓴이가 한 말' }),
      { ...first, face: 1 }
    ];
    return route.fulfill(envelope({ comments }));
  });
  await open(`/post/${mine.feedId}`, 'article[data-entry="900002"]');
  await page.locator('textarea').first().fill('이어서 할 말');
  await page.locator('form .as').waitFor();
  await look('unlinked-post');
  await page.locator('textarea').first().fill('');
  await page.locator('article .menu button').first().click();
  await look('unlinked-menu');
  await page.unroute(post);
  await page.unroute(below);
  await open(`/profile/${me.userId}?tab=unlinked`, 'p.status');
  await entry(page, mine.content).waitFor();
  await look('own-unlinked');
  await open('/settings', '.unlinked');
  await page.locator('.unlinked').scrollIntoViewIfNeeded();
  await look('settings-unlinked');
  await page.unroute(lists);
  await open('/privacy#unlinked', '#unlinked');
  await look('privacy-unlinked');
}
