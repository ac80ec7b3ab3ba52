// The graph of a fortune: its intervals, its table, reading it by mouse and by finger.
import assert from 'node:assert/strict';

import { call, demoPosts, narrow, overflow, until } from './visit.mjs';

const rows = (page) => page.locator('tbody tr');

/** To the profile of somebody with a history, whose id this answers. */
async function openProfile(page) {
  const [{ userId }] = await demoPosts(page);
  await page.goto(new URL(`/profile/${userId}`, page.url()).href);
  await page.locator('.chart canvas').first().waitFor();
  return userId;
}

export const graph = {
  async 'the graph switches, and its table has the same points'(at) {
    const { page } = await at.guest();
    const asked = [];
    page.on('request', (request) => request.url().includes('/asset-histories?') && asked.push(request.url()));
    await openProfile(page);
    await page.locator('summary').click();
    const counts = {};
    const kinds = { week: 'daily', month: 'daily', quarter: 'weekly', year: 'weekly', all: 'weekly' };
    for (const [place, range] of ['week', 'month', 'quarter', 'year', 'all'].entries()) {
      const button = page.locator('.intervals button').nth(place);
      const before = asked.length;
      await button.click();
      await until(() => asked.length > before && asked.at(-1).includes(`interval=${kinds[range]}`), `${range} is asked for`);
      const { data } = await call(page, 'GET', asked.at(-1).replace(at.program.url, ''));
      await until(async () => (await rows(page).count()) === data.points.length, `${range} in the table`);
      assert.equal(await button.getAttribute('aria-pressed'), 'true');
      const last = data.points.at(-1);
      const shown = await rows(page).first().innerText();
      assert.ok(shown.startsWith(last.date), `${range}: ${shown}`);
      assert.ok(shown.includes(last.amount.toLocaleString('en-US')), `${range}: ${shown}`);
      assert.ok(shown.includes(`${Math.abs(last.changePercent).toFixed(2)}%`), `${range}: ${shown}`);
      counts[range] = data.points.length;
      assert.ok((await page.locator('.chart canvas').count()) > 0);
    }
    assert.ok(counts.week >= 7 && counts.week <= 9 && counts.month > counts.week, JSON.stringify(counts));
    // Never so many that a bar is narrower than five pixels of a phone's 360.
    assert.ok(counts.quarter > 1 && counts.quarter <= 16 && counts.year <= 54 && counts.all <= 106, JSON.stringify(counts));
    // Against yesterday, last week and last month, in a size that one can read.
    const compared = page.locator('.compared strong');
    for (const each of await compared.all()) assert.match(await each.innerText(), /^[+−]?\d+\.\d\d %$/);
    assert.ok((await compared.first().evaluate((each) => parseFloat(getComputedStyle(each).fontSize))) >= 16);
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
      (user) => performance.getEntriesByType('resource').map(({ name }) => name).findLast((name) => name.includes(`/${user}/asset-histories?`)), id
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
    const turns = [page.viewportSize(), { width: page.viewportSize().height, height: page.viewportSize().width }];
    for (const size of turns) {
      await page.setViewportSize(size);
      for (const way of [1, -1]) for (let n = 0; n < 2; n++) await swipe(0.5 - 0.45 * way, 0.5 + 0.4 * way);
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
  }
};
