// A phone on its side: little height, in which something must still be read, written and answered.
import assert from 'node:assert/strict';

import { demoPosts, lookAround, overflow, postWithReplies, sideways as sizes } from './visit.mjs';

const heightOf = async (locator) => (await locator.boundingBox()).height;

/** What lies over what is read, from the bottom: the bar, and a field that stands above it. */
const covered = (page) =>
  page.evaluate(() => {
    const tops = [...document.querySelectorAll('nav, .compose')].map((each) => each.getBoundingClientRect().top);
    return innerHeight - Math.min(...tops);
  });
const picture = (page, name) => (process.env.PICTURES ? page.screenshot({ path: `${process.env.PICTURES}/${name}.png` }) : null);

export const sideways = {
  async 'on its side: half of the screen is read at least, everything can be reached, nothing is wider'(at) {
    for (const viewport of sizes) {
      const { page, context } = await at.page({ viewport });
      const look = async (name) => {
        assert.ok((await overflow(page)) <= 0, `${name} is wider than ${viewport.width}`);
        await picture(page, `${name}-${viewport.width}`);
      };
      await page.goto(`${at.program.url}/login`);
      await page.locator(lookAround).waitFor();
      await look('login');
      await page.locator(lookAround).click();
      await page.locator('article').first().waitFor();
      assert.ok((await heightOf(page.locator('nav'))) <= viewport.height / 7);
      await look('feed');
      const lines = '여러 줄을\n씁니다\n'.repeat(6);
      await page.locator('textarea').first().fill(lines);
      await page.locator('form button.primary').first().scrollIntoViewIfNeeded();
      assert.ok((await heightOf(page.locator('form').first())) < viewport.height - (await covered(page)));
      await look('feed-written');
      await page.locator('textarea').first().fill('');

      await page.goto(`${at.program.url}/post/${await postWithReplies(page)}`);
      await page.locator('article').nth(1).waitFor();
      assert.ok((await covered(page)) <= viewport.height / 2, 'the bar and the empty field');
      await look('post');
      await page.locator('.compose textarea').fill(lines);
      await page.locator('.compose [name=unlinked]').waitFor();
      assert.ok((await covered(page)) <= viewport.height * 0.72, `what is answered is in sight: ${await covered(page)}`);
      await look('post-written');
      await page.locator('.compose textarea').fill('');
      await page.locator('article .menu button').first().click();
      await page.locator('.items button').last().click();
      const dialog = page.locator('dialog');
      await dialog.waitFor();
      assert.ok((await heightOf(dialog)) <= viewport.height);
      await look('report');
      await dialog.locator('.actions button').last().scrollIntoViewIfNeeded();
      const { y, height } = await dialog.locator('.actions button').last().boundingBox();
      assert.ok(y >= 0 && y + height <= viewport.height, 'its last button can be scrolled to');
      await page.keyboard.press('Escape');

      const [member] = await demoPosts(page);
      await page.goto(`${at.program.url}/profile/${member.userId}`);
      await page.locator('.chart canvas').first().waitFor();
      assert.ok((await heightOf(page.locator('.chart'))) < viewport.height - (await covered(page)), 'the whole graph at once');
      await look('profile');
      const screens = { settings: '#sign-out', search: 'input', notifications: '.message', today: 'h1', popular: 'h1', walk: 'h1', terms: 'h2' };
      for (const [screen, sign] of Object.entries(screens)) {
        await page.goto(`${at.program.url}/${screen}`);
        await page.locator(sign).first().waitFor({ state: 'attached' });
        await look(screen);
      }
      await context.close();
    }
  },

  async 'a screen of 320 pixels: what waits to be sent, and its age, are no wider'(at) {
    const { page, context } = await at.guest();
    await page.setViewportSize({ width: 320, height: 568 });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.locator('textarea').first().fill(`보낼 글 ${'ㅋ'.repeat(90)}`);
    await page.locator('form button.primary').first().click();
    await page.locator('[data-queued] li').waitFor();
    assert.ok((await overflow(page)) <= 0);
    await picture(page, 'queued-320');
    await page.locator('[data-queued] li button').nth(1).click();
    await page.locator('[data-queued] textarea').waitFor();
    assert.ok((await overflow(page)) <= 0);
    await picture(page, 'queued-edit-320');
  }
};
