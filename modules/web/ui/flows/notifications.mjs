// What one is told of others.
import assert from 'node:assert/strict';

import { call, entry, until, write } from './visit.mjs';

const bell = (page) => page.locator('nav a[href="/notifications"]');
const rows = (page, which = '') => page.locator(`article${which}[data-entry]`);
const unread = (at, page, count) =>
  page.getByRole('link', { name: count === 0 ? at.says.notifications : at.says.unread(count), exact: true }).waitFor();

/** Looks again at a page that was out of sight for a while. */
async function lookAgain(page) {
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 60_000;
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

export const notifications = {
  async 'somebody likes and answers: a number, a list, and no number once it was seen'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    await unread(at, page, 0);
    await write(page, '누가 좋아할 글');
    await entry(page, '누가 좋아할 글').waitFor();
    const { userId } = (await call(page, 'GET', '/api/v1/users/me')).data;
    const { feedId } = (await call(page, 'GET', `/api/v1/feeds/profile?userId=${userId}`)).data.feeds[0];
    await call(other, 'PUT', `/api/v1/feedLikes/${feedId}`);
    await call(other, 'POST', '/api/v1/comments', { feedId, content: '잘 읽었습니다' });
    await page.bringToFront();
    await lookAgain(page);
    await unread(at, page, 2);

    await bell(page).click();
    await rows(page, '.unread').nth(1).waitFor();
    await unread(at, page, 0);
    assert.equal((await call(page, 'GET', '/api/v1/notifications')).data.unreadCount, 0);
    // As long as they are looked at they are marked, also when somebody comes back to them.
    await rows(page).first().locator('a').click();
    await page.waitForURL((url) => url.pathname === `/post/${feedId}`);
    await entry(page, '잘 읽었습니다').waitFor();
    await page.goBack();
    await rows(page, '.unread').nth(1).waitFor();
    await page.reload();
    await rows(page).nth(1).waitFor();
    assert.equal(await rows(page, '.unread').count(), 0);
  },

  async 'in all tabs the number follows at once, over one stream; a new post is offered, a comment found'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const streams = [];
    page.context().on('request', (request) => request.url().includes('/notifications/stream') && streams.push(request));
    const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '바로 알릴 글' })).data;
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await unread(at, tab, 0);
    await call(other, 'PUT', `/api/v1/feedLikes/${feedId}`);
    await unread(at, page, 1);
    await unread(at, tab, 1);
    assert.ok(streams.length <= 1, 'the second tab has none of its own');

    await call(other, 'POST', '/api/v1/feeds', { content: '새로 올라온 글' });
    await tab.bringToFront();
    await tab.locator('.waiting button').click();
    await entry(tab, '새로 올라온 글').waitFor();

    const { commentId } = (await call(page, 'POST', '/api/v1/comments', { feedId, content: '답을 받을 댓글' })).data;
    await call(other, 'POST', '/api/v1/comments', { feedId, parentCommentId: commentId, content: '알릴 답글' });
    await unread(at, page, 2);
    // Whose tab had the stream has gone: the other takes over.
    await page.close();
    await call(other, 'PUT', `/api/v1/commentLikes/${commentId}`);
    await unread(at, tab, 3);
    await bell(tab).click();
    await tab.waitForURL('**/notifications');
    await rows(tab, '.unread').nth(1).locator('a').first().click();  // below the like
    await tab.locator('article.pointed').getByText('알릴 답글').waitFor();
  },

  async 'what several do is one entry, however often it is brought up to date; what is taken back is none'(at) {
    const { page } = await at.guest();
    const others = [await at.guest(), await at.guest()].map((each) => each.page);
    const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '여럿이 좋아할 글' })).data;
    const like = (which, method = 'PUT') => call(others[which], method, `/api/v1/feedLikes/${feedId}`);
    const read = '**/api/v1/notifications/read';
    await like(0);
    await page.route(read, (route) => route.fulfill({ status: 503, json: { resultCode: 'F-503', message: '', data: null } }));
    await page.bringToFront();
    await bell(page).click();
    await rows(page).first().waitFor();
    const before = await rows(page).first().getAttribute('data-entry');
    await unread(at, page, 1);
    await like(1);
    await bell(page).click();
    await until(async () => (await rows(page).first().getAttribute('data-entry')) !== before, 'the entry of both');
    assert.equal(await rows(page).count(), 1);
    for (const which of [0, 1]) await like(which, 'DELETE');
    await bell(page).click();
    await page.locator('.message').waitFor();
    await unread(at, page, 0);
    await page.unroute(read);
    assert.equal(await page.locator('.notice').count(), 0);
  },

  async 'what is switched off is told no more, and the rest is'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '댓글만 알릴 글' })).data;
    await page.bringToFront();
    await bell(page).click();
    await page.locator('a[href="/settings#notifications"]').click();
    await page.locator('#notifications input[name=FEED_LIKE]').uncheck();
    const kept = async () => (await call(page, 'GET', '/api/v1/users/me/settings')).data.notifications;
    await until(async () => !(await kept()).FEED_LIKE, 'the account has it');
    await page.route('**/users/me/settings', (route) => route.fulfill({ status: 503, json: { resultCode: 'F-503', message: '', data: null } }));
    await page.locator('#notifications input[name=COMMENT]').click();
    await page.locator('.notice').waitFor();
    assert.equal(await page.locator('#notifications input[name=COMMENT]').isChecked(), true, 'what was not taken is as it was');
    await page.unroute('**/users/me/settings');
    await call(other, 'PUT', `/api/v1/feedLikes/${feedId}`);
    await call(other, 'POST', '/api/v1/comments', { feedId, content: '알릴 댓글' });
    const { notifications } = (await call(page, 'GET', '/api/v1/notifications')).data;
    assert.deepEqual(notifications.map(({ kind }) => kind), ['COMMENT']);
    await page.reload();
    await page.locator('#notifications input').nth(3).waitFor();
    assert.equal(await page.locator('#notifications [role=group] input:not(:checked)').count(), 1);
  },

  async 'a push is shown while no page is open, and not over one; nobody is asked before a button is pressed'(at) {
    const { page } = await at.guest();
    const { page: other } = await at.guest();
    const context = page.context();
    await page.addInitScript(() => {
      const ask = Notification.requestPermission.bind(Notification);
      window.asked = 0;
      Notification.requestPermission = () => (window.asked++, ask());
    });
    await context.grantPermissions(['notifications'], { origin: at.program.url });
    const { feedId } = (await call(page, 'POST', '/api/v1/feeds', { content: '닫아 둘 글' })).data;
    await call(other, 'PUT', `/api/v1/feedLikes/${feedId}`);
    await page.goto(`${at.program.url}/notifications`);
    await rows(page).first().waitFor();
    assert.equal(await page.evaluate(() => window.asked), 0);

    const worker = await pushing(page);
    await page.goto('about:blank');
    await worker.push({ title: '돈고백', body: '누군가 회원님의 글을 좋아합니다.', tag: `FEED_LIKE-${feedId}`, url: '/notifications' });
    await worker.push({ title: '돈고백', body: '새 알림이 있습니다.', tag: `FEED_LIKE-${feedId}`, url: '/notifications' });
    await until(async () => (await worker.shown()).length === 1, 'one of two with the same tag is shown');
    assert.deepEqual(await worker.shown(), [['돈고백', '새 알림이 있습니다.']]);

    // Who looks at the page sees it there.
    await page.goto(`${at.program.url}/notifications`);
    await rows(page).first().waitFor();
    await worker.push({ title: '돈고백', body: '보고 있을 때', tag: 'REPLY-1', url: '/notifications' });
    await worker.push({ title: '돈고백', body: '새 알림이 있습니다.', tag: `FEED_LIKE-${feedId}`, url: '/notifications' });
    await until(async () => (await worker.shown()).length === 0, 'nothing stays shown over the page');
  },

  async 'what is pressed opens in the page that is there, else in a new one, and nothing of another site'(at) {
    const { page } = await at.guest();
    await page.context().grantPermissions(['notifications'], { origin: at.program.url });
    await page.goto(`${at.program.url}/settings`);
    const worker = await pushing(page);
    assert.deepEqual(await worker.press('/notifications'), { focused: 1, opened: [], left: 0 });
    await page.waitForURL('**/notifications');
    assert.deepEqual(await worker.press('https://elsewhere.example/'), { focused: 0, opened: [], left: 0 });
    assert.equal(new URL(page.url()).pathname, '/notifications');
    await page.goto('about:blank');
    assert.deepEqual(await worker.press('/notifications'), { focused: 0, opened: [`${at.program.url}/notifications`], left: 0 });
  },

  async 'a subscription that the browser puts in place of another is told at once, and made where there is none'(at) {
    const { page } = await at.guest();
    const worker = await pushing(page);
    const { publicKey } = (await call(page, 'GET', '/api/v1/push/key')).data;
    const told = ['GET /api/v1/push/key 200', 'PUT /api/v1/push/subscriptions 200'];
    assert.deepEqual(await worker.renew({ has: true }), { called: told, subscribed: [] });
    assert.deepEqual(await worker.renew({ has: false }), {
      called: told,
      subscribed: [{ userVisibleOnly: true, applicationServerKey: publicKey }]
    });
    // Whose session is over is nobody's: the page does it when somebody signs in.
    await page.context().clearCookies();
    assert.deepEqual((await worker.renew({ has: true })).called.at(-1), 'PUT /api/v1/push/subscriptions 401');
  }
};

/** In the worker: what a browser does when somebody presses what is shown. Only its own events may wait, focus and open. */
async function pressed(url) {
  const seen = { focused: 0, opened: [] };
  let done;
  ExtendableEvent.prototype.waitUntil = (promise) => (done = promise);
  WindowClient.prototype.focus = async function () {
    seen.focused++;
    return this;
  };
  self.clients.openWindow = async (at) => void seen.opened.push(String(at));
  await self.registration.showNotification('돈고백', { tag: 'pressed', data: url });
  const [notification] = await self.registration.getNotifications({ tag: 'pressed' });
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  await done;
  return { ...seen, left: (await self.registration.getNotifications({ tag: 'pressed' })).length };
}

/** In the worker: the browser has another subscription, or none any more; its push service is not there in a test. */
async function renewed({ has }) {
  const seen = { called: [], subscribed: [] };
  const subscription = {
    endpoint: 'https://push.example/renewed',
    expirationTime: null,
    keys: {
      p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg'
    }
  };
  let done;
  ExtendableEvent.prototype.waitUntil = (promise) => (done = promise);
  PushManager.prototype.getSubscription = async () => (has ? subscription : null);
  PushManager.prototype.subscribe = async (options) => {
    seen.subscribed.push(options);
    return subscription;
  };
  self.fetched ??= self.fetch;
  self.fetch = async (path, options) => {
    const answer = await self.fetched(path, options);
    seen.called.push(`${options?.method ?? 'GET'} ${path} ${answer.status}`);
    return answer;
  };
  self.dispatchEvent(new ExtendableEvent('pushsubscriptionchange'));
  await done;
  return seen;
}

/** The page's service worker, to which the browser's push service could bring something. */
async function pushing(page) {
  const context = page.context();
  const origin = new URL(page.url()).origin;
  const devtools = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`);
      if (ours) resolve(ours.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return {
    push: (pushed) =>
      devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(pushed) }),
    press: (url) => worker.evaluate(pressed, url),
    renew: (browser) => worker.evaluate(renewed, browser),
    shown: () =>
      worker.evaluate(async () => (await self.registration.getNotifications()).map(({ title, body }) => [title, body]))
  };
}
