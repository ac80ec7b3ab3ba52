// Going away and coming back: the same place, and the same post wherever it is shown.
import assert from 'node:assert/strict';

import { call, demoPosts, entry, lookAround, postWithReplies, remove, until } from './visit.mjs';

const placeOf = (page) => page.evaluate(() => Math.round(scrollY));

/** Goes on by that link and back again; answers where the page stood and what it was like. */
async function there(page, link, away) {
  const from = page.url();
  await link.scrollIntoViewIfNeeded();
  const place = await placeOf(page);
  assert.ok(place > 100, 'far enough down to tell');
  await link.click();
  await page.waitForURL(away);
  await page.locator('article').first().waitFor();
  await page.goBack();
  await page.waitForURL(from);
  return place;
}

/** Makes posts by the API and reads the feed until they are all there. */
async function writeMany(page, text, count) {
  for (let n = 0; n < count; n++) await call(page, 'POST', '/api/v1/feeds', { content: `${text} ${n}` });
  await page.reload();
  await readTo(page, `${text} 0`);
}

async function readTo(page, text) {
  await until(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    return (await entry(page, text).count()) === 1;
  }, `read down to ${text}`);
}

export const places = {
  async 'coming back to a profile: its graph, its table and the place in its posts'(at) {
    const { page } = await at.guest();
    const [{ userId }] = await demoPosts(page);
    await page.goto(`${at.program.url}/profile/${userId}`);
    await page.locator('.chart canvas').first().waitFor();
    await page.locator('.intervals button').nth(1).click();
    await page.locator('summary').click();
    await page.locator('tbody tr').first().waitFor();
    await page.locator('article').first().waitFor();
    // Whatever comes late when it is opened again comes too late for the place.
    const place = await there(page, page.locator('article a.comments').last(), '**/post/*');
    await until(async () => (await placeOf(page)) === place, `the place, ${place}, not ${await placeOf(page)}`);
    assert.equal(await page.locator('.intervals button').nth(1).getAttribute('aria-pressed'), 'true');
    assert.equal(await page.locator('tbody').isVisible(), true);
  },

  async 'coming back to a post: its replies and the place in it'(at) {
    const { page } = await at.guest();
    const post = await postWithReplies(page);
    await page.goto(`${at.program.url}/post/${post}`);
    const folded = page.locator('button.link[aria-expanded=false]', { hasText: /\d/ });
    await folded.first().click();
    await page.locator('.replies article').first().waitFor();
    await page.setViewportSize({ width: page.viewportSize().width, height: 400 });
    const place = await there(page, page.locator('.replies article a[href^="/profile/"]').last(), '**/profile/*');
    await until(async () => (await placeOf(page)) === place, `the place, ${place}, not ${await placeOf(page)}`);
    await page.locator('.replies article').first().waitFor();
  },

  async 'a post deleted, edited or liked on a profile is so in the feed, however old'(at) {
    const { page } = await at.guest();
    await writeMany(page, '둘 다', 25);
    await page.locator('nav a.link[href^="/profile/"]').click();
    await page.waitForURL('**/profile/*');
    await entry(page, '둘 다 24').waitFor();
    await readTo(page, '둘 다 0');
    await remove(page, '둘 다 0');
    await entry(page, '둘 다 1').locator('footer button[aria-pressed]').click();
    await entry(page, '둘 다 2').locator('.menu button').click();
    await page.locator('.items button').first().click();
    await page.locator('article textarea').fill('둘 다 고친 글');
    await page.locator('article form button.primary').click();
    await entry(page, '둘 다 고친 글').getByText(at.says.edited).waitFor();
    await page.locator('nav a.link[href="/"]').click();
    await page.waitForURL(`${at.program.url}/`);
    await entry(page, '둘 다 고친 글').getByText(at.says.edited).waitFor();
    await entry(page, '둘 다 1').locator('footer button[aria-pressed=true]').waitFor();
    assert.equal(await entry(page, '둘 다 0').count(), 0);
  },

  async 'an open page learns what is new, and moves nobody who reads'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const post = (content) => call(other, 'POST', '/api/v1/feeds', { content });
    const lookAgain = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const toFeed = () => page.locator('nav a.link[href="/"]').click();
    await page.bringToFront();
    await page.locator('textarea').fill('쓰던 글');

    await post('나중에 온 글 1');
    await lookAgain();
    await entry(page, '나중에 온 글 1').waitFor();
    await post('나중에 온 글 2');
    await toFeed();
    await entry(page, '나중에 온 글 2').waitFor();

    // Morning has come.
    const { data } = await call(page, 'GET', '/api/v1/users/me');
    await page.route('**/api/v1/users/me', (route) =>
      route.fulfill({ json: { resultCode: 'S-200', message: '', data: { ...data, userName: '777만', userType: 'RED' } } })
    );
    await toFeed();
    await page.locator(at.size === 'phone' ? '.own' : 'nav .who').getByText('777만').waitFor();

    await page.evaluate(() => scrollTo(0, 600));
    await post('나중에 온 글 3');
    await page.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 60_000;
    });
    await lookAgain();
    const waiting = page.locator('.waiting button', { hasText: '1' });
    await waiting.waitFor();
    assert.equal(await placeOf(page), 600);
    assert.equal(await entry(page, '나중에 온 글 3').count(), 0);
    await waiting.click();
    await entry(page, '나중에 온 글 3').waitFor();
    await waiting.waitFor({ state: 'detached' });
    assert.equal(await placeOf(page), 0);
    assert.equal(await page.locator('textarea').inputValue(), '쓰던 글');
  },

  async 'the arrow back leads nowhere but into the app'(at) {
    const { page: member, context } = await at.guest();
    const { data } = await call(member, 'GET', '/api/v1/feeds?size=1');
    const deep = `${at.program.url}/post/${data.feeds[0].feedId}`;
    const page = await context.newPage();
    for (const address of [`${at.program.url}/terms`, deep]) {
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator('a.back').click();
      await page.waitForURL(`${at.program.url}/`);
      await page.locator('article').first().waitFor();
    }
    // From within, it is the browser's own way back.
    await page.locator('article a.comments').first().click();
    await page.waitForURL('**/post/*');
    const entries = await page.evaluate(() => history.length);
    await page.locator('a.back').click();
    await page.waitForURL(`${at.program.url}/`);
    assert.equal(await page.evaluate(() => history.length), entries);

    // Signing in on the way leaves no second entry of the same page.
    const { page: stranger } = await at.page();
    await stranger.goto('about:blank');
    await stranger.goto(deep);
    await stranger.waitForURL('**/login?next=*');
    await stranger.locator(lookAround).click();
    await stranger.waitForURL(deep);
    await stranger.locator('article').first().waitFor();
    await stranger.locator('a.back').click();
    await stranger.waitForURL(`${at.program.url}/`);
  },

  async 'Back after a reload: the same place in the feed, and the arrow leads there'(at) {
    const { page } = await at.guest();
    await writeMany(page, '다시 찾을 글', 45);
    const link = entry(page, '다시 찾을 글 5').locator('a.comments');
    await link.scrollIntoViewIfNeeded();
    const top = () => entry(page, '다시 찾을 글 5').evaluate((article) => Math.round(article.getBoundingClientRect().top));
    const before = await top();
    await link.click();
    await page.waitForURL('**/post/*');
    await entry(page, '다시 찾을 글 5').waitFor();
    await page.reload();
    await entry(page, '다시 찾을 글 5').waitFor();
    await page.locator('a.back').click();
    await page.waitForURL(`${at.program.url}/`);
    await entry(page, '다시 찾을 글 5').waitFor();
    await until(async () => Math.abs((await top()) - before) <= 2, `the entry at ${before}, not ${await top()}`, 5000);
    // And so it is when the feed itself is read anew.
    await page.reload();
    await entry(page, '다시 찾을 글 5').waitFor();
    await until(async () => Math.abs((await top()) - before) <= 2, `the entry at ${before} after a reload`);
  }
};
