// Tells a walker what happens while no page is open. It is not the page's service worker, serves no page and keeps
// nothing: its registration is there for the subscription alone, which has nothing to do with the account's.

const pages = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener('push', (event) => {
  const pushed = event.data?.json();
  if (pushed) event.waitUntil(show(pushed));
});

/** Browsers want something to be shown each time; who looks at walking's pages sees it there. */
async function show({ title, body, tag, url }) {
  const looks = (await pages()).some((each) => each.visibilityState === 'visible' && walks(each));
  await self.registration.showNotification(title, { body, tag, icon: '/icon-192.png', data: url, silent: looks });
  if (looks) for (const shown of await self.registration.getNotifications({ tag })) shown.close();
}

const walks = (page) => /^\/walk(\/|$)/.test(new URL(page.url).pathname);

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** In a page that walks already, if there is one: it is asked, since only a page that this worker serves could be led on. */
async function open(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin || !/^\/walk(\/|$)/.test(url.pathname)) return;
  const page = (await pages()).find(walks);
  if (!page) return void (await self.clients.openWindow(url));
  page.postMessage({ walk: url.pathname });
  await page.focus();
}

/** The browser has put another subscription in place of this one, or wants to. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew()));

async function renew() {
  const manager = self.registration.pushManager;
  const { data } = await (await fetch('/api/v1/walkers/push/key')).json();
  const subscription =
    (await manager.getSubscription()) ??
    (await manager.subscribe({ userVisibleOnly: true, applicationServerKey: data.publicKey }));
  // Where the session is over, the page does it when it is opened.
  await fetch('/api/v1/walkers/devices', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ subscription })
  });
}
