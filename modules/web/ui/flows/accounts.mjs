// Who is signed in: links that sign in, sessions that end, accounts that change, and whose texts are shown.
import assert from 'node:assert/strict';

import { call, entry, lookAround, until } from './visit.mjs';

const field = (page) => page.locator('textarea').first();
export const me = async (page) => (await call(page, 'GET', '/api/v1/users/me')).data;

/** Signs in by a link of the operator's; answers as whom. */
export async function follow(at, page, user) {
  await page.goto(await at.program.signInLink(user));
  await page.locator('button').click();
  await page.waitForURL(`${at.program.url}/`);
  await page.locator('article').first().waitFor();
  assert.equal((await me(page)).userId, user);
}

export const accounts = {
  async 'a sign-in link signs in, in a browser that has never been here'(at) {
    const user = await at.program.createUser();
    const { page } = await at.page();
    await follow(at, page, user);
    assert.equal(new URL(page.url()).pathname, '/');
    // And wherever a redirect leads to: nothing in this browser says who is here.
    for (const path of ['/', '/settings', `/profile/${user}`]) {
      await page.evaluate(() => localStorage.clear());
      await page.goto(`${at.program.url}${path}`);
      await page.locator(path === '/settings' ? '#sign-out' : 'nav a.link[href^="/profile/"]').first().waitFor();
      assert.equal(new URL(page.url()).pathname, path);
    }
  },

  async 'a guest who follows a sign-in link chooses whether to take the posts along, and nothing is chosen beforehand'(at) {
    for (const taken of [false, true]) {
      const user = await at.program.createUser();
      const { page } = await at.guest();
      const { data } = await call(page, 'POST', '/api/v1/feeds', { content: '방문자로 쓴 글' });
      await page.goto(await at.program.signInLink(user));
      const choice = page.locator('input[type=checkbox]');
      assert.equal(await choice.isChecked(), false);
      if (taken) await choice.check();
      await page.locator('button').click();
      await page.waitForURL(`${at.program.url}/`);
      await page.locator('article').first().waitFor();
      const post = await call(page, 'GET', `/api/v1/feeds/${data.feedId}`);
      assert.equal(post.data.userId === user, taken);
    }
  },

  async 'a member’s session ends: it is said, and the draft is the member’s alone'(at) {
    const user = await at.program.createUser();
    const { page, context } = await at.page();
    await follow(at, page, user);
    await field(page).fill('회원의 초안');
    await context.clearCookies();
    await page.locator('form button.primary').first().click();
    await page.waitForURL('**/login?next=*');
    await page.locator('[role=status].status', { hasText: at.says.sessionOver }).waitFor();
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    assert.equal((await me(page)).userRole, 'GUEST');
    assert.equal(await field(page).inputValue(), '');
    await context.clearCookies();
    await follow(at, page, await at.program.createUser());
    assert.equal(await field(page).inputValue(), '');
    await context.clearCookies();
    await follow(at, page, user);
    assert.equal(await field(page).inputValue(), '회원의 초안');
  },

  async 'a session that has ended meanwhile is said when the page is opened'(at) {
    const user = await at.program.createUser();
    const { page, context } = await at.page();
    await follow(at, page, user);
    await context.clearCookies();
    await page.goto(`${at.program.url}/`);
    await page.waitForURL('**/login?next=*');
    await page.locator('[role=status].status', { hasText: at.says.sessionOver }).waitFor();
  },

  async 'cancelling throws nothing away'(at) {
    const { page } = await at.guest();
    const { data } = await call(page, 'POST', '/api/v1/feeds', { content: '고치다 말 글' });
    await page.goto(`${at.program.url}/post/${data.feedId}`);
    await field(page).fill('받을 댓글');
    await page.locator('form button.primary').first().click();
    await entry(page, '받을 댓글').waitFor();
    const writing = page.locator('article textarea');
    const reopened = async (open, text) => {
      await open();
      await writing.fill(text);
      await page.locator('article form button.plain').click();
      await writing.waitFor({ state: 'detached' });
      await open();
      assert.equal(await writing.inputValue(), text);
      await page.reload();
      await entry(page, '받을 댓글').waitFor();
      await open();
      assert.equal(await writing.inputValue(), text);
      await page.locator('article form button.plain').click();
      await writing.waitFor({ state: 'detached' });
    };
    await reopened(() => entry(page, '받을 댓글').getByText(at.says.reply, { exact: true }).click(), '쓰다 만 답글');
    await reopened(async () => {
      await page.locator('.menu button').first().click();
      await page.locator('.items button').first().click();
    }, '고치다 만 글');
  },

  async 'connected again: what could not be read is read, comments as well'(at) {
    const { page, context } = await at.guest();
    const { data } = await call(page, 'POST', '/api/v1/feeds', { content: '끊긴 사이에 연 글' });
    await call(page, 'POST', '/api/v1/comments', { feedId: data.feedId, content: '늦게 읽힌 댓글' });
    await page.goto(`${at.program.url}/settings`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.goto(`${at.program.url}/post/${data.feedId}`);
    await page.locator('.failure').first().waitFor();
    const back = Date.now();
    await context.setOffline(false);
    await entry(page, '늦게 읽힌 댓글').waitFor();
    await until(async () => (await page.locator('.failure').count()) === 0, 'nothing stays failed');
    assert.ok(Date.now() - back < 9_000, 'without waiting for a next try');
  },

  async 'too many requests: said with the wait, and nothing is lost'(at) {
    const { page } = await at.guest();
    let refuse = true;
    await page.route('**/api/v1/feeds', (route) =>
      refuse && route.request().method() === 'POST'
        ? route.fulfill({ status: 429, headers: { 'Retry-After': '45' }, json: { resultCode: 'F-429', message: '', data: null } })
        : route.continue()
    );
    await field(page).fill('조금 뒤에 보낼 글');
    await page.locator('form button.primary').first().click();
    await page.locator('.notice', { hasText: at.says.tooOften }).filter({ hasText: '45' }).waitFor();
    assert.equal(await field(page).inputValue(), '조금 뒤에 보낼 글');
    refuse = false;
    await page.locator('form button.primary').first().click();
    await entry(page, '조금 뒤에 보낼 글').waitFor();
  }
};
