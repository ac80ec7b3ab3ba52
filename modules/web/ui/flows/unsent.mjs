// What is written without a connection: it waits where it is seen, and is sent once.
import assert from 'node:assert/strict';

import { follow, me } from './accounts.mjs';
import { age, field, queued, readSome, ready } from './offline.mjs';
import { call, entry, lookAround, until, write } from './visit.mjs';

/** How many posts with that text the server has. */
async function times(page, text) {
  const { data } = await call(page, 'GET', '/api/v1/feeds?size=50');
  return data.feeds.filter(({ content }) => content === text).length;
}

export const unsent = {
  async 'written without a connection: visible, edited, cancelled, and sent once and in order when it is back'(at) {
    const { page, context } = await ready(at);
    const { post } = await readSome(at, page, '댓글을 기다리는 글');
    await context.setOffline(true);
    for (const text of ['먼저 쓴 글', '나중에 쓴 글', '보내지 않을 글']) {
      await write(page, text);
      await queued(page, text).waitFor();
      assert.equal(await field(page).inputValue(), '');
    }
    await queued(page, '보내지 않을 글').locator('button').first().click();
    await queued(page, '보내지 않을 글').waitFor({ state: 'detached' });
    await queued(page, '나중에 쓴 글').locator('button').nth(1).click();
    await page.locator('[data-queued] textarea').fill('고쳐 쓴 글');
    await page.locator('[data-queued] .acts button.secondary').last().click();
    await queued(page, '고쳐 쓴 글').waitFor();
    await page.goto(post);
    await write(page, '기다린 댓글');
    await queued(page, '기다린 댓글').waitFor();
    // They outlive the page.
    await page.goto(`${at.program.url}/`);
    for (const text of ['먼저 쓴 글', '고쳐 쓴 글', '기다린 댓글']) await queued(page, text).waitFor();
    await context.setOffline(false);
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    await entry(page, '고쳐 쓴 글').waitFor();
    const { data } = await call(page, 'GET', '/api/v1/feeds?size=3');
    assert.deepEqual(data.feeds.map(({ content }) => content), ['고쳐 쓴 글', '먼저 쓴 글', '댓글을 기다리는 글']);
    await page.goto(post);
    await entry(page, '기다린 댓글').waitFor();
    assert.equal(await page.getByText('기다린 댓글', { exact: true }).count(), 1);
  },

  async 'the answer is lost after the server has acted: sent again with the same key, there once'(at) {
    const { page } = await ready(at);
    const keys = [];
    await page.route('**/api/v1/feeds', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      // It arrives, and its answer does not.
      if (keys.length === 1) {
        await route.fetch();
        await route.abort('connectionreset');
      } else {
        await route.continue();
      }
    });
    await write(page, '대답만 잃은 글');
    await until(() => keys.length === 2, 'sent again by itself');
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    assert.equal(keys[0], keys[1]);
    await entry(page, '대답만 잃은 글').waitFor();
    assert.equal(await times(page, '대답만 잃은 글'), 1);
  },

  async 'edited after its answer was lost: only one of both is there, and its author is told'(at) {
    const { page, context } = await ready(at);
    let lost = false;
    await page.route('**/api/v1/feeds', async (route) => {
      if (lost) return route.continue();
      lost = true;
      await route.fetch();
      await context.setOffline(true);
      await route.abort('connectionreset');
    });
    await write(page, '고치기 전');
    await queued(page, '고치기 전').locator('button').nth(1).click();
    await page.locator('[data-queued] textarea').fill('고친 다음');
    await page.locator('[data-queued] .acts button.secondary').last().click();
    await context.setOffline(false);
    await queued(page, '고친 다음').getByText(at.says.arrivedBefore).waitFor();
    assert.equal(await times(page, '고치기 전'), 1);
    assert.equal(await times(page, '고친 다음'), 0);
    await queued(page, '고친 다음').locator('button').first().click();
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
  },

  async 'two tabs and what waits: sent by one of them, once'(at) {
    const { page, context } = await ready(at);
    const other = await context.newPage();
    await other.goto(`${at.program.url}/`);
    await other.locator('article').first().waitFor();
    const sent = [];
    context.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/feeds') && sent.push(request.url()));
    await context.setOffline(true);
    await write(page, '두 탭의 글');
    await queued(page, '두 탭의 글').waitFor();
    await other.reload();
    await queued(other, '두 탭의 글').waitFor();
    sent.length = 0;
    await context.setOffline(false);
    for (const tab of [page, other]) {
      await tab.locator('[data-queued]').waitFor({ state: 'detached' });
      // The one that did not send it offers it, as everybody's.
      await tab.locator('.waiting button').or(entry(tab, '두 탭의 글')).first().waitFor();
      if (await tab.locator('.waiting button').count()) await tab.locator('.waiting button').click();
      await entry(tab, '두 탭의 글').waitFor();
    }
    assert.equal(sent.length, 1);
    assert.equal(await times(page, '두 탭의 글'), 1);
  },

  async 'refused when it is back: the text is there with the reason, and can be put right'(at) {
    const { page, context } = await ready(at);
    await context.setOffline(true);
    await write(page, '거절될 글');
    await queued(page, '거절될 글').waitFor();
    let refused = 0;
    await page.route('**/api/v1/feeds', (route) =>
      route.request().method() === 'POST' && refused++ === 0
        ? route.fulfill({ status: 400, json: { resultCode: 'F-400', message: '규칙에 어긋납니다', data: null } })
        : route.continue()
    );
    await context.setOffline(false);
    await queued(page, '거절될 글').getByText('규칙에 어긋납니다').waitFor();
    await queued(page, '거절될 글').locator('button').nth(1).click();
    await page.locator('[data-queued] textarea').fill('바로잡은 글');
    await page.locator('[data-queued] .acts button.secondary').last().click();
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    await entry(page, '바로잡은 글').waitFor();
  },

  async 'older than the server remembers its key: its author is asked, nothing is sent by itself'(at) {
    const { page, context } = await ready(at);
    await context.setOffline(true);
    await write(page, '어제 쓴 글');
    await queued(page, '어제 쓴 글').waitFor();
    await page.clock.install({ time: Date.now() + 25 * 3_600_000 });
    await page.reload();
    await queued(page, '어제 쓴 글').waitFor();
    await context.setOffline(false);
    await queued(page, '어제 쓴 글').locator('.refused').waitFor();
    assert.equal(await times(page, '어제 쓴 글'), 0);
    await queued(page, '어제 쓴 글').locator('button').last().click();
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    assert.equal(await times(page, '어제 쓴 글'), 1);
  },

  async 'sent long before it is queued: its author is asked, and it is there once'(at) {
    const { page, context } = await ready(at);
    let lost = false;
    await page.route('**/api/v1/feeds', async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue();
      lost = true;
      // The server has it, and a proxy says otherwise.
      await route.fetch();
      await route.fulfill({ status: 500, json: { resultCode: 'F-500', message: '서버가 바쁩니다', data: null } });
    });
    await write(page, '이미 올라간 글');
    await until(async () => (await field(page).inputValue()) === '이미 올라간 글', 'the text is back');
    await page.clock.install({ time: Date.now() + 25 * 3_600_000 });
    await page.reload();
    await until(async () => (await field(page).inputValue()) === '이미 올라간 글', 'the text is in its field');
    await context.setOffline(true);
    await page.locator('form button.primary').first().click();
    await queued(page, '이미 올라간 글').locator('.refused').waitFor();
    await context.setOffline(false);
    await age(page).waitFor({ state: 'detached' });
    await queued(page, '이미 올라간 글').locator('button').first().click();
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    assert.equal(await times(page, '이미 올라간 글'), 1);
  },

  async 'another tab has signed somebody else in, and this one was not told: nothing is sent in that name'(at) {
    const { page, context } = await at.page();
    await context.addInitScript(() => addEventListener('storage', (told) => told.stopImmediatePropagation(), true));
    const first = await at.program.createUser();
    await follow(at, page, first);
    // The connection breaks for what is written only.
    const broken = (route) => (route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue());
    await page.route('**/api/v1/feeds', broken);
    await write(page, '앞사람의 글');
    await queued(page, '앞사람의 글').waitFor();
    const other = await context.newPage();
    const next = await at.program.createUser();
    // It may find out by itself before it is asked to.
    const reloaded = page.waitForEvent('load', { timeout: 120_000 });
    await follow(at, other, next);
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/api/v1/feeds') && sent.push(request.url()));
    await page.unroute('**/api/v1/feeds', broken);
    await page.evaluate(() => dispatchEvent(new Event('answered-again'))).catch(() => {});
    // It begins anew as who is here now.
    await reloaded;
    await page.locator('article').first().waitFor();
    assert.equal((await me(page)).userId, next);
    assert.deepEqual(sent, []);
    assert.equal(await queued(page, '앞사람의 글').count(), 0);
    assert.equal(await times(page, '앞사람의 글'), 0);
    // It waits for its author.
    await follow(at, other, first);
    await entry(other, '앞사람의 글').waitFor();
    assert.equal(await times(other, '앞사람의 글'), 1);
  },

  async 'another tab has a new cookie, and has not asked yet whose it is: the server keeps the text for its author'(at) {
    const { page, context } = await at.page();
    const first = await at.program.createUser();
    await follow(at, page, first);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const broken = (route) => (route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue());
    await page.route('**/api/v1/feeds', broken);
    await write(page, '쿠키가 바뀌기 전의 글');
    await queued(page, '쿠키가 바뀌기 전의 글').waitFor();
    // The cookie is the next one's; what this browser remembers is as it was.
    const elsewhere = await at.page();
    const next = await at.program.createUser();
    await follow(at, elsewhere.page, next);
    let ask;
    const asked = new Promise((resolve) => (ask = resolve));
    await page.route('**/api/v1/users/me', async (route) => (await asked, route.continue()));
    await context.addCookies(await elsewhere.context.cookies());
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/v1/feeds'));
    const reloaded = page.waitForEvent('load', { timeout: 120_000 });
    await page.unroute('**/api/v1/feeds', broken);
    await page.evaluate(() => dispatchEvent(new Event('answered-again'))).catch(() => {});
    const answer = await answered;
    assert.equal(answer.status(), 409);
    assert.equal(answer.headers()['failure-code'], 'OTHER_ACCOUNT');
    ask();
    await reloaded;
    await page.locator('article').first().waitFor();
    assert.equal((await me(page)).userId, next);
    assert.equal(await times(page, '쿠키가 바뀌기 전의 글'), 0);
    await follow(at, page, first);
    await entry(page, '쿠키가 바뀌기 전의 글').waitFor();
    assert.equal(await times(page, '쿠키가 바뀌기 전의 글'), 1);
  },

  async 'storage is full: the text is in its field, and nowhere else'(at) {
    const { page, context } = await ready(at);
    await page.evaluate(() => {
      const put = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, value) {
        if (key === 'to-be-sent') throw new DOMException('full', 'QuotaExceededError');
        put.call(this, key, value);
      };
    });
    await context.setOffline(true);
    await write(page, '자리가 없는 글');
    await until(async () => (await field(page).inputValue()) === '자리가 없는 글', 'the text is back');
    assert.equal(await page.locator('[data-queued]').count(), 0);
    await context.setOffline(false);
    await age(page).waitFor({ state: 'detached' });
    await page.locator('form button.primary').first().click();
    await entry(page, '자리가 없는 글').waitFor();
    assert.equal(await times(page, '자리가 없는 글'), 1);
  },

  async 'signing out with something to be sent asks first'(at) {
    const { page, context } = await ready(at);
    await context.setOffline(true);
    await write(page, '두고 갈 글');
    await queued(page, '두고 갈 글').waitFor();
    // The server says that it is busy: it waits on.
    await page.route('**/api/v1/feeds', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '600' }, body: '{}' }));
    await context.setOffline(false);
    await age(page).waitFor({ state: 'detached' });
    await page.locator('nav a[href="/settings"]').first().click();
    await page.locator('#sign-out').click();
    await page.locator('dialog').getByText(at.says.signOutUnsent).waitFor();
    await page.locator('dialog button.primary').click();
    await page.waitForURL('**/login');
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    assert.equal(await page.locator('[data-queued]').count(), 0);
  }
};
