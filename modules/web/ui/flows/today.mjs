// The day: the line above the feed, everybody's day on its own screen, what a profile says, and 03:00 passing.
import assert from 'node:assert/strict';

import { call, demoPosts, narrow, overflow, until, Visit } from './visit.mjs';
import { WallClock } from './wall-clock.mjs';

/** As in a browser that has seen a day turn. */
const hereBefore = (context) => context.addInitScript(() => localStorage.getItem('moment') ?? localStorage.setItem('moment', '0'));

/** A demo's member, who has a history, signed in by the operator's link. */
async function veteran(at, options) {
  const { page: other, context: theirs } = await at.guest();
  const [{ userId }] = await demoPosts(other);
  await theirs.close();
  const { page, context } = await at.page(options);
  await hereBefore(context);
  await page.goto(await at.program.signInLink(userId));
  await page.locator('form button').first().click();
  await page.locator('article').first().waitFor();
  return { page, context, userId };
}

const line = (page) => page.locator('section a.day');
const known = async (page) => {
  await until(async () => (await call(page, 'GET', '/api/v1/assets/today')).data.state === 'KNOWN', 'the day is counted', 90_000);
};
/** What of the line, the field below it and the entries moved without anybody's doing. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifted = [];
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, sources } of list.getEntries()) {
        if (hadRecentInput) continue;
        for (const { node, previousRect, currentRect } of sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          if (!element?.closest('main section:has(.day), main form, article')) continue;
          window.shifted.push(`${element.outerHTML.slice(0, 90)}: ${previousRect.y} to ${currentRect.y}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });

export const today = {
  async 'the line of the day stands above the field, leads to the graph, and is put away for the day'(at) {
    const { page, userId } = await veteran(at);
    await watchShifts(page);
    await page.goto(at.program.url);
    await line(page).locator('svg').waitFor();
    await page.locator('article').first().waitFor();
    const { data: me } = await call(page, 'GET', '/api/v1/users/me');
    const text = await line(page).innerText();
    assert.ok(text.includes(me.userName), text);
    assert.match(text, /→[^]*[+−]?\d+\.\d\d %/);
    assert.equal((await line(page).locator('polyline').getAttribute('points')).split(' ').length > 25, true);
    assert.deepEqual(await page.evaluate(() => window.shifted), []);
    for (const size of narrow) {
      await page.setViewportSize(size);
      assert.ok((await overflow(page)) <= 0, `the line at ${size.width}`);
    }
    await line(page).click();
    await page.waitForURL(`**/profile/${userId}`);
    await page.locator('.chart canvas').first().waitFor();
    await page.goBack();
    await line(page).waitFor();
    await page.locator('section .close').click();
    await line(page).waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await line(page).count(), 0);
  },

  async 'who is new is told when the name changes, and a profile has no arrow on its first day'(at) {
    const { page } = await at.guest();
    // Nothing has turned yet in this browser.
    await until(() => page.evaluate(() => localStorage.getItem('moment') !== null), 'when the line comes first');
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await line(page).count(), 0);
    await page.evaluate(() => localStorage.setItem('moment', '0'));
    await page.reload();
    await line(page).locator('.names').waitFor();
    assert.match(await line(page).innerText(), /03:00|새벽 3시/);
    assert.equal(await line(page).locator('svg').count(), 0);
    const { data: me } = await call(page, 'GET', '/api/v1/users/me');
    await page.goto(`${at.program.url}/profile/${me.userId}`);
    await page.locator('.state').waitFor();
    await until(async () => !/[▲▼]/.test(await page.locator('main .who').innerText()), 'no arrow');
  },

  async 'a card of the day is an image without anything that leads to anybody'(at) {
    const { page } = await veteran(at);
    await line(page).locator('svg').waitFor();
    await page.evaluate(() => Object.defineProperty(navigator, 'canShare', { value: () => false }));
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('.acts button').first().click()
    ]);
    assert.match(file.suggestedFilename(), /^dontgoback-\d{4}-\d\d-\d\d\.png$/);
    // Where the device has a sheet to share with, it gets the same.
    const shared = await page.evaluate(async () => {
      Object.defineProperty(navigator, 'canShare', { value: () => true, configurable: true });
      return new Promise((resolve) => {
        navigator.share = async ({ files }) => resolve({ type: files[0].type, size: files[0].size });
        document.querySelector('.acts button').click();
      });
    }).catch(() => null);
    if (shared) assert.ok(shared.type === 'image/png' && shared.size > 5_000, JSON.stringify(shared));
  },

  async "everybody's day: who rose and fell most, one's own place, and how fortunes are spread"(at) {
    const { page, userId } = await veteran(at);
    await page.goto(`${at.program.url}/today`);
    await page.locator('.message').waitFor();
    assert.equal(await page.locator('.moves').count(), 0);  // the demo has ten members
    await at.program.populate(12);
    await known(page);
    await page.goto(`${at.program.url}/profile/${userId}`);
    await page.locator('a[href="/today"]').first().click();
    await page.waitForURL('**/today');
    await page.locator('.percentile').waitFor();
    const { data } = await call(page, 'GET', '/api/v1/assets/today');
    assert.match(await page.locator('.percentile').innerText(), data.percentile === null ? /./ : new RegExp(String(data.percentile)));
    assert.equal(await page.locator('.moves li').count(), data.rises.length + data.falls.length);
    assert.equal(await page.locator('.moves a').count(), 0);
    await page.locator('summary').click();
    const people = await page.locator('tbody td').allInnerTexts();
    assert.equal(people.reduce((sum, each) => sum + Number(each.replaceAll(',', '')), 0), data.accounts);
    for (const size of narrow) {
      await page.setViewportSize(size);
      assert.ok((await overflow(page)) <= 0, `at ${size.width}`);
    }
    await page.goto(`${at.program.url}/today/`);
    await page.waitForURL('**/today');
  },

  async 'a profile says since when, how many days went up and down, and what was most and least'(at) {
    const { page, userId } = await veteran(at);
    await page.goto(`${at.program.url}/profile/${userId}`);
    const { data } = await call(page, 'GET', `/api/v1/users/${userId}/asset-facts`);
    const facts = page.locator('section dl').last();
    await until(async () => (await facts.innerText()).includes(data.since), 'since when');
    const text = await facts.innerText();
    for (const each of [data.daysUp, data.daysDown, data.highest.date, data.lowest.date]) assert.ok(text.includes(String(each)), text);
  },

  async 'a page that stays open turns its name when 03:00 passes'(at) {
    const clock = new WallClock();
    clock.set('12:00:00');
    const program = at.program.with([], clock);
    try {
      await program.start();
      const { page, context } = await veteran(new Visit(program, at.browser, at.size, at.language));
      const began = performance.now();
      await page.goto(program.url);
      await line(page).locator('svg').waitFor();
      // It was noon; now it is the night after, early enough for a page that takes three times as long to come, signs in
      // anew and is written on.
      const lead = Math.round(20 + (3 * (performance.now() - began)) / 1000);
      clock.set(new Date((86_400 - lead) * 1000 + 3 * 3_600_000).toISOString().slice(11, 19));
      const minuteLeft = async () => {
        const { data } = await call(page, 'GET', '/api/v1/assets/today');
        if (data === null) await page.reload(); // that renews the session, whose token was of noon
        return data !== null && data.changesIn <= lead;
      };
      await until(minuteLeft, 'it is nearly three');
      // Not all pages ask in the same second.
      await context.addInitScript(() => (Math.random = () => 0));
      await page.goto(program.url);
      await line(page).locator('svg').waitFor();
      const draft = '아직 쓰는 중인 글';
      await page.locator('textarea').first().fill(draft);
      const { data: before } = await call(page, 'GET', '/api/v1/users/me');
      let now = before;
      await until(async () => ({ data: now } = await call(page, 'GET', '/api/v1/users/me')) && now.userName !== before.userName, 'the server names anew', 90_000);
      await until(async () => (await line(page).innerText()).includes(now.userName), `${before.userName} becomes ${now.userName}`, 90_000);
      assert.equal(await page.locator('textarea').first().inputValue(), draft);
      await page.locator('textarea').first().fill('');
      await context.close();
    } finally {
      await program.remove();
      clock.remove();
    }
  }
};
