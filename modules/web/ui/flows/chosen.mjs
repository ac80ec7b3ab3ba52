// What a member chose for the account, and what others see of it.
import assert from 'node:assert/strict';

import { follow } from './accounts.mjs';
import { call, until } from './visit.mjs';

const seen = (page) => page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.colours].join());

export const chosen = {
  async 'language, colours and a private profile go along to another browser; others read that it is private'(at) {
    const user = await at.program.createUser();
    const { page } = await at.page();
    await follow(at, page, user);
    await call(page, 'POST', '/api/v1/feeds', { content: '남의 목록에 없을 글' });
    await page.goto(`${at.program.url}/settings`);
    const other = at.language === 'ko' ? 'en' : 'ko';
    for (const [name, value] of [['language', other], ['colours', 'KOREAN'], ['visibility', 'PRIVATE']]) {
      await page.locator(`input[name=${name}][value=${value}]`).check();
    }
    const kept = async () => JSON.stringify((await call(page, 'GET', '/api/v1/users/me/settings')).data);
    const told = { FEED_LIKE: true, COMMENT: true, REPLY: true, COMMENT_LIKE: true };
    const chosen = { language: other, colours: 'KOREAN', profileVisibility: 'PRIVATE', notifications: told };
    const wanted = JSON.stringify({ ...chosen, quietHours: null, dayAt: null, listedToday: true, readableByLink: true });
    await until(async () => (await kept()) === wanted, 'the account has them');

    const { page: second } = await at.page();
    await follow(at, second, user);
    await until(async () => (await seen(second)) === `${other},korean`, 'this browser has them too');
    await second.goto(`${at.program.url}/profile/${user}`);
    await second.locator('[role=tabpanel] article').first().waitFor();

    const { page: stranger } = await at.guest();
    await stranger.goto(`${at.program.url}/profile/${user}`);
    await stranger.locator('.message', { hasText: at.says.privateProfile }).waitFor();
    assert.equal(await stranger.locator('article, .chart, .failure').count(), 0);
    await stranger.locator('main .who .name').waitFor();

    // Chosen by nobody yet, it is whose who comes next.
    const { page: third } = await at.page();
    await third.goto(`${at.program.url}/login`);
    await third.locator('.links button').click();
    await follow(at, third, user);
    await until(async () => JSON.parse(await kept()).language === other, 'the account has it');
    assert.equal(await seen(third), `${other},korean`);
  },

  async 'a moderator has a badge that others do not see, and reads private profiles'(at) {
    const [moderator, member] = [await at.program.createUser(), await at.program.createUser()];
    await at.program.promote(moderator, 'MODERATOR');
    const { page: theirs } = await at.page();
    await follow(at, theirs, member);
    await call(theirs, 'PATCH', '/api/v1/users/me/settings', { profileVisibility: 'PRIVATE' });
    await call(theirs, 'POST', '/api/v1/feeds', { content: '운영진이 볼 글' });
    const { page } = await at.page();
    await follow(at, page, moderator);
    await page.goto(`${at.program.url}/profile/${moderator}`);
    await page.locator('main .who .badge', { hasText: at.says.moderator }).waitFor();
    await page.goto(`${at.program.url}/profile/${member}`);
    await page.locator('[role=tabpanel] article').first().waitFor();
    await theirs.goto(`${at.program.url}/profile/${moderator}`);
    await theirs.locator('main .who .name').waitFor();
    assert.equal(await theirs.locator('main .who .badge').count(), 0);
  }
};
