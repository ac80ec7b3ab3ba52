// What hands, keys and the eye reach: focus, the bar, menus, half-typed syllables, questions before what cannot be undone.
import assert from 'node:assert/strict';

import { call, demoPosts, entry, overflow, until, write } from './visit.mjs';

const focused = (locator) => locator.evaluate((element) => element === document.activeElement);

export const reach = {
  async 'the bar is over nothing that has the focus, nor over an open menu'(at) {
    const { page } = await at.guest();
    await write(page, '아래쪽의 글');
    await entry(page, '아래쪽의 글').waitFor();
    const bar = await page.locator('nav').evaluate((nav) => (innerWidth < 960 ? nav.getBoundingClientRect().top : innerHeight));
    const covered = [];
    for (let n = 0; n < 45; n++) {
      await page.keyboard.press('Tab');
      const { bottom, what } = await page.evaluate(() => {
        const active = document.activeElement;
        if (active.closest('nav')) return { bottom: 0, what: '' };
        return { bottom: active.getBoundingClientRect().bottom, what: active.outerHTML.slice(0, 80) };
      });
      if (bottom > bar + 1) covered.push(`${bottom} ${what}`);
    }
    assert.deepEqual(covered, []);
    // The entry as low as it gets while its dots can still be tapped.
    const dots = entry(page, '아래쪽의 글').locator('.dots');
    await dots.evaluate((button, foot) => {
      document.body.style.setProperty('padding-top', '100vh');
      scrollTo(0, scrollY + button.getBoundingClientRect().bottom - foot);
    }, bar);
    await dots.click();
    const lowest = page.locator('.items');
    await lowest.waitFor();
    await until(() => lowest.evaluate((items, foot) => items.getBoundingClientRect().bottom <= foot + 1, bar), 'the menu is in sight');
  },

  async 'the focus stays near when what had it goes'(at) {
    const { page } = await at.guest();
    for (const text of ['아래 글', '위 글']) {
      await write(page, text);
      await entry(page, text).waitFor();
    }
    const dots = (text) => entry(page, text).locator('.dots').first();
    const choose = async (text, place) => {
      await dots(text).focus();
      await page.keyboard.press('Enter');
      for (let n = 0; n < place; n++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    };
    await choose('위 글', 2);
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await until(() => focused(dots('위 글')), 'back on the dots after no to the question');
    await choose('위 글', 1);
    await until(() => focused(page.locator('article textarea')), 'in the text that is edited');
    await page.locator('article form button.plain').focus();
    await page.keyboard.press('Enter');
    await until(() => focused(dots('위 글')), 'back on the dots after an edit was cancelled');
    await choose('위 글', 1);
    await page.locator('article textarea').fill('위 글, 고침');
    await page.keyboard.press('ControlOrMeta+Enter');
    await until(async () => (await dots('위 글, 고침').count()) > 0 && focused(dots('위 글, 고침')), 'back on the dots after an edit');
    await choose('위 글, 고침', 2);
    await page.locator('dialog button.primary').focus();
    await page.keyboard.press('Enter');
    await until(() => focused(entry(page, '아래 글').locator('a').first()), 'on the next entry after deleting');

    await entry(page, '아래 글').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await write(page, '댓글 하나');
    const answer = entry(page, '댓글 하나').getByText(at.says.reply, { exact: true }).first();
    await answer.focus();
    await page.keyboard.press('Enter');
    await page.locator('article textarea').fill('답글 하나');
    await page.keyboard.press('ControlOrMeta+Enter');
    await until(() => focused(answer), 'on the reply button after a reply');
    await choose('댓글 하나', 2);
    await page.locator('dialog button.primary').focus();
    await page.keyboard.press('Enter');
    await until(() => focused(page.locator('main')), 'on the page after its last entry');
  },

  async 'a guest is asked before signing out for ever'(at) {
    const { page } = await at.guest();
    await page.goto(`${at.program.url}/settings`);
    const out = page.locator('#sign-out');
    await out.click();
    const question = page.locator('dialog[open]');
    await question.waitFor();
    assert.equal(await question.locator('button.primary').innerText(), await out.innerText());
    await question.locator('button.plain').click();
    await question.waitFor({ state: 'detached' });
    assert.equal((await call(page, 'GET', '/api/v1/users/me')).status, 200);
    await out.click();
    await question.locator('button.primary').click();
    await page.waitForURL('**/login');
  },

  async 'each failed like has its retry, and none undoes a later like'(at) {
    const { page } = await at.guest();
    const like = (place) => page.locator('article footer button[aria-pressed]').nth(place);
    await page.route('**/feedLikes/*', (route) => route.fulfill({ status: 503, json: { resultCode: 'F-503', message: '', data: null } }));
    const before = [await like(0).getAttribute('aria-pressed'), await like(1).getAttribute('aria-pressed')];
    assert.deepEqual(before, ['false', 'false']);
    for (const place of [0, 1]) {
      await like(place).click();
      await page.locator('.notice').nth(place).waitFor();
    }
    assert.equal(await page.locator('.notice').count(), 2);
    await page.unroute('**/feedLikes/*');
    const asked = [];
    page.on('request', (request) => request.url().includes('/feedLikes/') && asked.push(request.method()));
    const liked = page.waitForResponse((answer) => answer.url().includes('/feedLikes/') && answer.ok());
    await like(0).click();
    await liked;
    for (let left = 2; left > 0; left--) await page.locator('.notice').first().locator('button').first().click();
    for (const place of [0, 1]) await like(place).and(page.locator('[aria-pressed=true]')).waitFor();
    await until(() => asked.length === 2, 'one like and one retry');
    assert.deepEqual(asked, ['PUT', 'PUT']);
  },

  async 'a syllable under way is sent with the rest'(at) {
    const { page, context } = await at.guest();
    const field = page.locator('textarea').first();
    await field.focus();
    const keys = await context.newCDPSession(page);
    await keys.send('Input.insertText', { text: '한' });
    await keys.send('Input.imeSetComposition', { text: '글', selectionStart: 1, selectionEnd: 1 });
    await page.keyboard.press('Control+Enter');
    assert.equal(await field.inputValue(), '한글', 'not sent without its last syllable');
    await keys.send('Input.insertText', { text: '글' });
    await entry(page, '한글').waitFor();
    assert.equal(await field.inputValue(), '');
  },

  async 'a slow graph says so, shows nothing of another interval, and moves nothing'(at) {
    const { page } = await at.guest();
    const [member] = await demoPosts(page);
    let held = [];
    await page.route('**/asset-histories?*', async (route) => {
      await new Promise((release) => held.push(release));
      await route.continue();
    });
    const release = () => held.splice(0).forEach((each) => each());
    await page.goto(`${at.program.url}/profile/${member.userId}`);
    await page.locator('article').first().waitFor();
    await page.locator('section .loading').waitFor();
    const tabs = async () => (await page.getByRole('tab').first().boundingBox()).y;
    const before = await tabs();
    await until(() => held.length > 0, 'the graph is asked for');
    release();
    await page.locator('.chart canvas').first().waitFor();
    await page.locator('section[aria-busy=false] .values strong').waitFor();
    assert.equal(await tabs(), before);
    await page.locator('summary').click();
    await page.locator('.intervals button').nth(4).click();
    await page.locator('section[aria-busy=true] .loading').waitFor();
    assert.equal(await page.locator('.values strong').count(), 0);
    assert.equal(await page.locator('tbody tr').first().isVisible(), false);
    await until(() => held.length > 0, 'all of it is asked for');
    release();
    await page.locator('section[aria-busy=false] .values strong').waitFor();
    await page.locator('section .loading').waitFor({ state: 'detached' });
    assert.equal(await page.locator('tbody tr').first().isVisible(), true);
  },

  async 'letters twice as large break nothing on a small phone'(at) {
    const { page } = await at.guest();
    const author = (await demoPosts(page))[0];
    await page.setViewportSize({ width: 360, height: 740 });
    const { data: me } = await call(page, 'GET', '/api/v1/users/me');
    for (const path of ['/', '/popular', `/post/${author.feedId}`, `/profile/${author.userId}`, `/profile/${me.userId}`, '/search', '/notifications', '/settings', '/login']) {
      await page.goto(at.program.url + path);
      await page.locator('main a, main button').first().waitFor();
      await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      await until(async () => (await overflow(page)) <= 0, `${path} is as wide as the screen`);
      const broken = await page.evaluate(() => {
        const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
        const names = [...document.querySelectorAll('.name .number')].filter((name) => name.getClientRects().length > 1);
        const fields = [...document.querySelectorAll('main textarea')].filter((field) => field.clientWidth > 0 && field.clientWidth < 7 * letters);
        const icons = [...document.querySelectorAll('nav svg')].filter((icon) => icon.getBoundingClientRect().width < 1.4 * letters);
        return [...names, ...fields, ...icons].map((each) => each.outerHTML.slice(0, 120));
      });
      assert.deepEqual(broken, [], path);
    }
  },

  async 'a short screen does not scroll'(at) {
    const { page } = await at.guest();
    await page.goto(`${at.program.url}/nothing`);
    await page.locator('.message', { hasText: at.says.notFound }).waitFor();
    await page.locator('nav a.link').first().click();
    await page.waitForURL(`${at.program.url}/`);
    await page.locator('article').first().waitFor();
    await page.goBack();
    await page.locator('.message', { hasText: at.says.notFound }).waitFor();
    const beyond = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    assert.equal(beyond, 0);
  }
};
