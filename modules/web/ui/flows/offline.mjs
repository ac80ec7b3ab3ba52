// Without a connection: what was read last is there with its age, what is written waits and is sent once.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { follow } from './accounts.mjs';
import { call, entry, lookAround, said, until, write } from './visit.mjs';

const field = (page) => page.locator('textarea').first();
const queued = (page, text) => page.locator('[data-queued] li', { hasText: text });
const age = (page) => page.locator('[data-as-of]');

/** Until what was read is kept in the browser under that name. */
const kept = (page, name) =>
  until(
    () =>
      page.evaluate(
        (wanted) =>
          new Promise((resolve) => {
            const opened = indexedDB.open('answers', 1);
            opened.onerror = () => resolve(false);
            // Not made here: it is the page's.
            opened.onupgradeneeded = () => opened.transaction.abort();
            opened.onsuccess = () => {
              const database = opened.result;
              const keys = database.transaction('answers').objectStore('answers').getAllKeys();
              keys.onsuccess = () => {
                database.close();
                resolve(keys.result.includes(wanted));
              };
            };
          }),
        name
      ),
    `${name} is kept`
  );
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** How many posts with that text the server has. */
async function times(page, text) {
  const { data } = await call(page, 'GET', '/api/v1/feeds?size=50');
  return data.feeds.filter(({ content }) => content === text).length;
}

async function ready(at, options) {
  const { page, context } = await at.guest(options);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await kept(page, 'feed');
  return { page, context };
}

/** Reads a post and one's own profile, so that they are kept; answers their addresses. */
async function readSome(at, page, text) {
  await write(page, text);
  await entry(page, text).locator('a.comments').click();
  await page.waitForURL('**/post/*');
  await write(page, '남긴 댓글');
  await entry(page, '남긴 댓글').waitFor();
  // As the server says it now.
  await page.reload();
  await entry(page, '남긴 댓글').waitFor();
  const post = page.url();
  const { data: me } = await call(page, 'GET', '/api/v1/users/me');
  const profile = `${at.program.url}/profile/${me.userId}`;
  const number = new URL(post).pathname.split('/').at(-1);
  for (const name of [`post/${number}/`, `post/${number}/oldest`]) await kept(page, name);
  await page.goto(profile);
  await entry(page, text).waitFor();
  for (const name of [`users/${me.userId}`, 'own/', 'facts']) await kept(page, name);
  await page.goto(`${at.program.url}/`);
  await entry(page, text).waitFor();
  return { post, profile };
}

export const offline = {
  async 'without a network: feed, opened post and own profile are read with their age, and fresh when it is back'(at) {
    const { page, context } = await ready(at);
    const { post, profile } = await readSome(at, page, '끊겨도 읽을 글');
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await context.setOffline(true);
    for (const address of [`${at.program.url}/`, post, profile]) {
      await page.goto(address);
      await entry(page, '끊겨도 읽을 글').first().waitFor();
      await age(page).first().waitFor();
      assert.match(await age(page).innerText(), new RegExp(`^${at.says.away} · .*\\d\\d:\\d\\d`));
    }
    await page.goto(post);
    await entry(page, '남긴 댓글').waitFor();
    // What was never read is not made up.
    await page.goto(`${at.program.url}/popular`);
    await page.locator('.failure').first().waitFor();
    assert.equal(await page.locator('article').count(), 0);
    await page.goto(`${at.program.url}/`);
    await entry(page, '끊겨도 읽을 글').waitFor();
    const { context: theirs, page: other } = await at.guest();
    await call(other, 'POST', '/api/v1/feeds', { content: '그 사이의 글' });
    await theirs.close();
    await context.setOffline(false);
    await entry(page, '그 사이의 글').waitFor();
    await age(page).waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
  },

  async 'the program is stopped: the same, and that it is the server is said'(at) {
    const { page } = await ready(at);
    const { post } = await readSome(at, page, '멈춰도 읽을 글');
    await at.program.kill();
    await page.goto(post);
    await entry(page, '남긴 댓글').waitFor();
    assert.match(await age(page).innerText(), new RegExp(`^${at.says.serverSilent} · `));
    assert.equal(await page.locator('.offline').count(), 0);
    await at.program.start();
    // It is asked again by itself.
    await age(page).waitFor({ state: 'detached' });
  },

  async 'a server that answers badly is not taken for a lost connection: nothing is read from what was kept'(at) {
    const { page } = await ready(at, { serviceWorkers: 'allow' });
    await readSome(at, page, '읽히지 않을 글');
    await page.route('**/api/v1/feeds?*', (route) =>
      route.fulfill({ status: 500, json: { resultCode: 'F-500', message: '서버가 바쁩니다', data: null } })
    );
    await page.goto(`${at.program.url}/`);
    await page.getByText('서버가 바쁩니다').first().waitFor();
    assert.equal(await page.locator('article').count(), 0);
    assert.equal(await age(page).count(), 0);
  },

  async 'who signs out, and who comes next, find nothing of what was read'(at) {
    const { page, context } = await ready(at);
    await readSome(at, page, '다음 사람이 못 볼 글');
    await page.goto(`${at.program.url}/settings`);
    await page.locator('#sign-out').click();
    await page.locator('dialog button.primary').click();
    await page.waitForURL('**/login');
    assert.ok(!(await databases(page)).includes('answers'));
    await follow(at, page, await at.program.createUser());
    await kept(page, 'feed');
    const { data: me } = await call(page, 'GET', '/api/v1/users/me');
    await context.setOffline(true);
    await page.goto(`${at.program.url}/profile/${me.userId}`);
    await page.locator('.failure').first().waitFor();
    // The session ends by itself: what it read goes with it.
    await context.setOffline(false);
    await context.clearCookies();
    await page.goto(`${at.program.url}/`);
    await page.waitForURL('**/login?next=*');
    assert.ok(!(await databases(page)).includes('answers'));
  },

  async 'a browser that keeps nothing: the page as before, the text comes back to its field'(at) {
    const { page, context } = await at.page();
    await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('no', 'SecurityError'); } }));
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${at.program.url}/login`);
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await write(page, '보관할 곳이 없는 글');
    await until(async () => (await field(page).inputValue()) === '보관할 곳이 없는 글', 'the text is back');
    assert.equal(await queued(page, '보관할 곳이 없는 글').count(), 0);
    assert.deepEqual(errors, []);
  },

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
  },

  async 'a new build is taken at the next visit, whatever the worker has'(at) {
    const { page, context } = await ready(at);
    // What is at that address now: another start page.
    await at.program.kill();
    const newer = createServer((asked, answer) =>
      asked.url === '/'
        ? answer.writeHead(200, { 'Content-Type': 'text/html', 'Cache-Control': 'no-cache' }).end('<body data-build="2">2')
        : answer.writeHead(404).end()
    );
    await new Promise((resolve) => newer.listen(at.program.port, '127.0.0.1', resolve));
    try {
      await page.reload();
      await page.locator('body[data-build="2"]').waitFor();
    } finally {
      newer.closeAllConnections?.();
      await new Promise((resolve) => newer.close(resolve));
    }
    await at.program.start();
    await page.reload();
    await page.locator('article').first().waitFor();
    // And a page that stayed open takes it with its next screen.
    await page.route('**/_app/version.json', (route) => route.fulfill({ json: { version: 'another' } }));
    await context.setOffline(true);
    await page.locator('.offline').waitFor();
    await write(page, '판올림을 기다린 글');
    await queued(page, '판올림을 기다린 글').waitFor();
    const checked = page.waitForResponse('**/_app/version.json');
    await context.setOffline(false);
    await checked;
    await page.evaluate(() => (window.before = true));
    await page.locator('nav a[href="/settings"]').first().click();
    await page.locator('#sign-out').waitFor();
    assert.equal(await page.evaluate(() => window.before ?? null), null);
  },

  async 'a visible feed without a stream asks each minute, and moves nothing'(at) {
    const { page, context } = await at.page();
    await context.addInitScript(() => Object.defineProperty(navigator.__proto__, 'locks', { get: () => undefined }));
    await context.addInitScript(() => delete navigator.__proto__.locks);
    await page.clock.install();
    await page.goto(`${at.program.url}/login`);
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    await page.evaluate(() => scrollTo(0, 400));
    const stood = await page.evaluate(() => [scrollY, document.querySelector('main article').getBoundingClientRect().top]);
    const { context: theirs, page: other } = await at.guest();
    await call(other, 'POST', '/api/v1/feeds', { content: '새로 온 글' });
    await theirs.close();
    assert.equal(await page.locator('.waiting button').count(), 0);
    await page.clock.fastForward(70_000);
    await page.clock.fastForward(4_000);
    await page.locator('.waiting button').waitFor();
    assert.deepEqual(await page.evaluate(() => [scrollY, document.querySelector('main article').getBoundingClientRect().top]), stood);
    await page.locator('.waiting button').click();
    await entry(page, '새로 온 글').waitFor();
  }
};
