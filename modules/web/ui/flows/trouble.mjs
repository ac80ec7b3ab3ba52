// What goes wrong around members: sessions that end, servers that are killed, connections that are lost.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { call, entry, lookAround, said, until, write } from './visit.mjs';

const field = (page) => page.locator('textarea').first();
const send = (page) => page.locator('form button.primary').first();

export const trouble = {
  async 'the access token ends in the middle of writing: renewed once, unnoticed'(at) {
    const { page, context } = await at.guest();
    const renewals = [];
    page.on('request', (request) => request.url().endsWith('/api/token') && renewals.push(request.url()));
    await field(page).fill('토큰이 끝나도');
    await context.clearCookies({ name: 'access_token' });
    await send(page).click();
    await entry(page, '토큰이 끝나도').waitFor();
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal(renewals.length, 1);

    // A post's page asks for the post and its comments at once; both wait for one renewal.
    await entry(page, '토큰이 끝나도').locator('a.comments').click();
    await page.waitForURL('**/post/*');
    await field(page).fill('댓글을 쓰다가 끝나도');
    await context.clearCookies({ name: 'access_token' });
    // The network is slow on one way back: the refusal of the comments comes when the post was read with what was renewed.
    const renewed = page.waitForResponse((answer) => /\/api\/v1\/feeds\/\d+$/.test(answer.url()) && answer.ok());
    await page.route('**/api/v1/comments/*', async (route) => {
      const answer = await route.fetch();
      await renewed;
      await route.fulfill({ response: answer });
    });
    const read = page.waitForResponse((answer) => answer.url().includes('/api/v1/comments/') && answer.ok());
    await page.reload();
    await entry(page, '토큰이 끝나도').waitFor();
    await read;
    await page.unroute('**/api/v1/comments/*');
    assert.equal(renewals.length, 2);
    assert.equal(await field(page).inputValue(), '댓글을 쓰다가 끝나도');
    await context.clearCookies({ name: 'access_token' });
    await send(page).click();
    await entry(page, '댓글을 쓰다가 끝나도').waitFor();
    assert.equal(renewals.length, 3);
    assert.equal(await page.locator('.notice').count(), 0);
  },

  async 'the whole session ends in the middle of writing: the text is kept through sign-in'(at) {
    const { page, context } = await at.guest();
    await field(page).fill('세션이 끝나도');
    await context.clearCookies();
    await send(page).click();
    await page.waitForURL('**/login?next=*');
    await page.locator(lookAround).click();
    await page.locator('article').first().waitFor();
    assert.equal(await field(page).inputValue(), '세션이 끝나도');
  },

  async 'a guest signs out with something half written: whoever begins next in this browser does not see it'(at) {
    const { page, context } = await at.guest();
    await field(page).fill('앞 손님이 쓰던 글');
    const other = await context.newPage();
    await other.goto(`${at.program.url}/settings`);
    await other.locator('#sign-out').click();
    await other.locator('dialog button.primary').click();
    await other.waitForURL('**/login*');
    await other.locator(lookAround).click();
    await other.locator('article').first().waitFor();
    assert.equal(await field(other).inputValue(), '');
    await page.goto(at.program.url);
    await page.locator('article').first().waitFor();
    assert.equal(await field(page).inputValue(), '');
    const kept = await page.evaluate(() => Object.entries(localStorage).filter(([, value]) => value.includes('앞 손님이')));
    assert.deepEqual(kept, []);
  },

  async 'a guest in place of another, who has not signed out: what that one was writing is not theirs'(at) {
    const { page, context } = await at.guest();
    await field(page).fill('먼저 온 손님이 쓰던 글');
    const elsewhere = await at.guest();
    await context.addCookies(await elsewhere.context.cookies());
    await page.reload();
    await page.locator('article').first().waitFor();
    const { data } = await call(page, 'GET', '/api/v1/users/me');
    await until(async () => (await page.evaluate(() => localStorage.getItem('account'))) === `${data.userId} guest`, 'the other is here');
    await until(async () => (await field(page).inputValue()) === '', 'the field is theirs');
  },

  async 'the server is killed and comes back: nothing written is lost, nothing is posted twice'(at) {
    const { page } = await at.guest();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await at.program.kill();
    await write(page, '서버가 꺼져도');
    const waits = page.locator('[data-queued]', { hasText: '서버가 꺼져도' });
    await waits.waitFor();
    assert.equal(await field(page).inputValue(), '');
    await field(page).fill('아직 쓰는 중');
    // Even when the page is opened anew meanwhile, it is there, and goes by itself when the server is back.
    await page.clock.install();
    await page.reload();
    await waits.waitFor();
    assert.equal(await field(page).inputValue(), '아직 쓰는 중');
    await at.program.start();
    await page.clock.fastForward(15_000);
    await entry(page, '서버가 꺼져도').waitFor();
    await waits.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await entry(page, '서버가 꺼져도').count(), 1);
    assert.equal(await field(page).inputValue(), '아직 쓰는 중');
  },

  async 'behind a proxy that says the server is away: the page, not the proxy’s word'(at) {
    const { page } = await at.guest();
    await field(page).fill('대문 앞에서도');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await at.program.kill();
    const proxy = createServer((_, answer) => answer.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>502</h1>'));
    await new Promise((resolve) => proxy.listen(at.program.port, '127.0.0.1', resolve));
    try {
      await page.reload();
      // Over what was read before, where it was kept already, or else in its place.
      await page.getByText(at.says.serverAway).or(page.getByText(at.says.serverSilent)).first().waitFor();
      assert.equal(await field(page).inputValue(), '대문 앞에서도');
    } finally {
      proxy.closeAllConnections?.();
      await new Promise((resolve) => proxy.close(resolve));
    }
    await at.program.start();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('article').first().waitFor();
  },

  async 'the answer is lost with the server: sent again, the post is there once'(at) {
    const { page } = await at.guest();
    // What is loaded with its first use is there without the server when the worker has it.
    await page.evaluate(() => navigator.serviceWorker.ready);
    at.program.pause();
    await write(page, '대답을 잃은 글');
    await page.locator('article[aria-busy=true]').waitFor();
    // It reads what waits in its socket and acts, but is killed soon; whether the answer came is left to chance.
    at.program.resume();
    await at.program.kill();
    await at.program.start();
    await entry(page, '대답을 잃은 글').waitFor();
    await page.locator('[data-queued]').waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('article').first().waitFor();
    assert.equal(await page.getByText('대답을 잃은 글', { exact: true }).count(), 1);
  },

  async 'deleting and editing fail: put back, and said'(at) {
    const { page } = await at.guest();
    // What is loaded with its first use is there without the server when the worker has it.
    await page.evaluate(() => navigator.serviceWorker.ready);
    await write(page, '지워지지 않을 글');
    const mine = entry(page, '지워지지 않을 글');
    await mine.waitFor();
    await at.program.kill();
    await mine.locator('.menu button').click();
    await page.locator('.items button').nth(1).click();
    await page.locator('dialog button.primary').click();
    await said(page, at.says.serverAway);
    await mine.waitFor();
    await mine.locator('.menu button').click();
    await page.locator('.items button').first().click();
    await page.locator('article textarea').fill('고쳐지지 않을 글');
    await page.locator('article form button.primary').click();
    await said(page, at.says.serverAway);
    assert.equal(await page.locator('article textarea').inputValue(), '고쳐지지 않을 글');
    await at.program.start();
    await page.locator('article form button.primary').click();
    await entry(page, '고쳐지지 않을 글').getByText(at.says.edited).waitFor();
  },

  async 'offline and back: the like is taken back, the draft survives leaving'(at) {
    const { page, context } = await at.guest();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const like = page.locator('footer button[aria-pressed]').first();
    await context.setOffline(true);
    await page.getByText(at.says.offline).first().waitFor();
    const before = await like.getAttribute('aria-pressed');
    await like.click();
    await said(page, at.says.notLiked);
    assert.equal(await like.getAttribute('aria-pressed'), before);
    await field(page).fill('오프라인 초안');
    await page.reload();
    await page.locator('.offline').waitFor();
    assert.equal(await field(page).inputValue(), '오프라인 초안');
    assert.equal(await page.getByText(at.says.offline).count(), 1, 'said once');
    await context.setOffline(false);
    await said(page, at.says.online);
    await page.locator('.offline').waitFor({ state: 'detached' });
    // What could not be read is read by itself.
    await page.locator('article').first().waitFor();
    await send(page).click();
    await entry(page, '오프라인 초안').waitFor();
    const { data } = await call(page, 'GET', '/api/v1/feeds?size=5');
    assert.equal(data.feeds.filter((post) => post.content === '오프라인 초안').length, 1);
  },

  async 'the second visit starts from the kept shell without a connection'(at) {
    const { page, context } = await at.guest();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await context.setOffline(true);
    await page.goto(`${at.program.url}/settings`);
    await page.locator('fieldset').first().waitFor();
    const kept = await page.evaluate(async () => {
      const names = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return names.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.length > 5 && kept.every((path) => path === '/index.html' || path.startsWith('/_app/')), kept.join());
    assert.ok(!kept.some((path) => path.includes('/chart-')));
  },

  async 'a first visit is led to sign-in when the server was asked once, before anything else is shown'(at) {
    const { page } = await at.page();
    let calls = [];
    page.on('request', (request) => request.url().includes('/api/') && calls.push(new URL(request.url()).pathname));
    for (const path of ['/', '/notifications', '/post/1', '/profile/1?tab=red']) {
      calls = [];
      await page.goto(`${at.program.url}${path}`);
      await page.locator(lookAround).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('next'), path);
      assert.deepEqual(calls.filter((each) => each !== '/api/v1/sign-in-providers'), ['/api/v1/users/me', '/api/token']);
    }
  },

  async 'a part of the page does not arrive: said in both languages, tried again by a tap'(at) {
    for (const part of [0, 1]) {
      const { page, context } = await at.page();
      const complaints = [];
      page.on('console', (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
      const path = `**/_app/immutable/nodes/${part}.*`;
      await page.route(path, (route) => route.abort());
      await page.goto(`${at.program.url}${part === 0 ? '/settings' : '/nothing-here'}`);
      const again = page.getByRole('link', { name: '다시 시도 · Try again' });
      await again.waitFor();
      assert.deepEqual(complaints, []);
      await page.unroute(path);
      await again.click();
      await page.locator('h1').filter({ hasNotText: '문제가' }).first().waitFor({ state: 'attached' });
      await context.close();
    }
  }
};
