// What moderators did to what somebody wrote, and what one may say against it.
import assert from 'node:assert/strict';

import { call, entry, said, until } from './visit.mjs';

/** Somebody who may hide things. */
async function moderator(at) {
  const { page } = await at.page();
  const member = await at.program.createUser();
  await at.program.promote(member, 'MODERATOR');
  await page.goto(await at.program.signInLink(member));
  await page.locator('button').first().click();
  await page.locator('article').first().waitFor();
  return page;
}

export const moderated = {
  async 'what was hidden says why, leads to what was done, and is objected to once'(at) {
    const { page } = await at.guest();
    const staff = await moderator(at);
    const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '숨겨질 글' })).data;
    const { commentId } = (await call(page, 'POST', '/api/v1/comments', { feedId, content: '숨겨질 댓글' })).data;
    await call(staff, 'POST', `/api/v1/admin/feeds/${feedId}/hide`, { reason: '개인정보가 있습니다' });
    await call(staff, 'POST', `/api/v1/admin/comments/${commentId}/hide`, { reason: '욕설이 있습니다' });

    await page.goto(`${at.program.url}/notifications`);
    await page.locator('article').nth(1).waitFor();
    await page.getByText('개인정보가 있습니다').click();
    await page.waitForURL((url) => url.pathname === '/acts' && url.search === `?post=${feedId}`);
    const act = page.locator('article', { hasText: '개인정보가 있습니다' });
    await page.locator('article.pointed').waitFor();
    assert.equal(await page.locator('article').count(), 2);
    await act.locator('.open').click();
    await page.locator('textarea').fill('개인정보가 아닙니다');
    await act.locator('button.primary').click();
    await said(page, at.says.objected);
    await act.locator('summary').click();
    await act.getByText('개인정보가 아닙니다').waitFor();
    assert.equal(await act.locator('.open').count(), 0, 'once');

    await act.locator('a').first().click();
    await page.waitForURL(`**/post/${feedId}`);
    const hidden = entry(page, '숨겨질 글').locator('.withheld');
    await hidden.getByText('개인정보가 있습니다').waitFor();
    await hidden.getByText(at.says.objectionOpen).waitFor();
    // On another device it was said otherwise: what stands is shown.
    await page.goto(`${at.program.url}/acts`);
    const second = page.locator('article', { hasText: '욕설이 있습니다' });
    await second.locator('.open').click();
    const { acts } = (await call(page, 'GET', '/api/v1/moderation/acts')).data;
    await call(page, 'POST', '/api/v1/moderation/objections', { actId: acts.find(({ targetType }) => targetType === 'COMMENT').actId, text: '먼저 보낸 이의' });
    await second.locator('textarea').fill('나중에 쓴 이의');
    await second.locator('button.primary').click();
    await second.locator('summary').click();
    await second.getByText('먼저 보낸 이의').waitFor();

    // One's own comments show it as well; shown again, nothing is said.
    const { userId } = (await call(page, 'GET', '/api/v1/users/me')).data;
    await page.goto(`${at.program.url}/profile/${userId}?tab=comments`);
    await entry(page, '숨겨질 댓글').locator('.withheld').getByText('욕설이 있습니다').waitFor();
    await page.goto(`${at.program.url}/post/${feedId}`);
    await hidden.waitFor();
    await call(staff, 'POST', `/api/v1/admin/feeds/${feedId}/restore`, { reason: '괜찮습니다' });
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 60_000;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await hidden.waitFor({ state: 'detached' });
  },

  async 'what waits for a moderator says so to who wrote it'(at) {
    const { page } = await at.guest();
    await page.locator('textarea').first().fill('처음 온 사람의 링크 https://example.com/');
    await page.locator('form button.primary').first().click();
    await page.locator('article', { hasText: '처음 온 사람의 링크 example.com' }).locator('.withheld').getByText(at.says.waits).waitFor();
    await until(async () => (await page.locator('.withheld').count()) === 1, 'one says so');
  }
};
