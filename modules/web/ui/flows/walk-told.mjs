// What a walker is told in a browser while no page is open, and that nothing of it is what the account is told by.
import assert from 'node:assert/strict';

import { call, said, until } from './visit.mjs';
import { open, walker } from './walking.mjs';

const scope = '/walk/pushes/';
const box = (page) => page.locator('input[name=push]');

/** Browsers' push services are not there in a test: a registration has a subscription of the test's own. */
function subscribesByItself() {
  const key = (registration) => `test-push ${new URL(registration.scope).pathname}`;
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0)).buffer;
  const text = (of) => btoa(String.fromCharCode(...new Uint8Array(of))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const made = (registration) => {
    const known = JSON.parse(localStorage.getItem(key(registration)) ?? 'null');
    return (
      known && {
        endpoint: known.endpoint,
        options: { applicationServerKey: bytes(known.of) },
        toJSON: () => ({
          endpoint: known.endpoint,
          expirationTime: null,
          keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: known.auth }
        }),
        unsubscribe: async () => (localStorage.removeItem(key(registration)), true)
      }
    );
  };
  Object.defineProperty(ServiceWorkerRegistration.prototype, 'pushManager', {
    get() {
      return {
        getSubscription: async () => made(this),
        subscribe: async ({ applicationServerKey }) => {
          const random = () => text(crypto.getRandomValues(new Uint8Array(16)).buffer);
          localStorage.setItem(key(this), JSON.stringify({ endpoint: `https://push.example/${random()}`, auth: random(), of: text(applicationServerKey) }));
          return made(this);
        }
      };
    }
  });
  const leave = ServiceWorkerRegistration.prototype.unregister;
  ServiceWorkerRegistration.prototype.unregister = function () {
    localStorage.removeItem(key(this));
    return leave.call(this);
  };
}
const held = (page, of) => page.evaluate((path) => JSON.parse(localStorage.getItem(`test-push ${path}`) ?? 'null'), of);
const scopes = (page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map((each) => new URL(each.scope).pathname).sort());

/** A walker in a browser that may be told of something, and all that its pages send. */
async function tellable(at) {
  const { page, context, name } = await walker(at);
  await context.grantPermissions(['notifications'], { origin: at.program.url });
  await page.addInitScript(subscribesByItself);
  const sent = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) sent.push({ path: new URL(request.url()).pathname, method: request.method(), body: request.postData() ?? '' });
  });
  return { page, context, name, sent };
}
async function turn(at, page, path, on) {
  await open(at, page, path, 'input[name=push]');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until(async () => (await box(page).isEnabled()) && (await box(page).isChecked()) !== on, 'it can be turned');
  await box(page).click();
  await until(async () => (await box(page).count()) === 1 && (await box(page).isEnabled()) && (await box(page).isChecked()) === on, `it is ${on ? 'on' : 'off'}`);
}

/** The worker of a scope, to which the browser's push service could bring something. */
async function workerOf(page, path) {
  const context = page.context();
  const origin = new URL(page.url()).origin;
  const devtools = await context.newCDPSession(page);
  const registered = new Promise((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}${path}` && !isDeleted);
      if (found) resolve(found.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  const registrationId = await registered;
  return {
    push: (pushed) => devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(pushed) }),
    shown: () =>
      page.evaluate(
        async (of) => {
          const all = await navigator.serviceWorker.getRegistrations();
          const found = all.find((each) => new URL(each.scope).pathname === of);
          return found ? (await found.getNotifications()).map(({ title, body }) => [title, body]) : null;
        },
        path
      )
  };
}

/** In a worker: what a browser does when somebody presses what is shown. */
async function pressed(url) {
  const seen = { focused: 0, opened: [] };
  let done;
  ExtendableEvent.prototype.waitUntil = (promise) => (done = promise);
  WindowClient.prototype.focus = async function () {
    seen.focused++;
    return this;
  };
  self.clients.openWindow = async (at) => void seen.opened.push(String(at));
  await self.registration.showNotification('걷기', { tag: 'pressed', data: url });
  const [notification] = await self.registration.getNotifications({ tag: 'pressed' });
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  await done;
  return seen;
}

export const walkTold = {
  async 'a walker is told in this browser by a subscription that has nothing of the account’s'(at) {
    const { page, sent } = await tellable(at);
    await turn(at, page, '/settings', true);
    assert.deepEqual(await scopes(page), ['/']);
    await open(at, page, '/walk/settings', '#pushes input');
    assert.equal(await box(page).isChecked(), false, 'the account’s switch is not this one');
    await turn(at, page, '/walk/settings', true);
    assert.deepEqual(await scopes(page), ['/', scope]);

    const [accounts, walkers] = [await held(page, '/'), await held(page, scope)];
    const keys = [(await call(page, 'GET', '/api/v1/push/key')).data.publicKey, (await call(page, 'GET', '/api/v1/walkers/push/key')).data.publicKey];
    assert.deepEqual([accounts.of, walkers.of], keys);
    for (const name of ['endpoint', 'auth', 'of']) assert.notEqual(accounts[name], walkers[name], name);
    const to = (subscription) => [...new Set(sent.filter(({ body }) => body.includes(subscription.endpoint)).map(({ path, method }) => `${method} ${path}`))];
    assert.deepEqual(to(accounts), ['PUT /api/v1/push/subscriptions']);
    assert.deepEqual(to(walkers), ['PUT /api/v1/walkers/devices']);
    const kept = await page.evaluate(() => ({ ...localStorage }));
    const { walkerId } = (await call(page, 'GET', '/api/v1/walkers/me')).data;
    assert.equal(kept['walk-push'], walkerId);
    assert.deepEqual(Object.keys(kept).filter((name) => !name.startsWith('test-push') && kept[name].includes(walkerId)), ['walk-push']);
    // Pages of walking are the account's worker's, which keeps them for when there is no connection.
    assert.equal(await page.evaluate(async () => new URL((await navigator.serviceWorker.ready).scope).pathname), '/');

    // Each is turned off alone.
    await turn(at, page, '/settings', false);
    assert.deepEqual([await held(page, '/'), await held(page, scope)], [null, walkers]);
    await turn(at, page, '/settings', true);
    const again = await held(page, '/');
    await turn(at, page, '/walk/settings', false);
    assert.deepEqual([await held(page, '/'), await held(page, scope)], [again, null]);
    assert.deepEqual(await scopes(page), ['/']);
    assert.ok(sent.some(({ method, path }) => method === 'DELETE' && path === '/api/v1/walkers/devices'));
  },

  async 'what is told is shown by the walker’s worker alone, not over walking’s pages, and leads to the right one'(at) {
    const { page } = await tellable(at);
    await turn(at, page, '/walk/settings', true);
    const own = await workerOf(page, scope);
    const accounts = await workerOf(page, '/');
    const cheer = { title: '응원', body: '지수님이 응원했습니다.', tag: 'CHEER-1', url: '/walk/notifications' };
    await open(at, page, '/settings', '#walk');
    await own.push(cheer);
    await own.push({ ...cheer, body: '지수님이 또 응원했습니다.' });
    await until(async () => (await own.shown()).length === 1, 'one of two with the same tag is shown');
    assert.deepEqual(await own.shown(), [['응원', '지수님이 또 응원했습니다.']]);
    assert.deepEqual(await accounts.shown(), []);
    await open(at, page, '/walk', 'main .own');
    await own.push(cheer);
    await until(async () => (await own.shown()).length === 0, 'nothing stays shown over walking’s pages');

    const worker = page.context().serviceWorkers().find((each) => each.url().endsWith('/walk-worker.js'));
    assert.deepEqual(await worker.evaluate(pressed, '/walk/notifications'), { focused: 1, opened: [] });
    await page.waitForURL('**/walk/notifications');
    for (const elsewhere of ['https://elsewhere.example/walk', '/settings', '/walking']) {
      assert.deepEqual(await worker.evaluate(pressed, elsewhere), { focused: 0, opened: [] }, elsewhere);
    }
    await open(at, page, '/settings', '#walk');
    assert.deepEqual(await worker.evaluate(pressed, '/walk/friends'), { focused: 0, opened: [`${at.program.url}/walk/friends`] });
    assert.equal(new URL(page.url()).pathname, '/settings');
  },

  async 'who signs out, leaves or goes elsewhere is told of nothing here any more, and the account goes on being told'(at) {
    const { page, context } = await tellable(at);
    await turn(at, page, '/settings', true);
    const accounts = await held(page, '/');
    const gone = async (why) => {
      await until(async () => (await scopes(page)).length === 1 && (await held(page, scope)) === null, why);
      assert.equal(await page.evaluate(() => localStorage.getItem('walk-push')), null);
      assert.deepEqual(await held(page, '/'), accounts);
    };
    await turn(at, page, '/walk/settings', true);
    await page.locator('#sign-out').click();
    await page.locator('input[name=consent]').waitFor();
    await gone('who has signed out');
    await page.locator('main form button.primary').click();
    await page.locator('main nav').waitFor();
    await open(at, page, '/walk/settings', '#pushes input');
    assert.equal(await box(page).isChecked(), false);
    await turn(at, page, '/walk/settings', true);
    // The session has ended elsewhere.
    await context.clearCookies({ name: /^walk_/ });
    await page.goto(`${at.program.url}/walk`);
    await page.locator('input[name=consent]').waitFor();
    await gone('whose session is over');
    await page.locator('main form button.primary').click();
    await page.locator('main nav').waitFor();
    await turn(at, page, '/walk/settings', true);
    await page.locator('#leave').click();
    await page.locator('dialog button.primary').click();
    await said(page, at.says.leftWalking);
    await gone('who has left');
  },

  async 'the switch says what the browser allows, and where there is none'(at) {
    const { page, context } = await walker(at);
    const forbidden = await context.newPage();
    await forbidden.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }));
    await open(at, forbidden, '/walk/settings', '#pushes');
    await forbidden.locator('#pushes').getByText(at.says.pushDenied).waitFor();
    assert.equal(await box(forbidden).count(), 0);
    const without = await context.newPage();
    await without.addInitScript(() => delete window.PushManager);
    await open(at, without, '/walk/settings', '#pushes');
    await without.locator('#pushes').getByText(at.says.pushAbsent).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    assert.deepEqual(await scopes(page), ['/']);
    // A push service that is away leaves it off, and says so.
    await context.grantPermissions(['notifications'], { origin: at.program.url });
    await page.addInitScript(() => {
      PushManager.prototype.subscribe = () => Promise.reject(new DOMException('no push service', 'NetworkError'));
    });
    await open(at, page, '/walk/settings', '#pushes input');
    await box(page).click();
    await said(page, at.says.notChanged);
    await until(async () => !(await box(page).isChecked()) && (await box(page).isEnabled()), 'it is off');
    assert.equal(await page.evaluate(() => localStorage.getItem('walk-push')), null);
  }
};
