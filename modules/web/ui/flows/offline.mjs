// Without a connection: what was read last is there with its age.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { follow } from './accounts.mjs';
import { call, entry, lookAround, said, until, write } from './visit.mjs';

export const field = (page) => page.locator('textarea').first();
export const queued = (page, text) => page.locator('[data-queued] li', { hasText: text });
export const age = (page) => page.locator('[data-as-of]');

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

export async function ready(at, options) {
  const { page, context } = await at.guest(options);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await kept(page, 'feed');
  return { page, context };
}

/** Reads a post and one's own profile, so that they are kept; answers their addresses. */
export async function readSome(at, page, text) {
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
