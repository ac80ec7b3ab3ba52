// What somebody turns away from, reports and keeps.
import assert from 'node:assert/strict';

import { call, entry, said, until, write } from './visit.mjs';

/** Chooses from an entry's menu. */
async function choose(page, text, choice) {
  await entry(page, text).locator('.menu button').first().click();
  await page.locator('.items').getByText(choice, { exact: true }).click();
}
const gone = (page, text) => entry(page, text).waitFor({ state: 'detached' });
const undo = (page, at) => page.locator('.notice').getByText(at.says.undo, { exact: true }).last().click();
const meOf = async (page) => (await call(page, 'GET', '/api/v1/users/me')).data;
const post = async (page, content) => (await call(page, 'POST', '/api/v1/feeds', { content })).data;
const comment = async (page, feedId, content) => (await call(page, 'POST', '/api/v1/comments', { feedId, content })).data;
const listed = async (page, path, name) => (await call(page, 'GET', path)).data[name];

export const relations = {
  async 'who is blocked is gone from everywhere at once, and back when that is taken back'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const mine = await post(page, '내가 쓴 글');
    await post(other, '차단할 사람의 글');
    await post(other, '차단할 사람의 다른 글');
    await comment(other, mine.feedId, '차단할 사람의 댓글');
    await page.goto(`${at.program.url}/post/${mine.feedId}`);
    await entry(page, '차단할 사람의 댓글').waitFor();
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '차단할 사람의 글').waitFor();
    await choose(page, '차단할 사람의 글', at.says.block);
    await page.locator('dialog p.hint').waitFor();
    assert.equal((await listed(page, '/api/v1/blocks', 'blocks')).length, 0, 'asked first');
    await page.locator('dialog button.primary').click();
    await gone(page, '차단할 사람의 글');
    await gone(page, '차단할 사람의 다른 글');
    await until(() => page.evaluate(() => document.activeElement?.closest('article') !== null), 'the next entry has the focus');
    await until(async () => (await listed(page, '/api/v1/blocks', 'blocks')).length === 1, 'the server has it');
    await page.goto(`${at.program.url}/post/${mine.feedId}`);
    await entry(page, '내가 쓴 글').waitFor();
    await page.locator('.message').waitFor();
    assert.equal(await page.getByText('차단할 사람의 댓글').count(), 0);

    // Lifted in the settings, they are in the feed again.
    await page.locator('nav a[href="/settings"]').click();
    await page.locator('main a[href="/settings/hiding"]').click();
    const name = (await meOf(other)).userName;
    await page.locator('#blocks li').getByText(name).waitFor();
    await page.locator('#blocks li button').click();
    await page.locator('#blocks li').waitFor({ state: 'detached' });
    await until(async () => (await listed(page, '/api/v1/blocks', 'blocks')).length === 0, 'it is lifted');
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '차단할 사람의 글').waitFor();
    await choose(page, '차단할 사람의 글', at.says.block);
    await page.locator('dialog button.primary').click();
    await gone(page, '차단할 사람의 글');
    await undo(page, at);
    await entry(page, '차단할 사람의 글').waitFor();
    await until(async () => (await listed(page, '/api/v1/blocks', 'blocks')).length === 0, 'it is taken back');
  },

  async 'muted: out of the feed and told of nothing, but not of the profile, where it is lifted; what fails is as it was'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const { userId } = await meOf(other);
    await post(other, '시끄러운 글');
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '시끄러운 글').waitFor();
    await page.route('**/api/v1/mutes/*', (route) => route.fulfill({ status: 400, json: { resultCode: 'F-400', message: '1000명까지', data: null } }));
    await choose(page, '시끄러운 글', at.says.mute);
    await said(page, '1000명까지');
    await entry(page, '시끄러운 글').waitFor();
    await page.unroute('**/api/v1/mutes/*');
    await choose(page, '시끄러운 글', at.says.mute);
    await gone(page, '시끄러운 글');
    await until(async () => (await listed(page, '/api/v1/mutes', 'mutes')).length === 1, 'the server has it');

    await page.goto(`${at.program.url}/profile/${userId}`);
    await entry(page, '시끄러운 글').waitFor();
    await page.locator('header .menu button').first().click();
    await page.locator('.items').getByText(at.says.unmute, { exact: true }).click();
    await until(async () => (await listed(page, '/api/v1/mutes', 'mutes')).length === 0, 'it is lifted');
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '시끄러운 글').waitFor();
    // From a profile, a block: said there, and taken back.
    await page.goto(`${at.program.url}/profile/${userId}`);
    await page.locator('header .menu button').first().click();
    await page.locator('.items').getByText(at.says.block, { exact: true }).click();
    await page.locator('dialog button.primary').click();
    await page.getByText(at.says.blockedHere).waitFor();
    await undo(page, at);
    await entry(page, '시끄러운 글').waitFor();
  },

  async 'reported once, with a reason; what is one’s own has no such choice'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    await write(page, '내 글에는 신고가 없다');
    await entry(page, '내 글에는 신고가 없다').locator('.menu button').first().click();
    await page.locator('.items').waitFor();
    assert.equal(await page.locator('.items').getByText(at.says.report, { exact: true }).count(), 0);
    await page.keyboard.press('Escape');
    const { feedId } = await post(other, '신고할 글');
    await page.goto(`${at.program.url}/post/${feedId}`);
    const sent = [];
    page.on('request', (request) => request.url().endsWith('/reports') && sent.push(request.postDataJSON()));
    await choose(page, '신고할 글', at.says.report);
    const send = page.locator('dialog button.primary');
    assert.ok(await send.isDisabled(), 'a reason comes first');
    await page.locator('dialog label').nth(1).click();
    await page.locator('dialog textarea').fill('되풀이해서 욕합니다.  ');
    await page.route('**/api/v1/reports', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '60' }, json: { resultCode: 'F-429', message: '신고가 너무 많습니다.', data: null } }));
    await send.click();
    await said(page, '신고가 너무 많습니다.');
    await page.unroute('**/api/v1/reports');
    await send.click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await said(page, at.says.reported);
    assert.deepEqual(sent.at(-1), { targetType: 'FEED', targetId: feedId, reason: 'ABUSE', text: '되풀이해서 욕합니다.' });
    assert.ok(await page.evaluate(() => document.activeElement?.matches('.dots')), 'the focus is where it was');
    await choose(page, '신고할 글', at.says.report);
    await page.locator('dialog').getByText(at.says.reportedBefore).waitFor();
    await page.keyboard.press('Escape');
  },

  async 'saved, archived and liked posts and one’s comments are on one’s own profile'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const me = await meOf(page);
    const kept = await post(other, '저장할 글');
    await post(other, '관심 없는 글');
    await comment(page, kept.feedId, '내가 단 댓글');
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '저장할 글').waitFor();
    await choose(page, '관심 없는 글', at.says.notInterested);
    await gone(page, '관심 없는 글');
    await undo(page, at);
    await entry(page, '관심 없는 글').waitFor();
    await choose(page, '저장할 글', at.says.keep);
    await said(page, at.says.kept);
    await entry(page, '저장할 글').locator('button[aria-pressed]').click();
    await write(page, '보관할 글');
    await entry(page, '보관할 글').waitFor();
    await choose(page, '보관할 글', at.says.archive);
    await entry(page, '보관할 글').locator('.withheld').waitFor();
    await until(async () => (await listed(page, '/api/v1/feeds/archived', 'feeds')).length === 1, 'the server has it');

    await page.locator(`nav a.link[href="/profile/${me.userId}"]`).click();
    const tab = (name) => page.locator(`#tab-${name}`).click();
    await tab('saved');
    await entry(page, '저장할 글').waitFor();
    await tab('liked');
    await entry(page, '저장할 글').waitFor();
    await tab('comments');
    await entry(page, '내가 단 댓글').waitFor();
    await tab('archived');
    await entry(page, '보관할 글').locator('.withheld').waitFor();
    await page.reload();
    await choose(page, '보관할 글', at.says.unarchive);
    await entry(page, '보관할 글').locator('.withheld').waitFor({ state: 'detached' });
    await until(async () => (await listed(page, '/api/v1/feeds/archived', 'feeds')).length === 0, 'it is back');
    await tab('saved');
    await choose(page, '저장할 글', at.says.unkeep);
    await until(async () => (await listed(page, '/api/v1/feeds/saved', 'feeds')).length === 0, 'it is not saved any more');
    await tab('comments');
    await entry(page, '내가 단 댓글').locator('.menu button').first().click();
    await page.locator('.items button').click();
    await page.locator('dialog button.primary').click();
    await page.getByText(at.says.noComments).waitFor();
    const last = page.locator('[role=tablist]').getByRole('tab').last();
    await last.click();
    await until(async () => (await last.getAttribute('aria-selected')) === 'true', 'the last is chosen');
    await last.press('ArrowRight');
    await until(() => page.evaluate(() => document.activeElement?.id === 'tab-main'), 'the first after the last');
    // Nobody else has them.
    await other.goto(`${at.program.url}/profile/${me.userId}?tab=saved`);
    await entry(other, '보관할 글').waitFor();
    assert.equal(await other.getByRole('tab').count(), 3);
  },

  async 'hidden words: added, found also inside of others, and removed; what is wrong with one is said by it'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    await post(other, '오늘도 주식 이야기');
    await page.goto(`${at.program.url}/settings/hiding`);
    await page.locator('#words form').waitFor();
    const field = page.locator('#words input');
    const words = () => listed(page, '/api/v1/hidden-words', 'words');
    for (const word of ['주식', '코인']) {
      await field.fill(word);
      await page.keyboard.press('Enter');
      await page.locator('#words li').getByText(word).waitFor();
    }
    assert.deepEqual(await words(), ['코인', '주식']);
    for (const [word, why] of [['주식', at.says.wordKnown], ['가'.repeat(51), at.says.wordLong], ['!!!', /숨길 수 없습니다|at least one letter/]]) {
      await field.fill(word);
      await page.locator('#words form button').click();
      await page.locator('#words [role=alert]').getByText(why).waitFor();
    }
    await field.fill('');
    await page.locator('nav a[href="/"]').last().click();
    await page.locator('article').first().waitFor();
    assert.equal(await page.getByText('오늘도 주식 이야기').count(), 0);
    await page.goto(`${at.program.url}/settings/hiding`);
    await page.locator('#words li', { hasText: '주식' }).locator('button').click();
    await until(async () => (await words()).join() === '코인', 'one is left');
    await page.locator('nav a[href="/"]').last().click();
    await entry(page, '오늘도 주식 이야기').waitFor();
  }
};
