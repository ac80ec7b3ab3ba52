// Looking around: the graph, the tabs, settings, sign-in, the keyboard, the home screen.
import assert from 'node:assert/strict';

import { call, demoPosts, entry, narrow, overflow, until, write } from './visit.mjs';

const rows = (page) => page.locator('tbody tr');

/** To the profile of somebody with a history, whose id this answers. */
async function openProfile(page) {
  const [{ userId }] = await demoPosts(page);
  await page.goto(new URL(`/profile/${userId}`, page.url()).href);
  await page.locator('.chart canvas').first().waitFor();
  return userId;
}

export const around = {
  async 'the graph switches, and its table has the same points'(at) {
    const { page } = await at.guest();
    const asked = [];
    page.on('request', (request) => request.url().includes('/asset-histories?') && asked.push(request.url()));
    await openProfile(page);
    await page.locator('summary').click();
    const counts = [];
    for (const [place, interval] of ['daily', 'weekly', 'monthly'].entries()) {
      const button = page.locator('.intervals button').nth(place);
      if (place > 0) await button.click();
      await until(() => asked.at(-1)?.includes(`interval=${interval}`), `${interval} is asked for`);
      const { data } = await call(page, 'GET', asked.at(-1).replace(at.program.url, ''));
      await until(async () => (await rows(page).count()) === data.points.length, `${interval} in the table`);
      assert.equal(await button.getAttribute('aria-pressed'), 'true');
      const last = data.points.at(-1);
      const shown = await rows(page).first().innerText();
      assert.ok(shown.startsWith(last.date), `${interval}: ${shown}`);
      assert.ok(shown.includes(last.amount.toLocaleString('en-US')), `${interval}: ${shown}`);
      assert.ok(shown.includes(`${Math.abs(last.changePercent).toFixed(2)}%`), `${interval}: ${shown}`);
      counts.push(await rows(page).count());
      assert.ok((await page.locator('.chart canvas').count()) > 0);
    }
    assert.ok(counts[0] > counts[1] && counts[1] > counts[2] && counts[2] > 1, counts.join());
    await page.locator('.intervals button').first().click();
    await until(async () => (await rows(page).count()) === counts[0], 'daily again');
    for (const size of narrow) {
      await page.setViewportSize(size);
      assert.ok((await overflow(page)) <= 0, `the open table at ${size.width}`);
    }
  },

  async 'the crosshair tells exact values, by mouse and by finger'(at) {
    const { page } = await at.guest();
    await openProfile(page);
    const values = page.locator('.values');
    await until(async () => /\d{4}-\d\d-\d\d/.test(await values.innerText()), 'the last point');
    const last = await values.innerText();
    const box = await page.locator('.chart').boundingBox();
    const middle = { x: box.x + box.width * 0.4, y: box.y + box.height * 0.3 };
    // The canvas may stand before its points.
    let way = 0;
    await until(async () => {
      way = 1 - way;
      if (at.size === 'phone') await page.touchscreen.tap(middle.x + way, middle.y);
      else await page.mouse.move(middle.x + way, middle.y);
      return (await values.innerText()) !== last;
    }, 'the point under the crosshair');
    assert.match(await values.innerText(), /\d{4}-\d\d-\d\d[^]*\d,\d{3}[^]*\([+-]?\d+\.\d\d%\)/);
  },

  async 'all of the graph is in sight, whatever swipes over it and however the screen turns'(at) {
    const { page, context } = await at.guest();
    const id = await openProfile(page);
    const { data } = await call(page, 'GET', await page.evaluate(
      (user) => performance.getEntriesByType('resource').map(({ name }) => name).find((name) => name.includes(`/${user}/asset-histories?`)), id
    ));
    const [first, last] = [data.points[0].date, data.points.at(-1).date];
    const values = page.locator('.values');
    const devtools = await context.newCDPSession(page);
    const touch = (type, x, y) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const chart = page.locator('.chart');
    const box = async () => {
      await chart.scrollIntoViewIfNeeded();
      return chart.boundingBox();
    };
    /** From one share of the width to another, on the graph. */
    const swipe = async (from, to) => {
      const { x, y, width, height } = await box();
      const at = (share) => x + width * share;
      const middle = y + height * 0.3;
      if (phone) await touch('touchStart', at(from), middle);
      else {
        await page.mouse.move(at(from), middle);
        await page.mouse.down();
      }
      for (let step = 1; step <= 10; step++) {
        const to_ = at(from + ((to - from) * step) / 10);
        if (phone) await touch('touchMove', to_, middle);
        else await page.mouse.move(to_, middle);
      }
      if (phone) await touch('touchEnd');
      else await page.mouse.up();
    };
    const phone = at.size === 'phone';
    const says = (date, why) => until(async () => (await values.innerText()).startsWith(date), `${why}: ${date}`, 20_000);
    await says(last, 'the last day, untouched');
    const turns = [page.viewportSize(), { width: page.viewportSize().height, height: page.viewportSize().width }, page.viewportSize()];
    for (const size of turns) {
      await page.setViewportSize(size);
      for (const way of [1, -1]) for (let n = 0; n < 4; n++) await swipe(0.5 - 0.45 * way, 0.5 + 0.4 * way);
      // Along all of it, from end to end.
      if (!phone) {
        const { x, y, height } = await box();
        let along = 0;
        await until(async () => {
          await page.mouse.move(x + along++, y + height * 0.3);
          return (await values.innerText()).startsWith(first);
        }, `the first day at the left edge of ${size.width}`, 20_000);
        assert.ok(along < size.width / 8, `the first day is ${along} pixels from the edge`);
      } else {
        await swipe(0.6, 0.005);
        await says(first, `the first day at the left edge of ${size.width}`);
        await swipe(0.1, 0.98);
        await says(last, `the last day at the right edge of ${size.width}`);
        await swipe(0.6, 0.01);
        await says(first, 'the first day again');
        await page.getByRole('tab').first().tap();
        await says(last, 'nothing is pointed at after a tap elsewhere');
        await swipe(0.6, 0.01);
        await says(first, 'the first day again');
      }
      if (phone) await page.keyboard.press('Escape');
      else await page.mouse.move(5, 5);
      await says(last, 'nothing is pointed at any more');
    }
  },

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
    await page.locator('section button').click();
    await page.locator('dialog button.primary').click();
    await page.waitForURL('**/login');
    assert.equal((await page.context().cookies()).length, 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('draft:'))), []);
    await page.locator('button.primary').click();
    await page.locator('article').first().waitFor();
    assert.equal(await page.locator('textarea').inputValue(), '');
    assert.equal(await entry(page, '남기고 갈 글').locator('.menu').count(), 0, 'another guest than before');
  },

  async 'the sign-in page says what happened, and offers whom the server names'(at) {
    const { page } = await at.page();
    for (const [query, said] of [
      ['status=close-success&until=2026-12-04', at.says.until],
      ['status=inactive-success&until=2026-12-04', at.says.until],
      ['status=close-fail', ''],
      ['status=inactive-fail', ''],
      ['status=SUSPENDED', ''],
      ['status=link-invalid', '']
    ]) {
      await page.goto(`${at.program.url}/login?${query}`);
      await page.locator('[role=status].status', { hasText: said }).waitFor();
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
