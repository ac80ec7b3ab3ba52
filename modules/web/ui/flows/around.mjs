// Looking around: the tabs, settings, sign-in, the keyboard, the home screen.
import assert from 'node:assert/strict';

import { call, demoPosts, entry, lookAround, until, write } from './visit.mjs';

export const around = {
  async 'a profile’s tabs: each pages by itself'(at) {
    const { page } = await at.guest();
    for (let n = 0; n < 25; n++) await call(page, 'POST', '/api/v1/feeds', { content: `오른 날 ${n}` });
    const me = (await call(page, 'GET', '/api/v1/users/me')).data.userId;
    await page.goto(`${at.program.url}/profile/${me}?tab=red`);
    await page.getByText(at.says.emptyRed).waitFor();
    assert.equal(await page.locator('article').count(), 0);
    await page.getByRole('tab').nth(1).click();
    await page.locator('article').first().waitFor();
    await until(async () => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      return (await page.locator('article').count()) === 25;
    }, 'all of the blue posts');
    assert.equal(new URL(page.url()).searchParams.get('tab'), 'blue');
    // What is deleted in one tab is gone from the others.
    await page.getByRole('tab').first().click();
    await entry(page, '오른 날 24').locator('.menu button').click();
    await page.locator('.items button').nth(1).click();
    await page.locator('dialog button.primary').click();
    await entry(page, '오른 날 24').waitFor({ state: 'detached' });
    await page.getByRole('tab').nth(1).click();
    await entry(page, '오른 날 23').waitFor();
    assert.equal(await entry(page, '오른 날 24').count(), 0);
    // Liked in one, liked in the other.
    await entry(page, '오른 날 23').locator('footer button').first().click();
    await page.getByRole('tab').first().click();
    await entry(page, '오른 날 23').locator('footer button[aria-pressed=true]').waitFor();
  },

  async 'a member’s red and blue tabs have the arrows they say'(at) {
    const { page } = await at.guest();
    const posts = await demoPosts(page);
    for (const [tab, type, arrow] of [['blue', 'BLUE', '▲'], ['red', 'RED', '▼']]) {
      const { userId } = posts.find((post) => post.feedType === type);
      await page.goto(`${at.program.url}/profile/${userId}?tab=${tab}`);
      await page.locator('article').first().waitFor();
      const arrows = await page.locator('article .arrow').allInnerTexts();
      assert.ok(arrows.length > 0 && arrows.every((each) => each === arrow), `${tab}: ${arrows}`);
    }
  },

  async 'settings: theme, language, sign out'(at) {
    const { page } = await at.guest();
    await write(page, '남기고 갈 글');
    await entry(page, '남기고 갈 글').waitFor();
    await page.locator('textarea').fill('지워질 초안');
    await page.goto(`${at.program.url}/settings`);
    const root = page.locator('html');
    for (const theme of ['dark', 'light']) {
      await page.locator(`input[value=${theme}]`).check();
      assert.equal(await root.getAttribute('data-theme'), theme);
      const paper = await root.evaluate((html) => getComputedStyle(html).getPropertyValue('--paper').trim());
      assert.equal(await page.locator('meta[name=theme-color]').first().getAttribute('content'), paper);
    }
    const other = at.language === 'ko' ? 'en' : 'ko';
    await page.locator(`input[value=${other}]`).check();
    assert.equal(await root.getAttribute('lang'), other);
    await page.locator('h1', { hasText: other === 'ko' ? '설정' : 'Settings' }).waitFor();
    await page.reload();
    await page.locator('h1', { hasText: other === 'ko' ? '설정' : 'Settings' }).waitFor();
    assert.equal(await root.getAttribute('data-theme'), 'light');
    await page.locator('#sign-out').click();
    await page.locator('dialog button.primary').click();
    await page.waitForURL('**/login');
    assert.equal((await page.context().cookies()).length, 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('draft:'))), []);
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    assert.equal(await page.locator('textarea').inputValue(), '');
    await entry(page, '남기고 갈 글').locator('.menu button').click();
    // Another guest than before: more to choose than of one's own.
    await page.locator('.items button').nth(4).waitFor();
    await page.keyboard.press('Escape');
  },

  async 'the sign-in page says what happened, and offers whom the server names'(at) {
    const { page } = await at.page();
    // Each status has a sentence: `words.members.test.ts`.
    for (const [query, said] of [
      ['status=close-success&until=2026-12-04', at.says.closedUntil],
      ['status=inactive-success&until=2026-12-04', at.says.inactive],
      ['status=close-fail', at.says.closeFailed],
      ['status=inactive-fail', at.says.inactiveFailed],
      ['status=busy', at.says.busy]
    ]) {
      await page.goto(`${at.program.url}/login?${query}`);
      await page.locator('[role=status].status').getByText(said, { exact: true }).waitFor();
    }
    await page.goto(`${at.program.url}/login?status=close-success&until=${encodeURIComponent('<b>call 555</b>')}`);
    const status = page.locator('[role=status].status');
    await status.waitFor();
    assert.ok(!(await status.innerText()).includes('555'), 'only a date is taken from the address');
    const { data } = await call(page, 'GET', '/api/v1/sign-in-providers');
    assert.equal(await page.locator('a[href^="/api/oauth2/authorization/"]').count(), data.providers.length);
  },

  async 'a mistyped address is a screen, at any depth; a slash too many is none'(at) {
    const { page } = await at.guest();
    for (const path of ['nothing', 'a/b', 'post/', 'post/5/comments', 'settings/more/']) {
      const answer = await page.goto(`${at.program.url}/${path}`);
      assert.equal(answer.status(), 404, path);
      await page.locator('.message', { hasText: at.says.notFound }).waitFor();
    }
    for (const [path, place] of [['settings/', '/settings'], ['profile/1/?tab=blue', '/profile/1?tab=blue'], ['api/docs/', '/api/docs']]) {
      const answer = await page.goto(`${at.program.url}/${path}`);
      assert.equal(answer.status(), 200, path);
      assert.equal(page.url(), `${at.program.url}${place}`);
    }
    assert.equal((await page.goto(`${at.program.url}/api/nothing`)).headers()['content-type'], 'application/json');
  },

  async 'everything by keyboard'(at) {
    const { page } = await at.guest();
    await page.reload();
    await page.locator('article').first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className.includes('skip')), true);
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement.id === 'content'), 'the skip link skips');
    const toField = async () => {
      for (let n = 0; n < 10; n++) {
        if (await page.evaluate(() => document.activeElement.tagName === 'TEXTAREA')) return;
        await page.keyboard.press('Tab');
      }
      assert.fail('the field is not reached');
    };
    await toField();
    await page.keyboard.type('글쇠로 쓴 글');
    await page.keyboard.press('ControlOrMeta+Enter');
    const mine = entry(page, '글쇠로 쓴 글');
    await mine.waitFor();
    const dots = mine.locator('.menu button').first();
    await dots.focus();
    await page.keyboard.press('Enter');
    await page.locator('.items').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.items').waitFor({ state: 'detached' });
    assert.equal(await dots.evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    assert.equal(await mine.count(), 1);
    await mine.locator('a[href^="/profile/"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('tab').first().focus();
    await page.keyboard.press('ArrowRight');
    await until(
      () => page.evaluate(() => document.activeElement.id === 'tab-blue' && document.activeElement.ariaSelected === 'true'),
      'arrow keys move between the tabs'
    );
  },

  async 'less motion where that is wished'(at) {
    const { page } = await at.guest({ reducedMotion: 'reduce' });
    await page.locator('article footer button').first().click();
    const longest = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('*')].flatMap((element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element);
          return [animationDuration, transitionDuration].map(parseFloat);
        })
      )
    );
    assert.ok(longest < 0.001, `${longest} s`);
  },

  async 'it can be installed'(at) {
    const { page, context } = await at.guest();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const devtools = await context.newCDPSession(page);
    const { errors, data, url } = await devtools.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    assert.ok(url.endsWith('/manifest.webmanifest'));
    const manifest = JSON.parse(data);
    for (const icon of manifest.icons) {
      const { ok, type } = await page.evaluate(async (src) => {
        const answer = await fetch(src);
        return { ok: answer.ok, type: answer.headers.get('content-type') };
      }, icon.src);
      assert.ok(ok && type === icon.type, icon.src);
    }
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // Private windows, which flows run in, are never offered to install.
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  }
};
