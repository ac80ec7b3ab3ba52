/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, version } from '$service-worker';

// Caches the shell only: the built files and the one page that starts them. Never an answer of the API.
const worker = self as unknown as ServiceWorkerGlobalScope;
const prefix = 'shell-';
const name = `${prefix}${version}`;
const hashed = '/_app/immutable/';
const shell = '/index.html';
const cached = new Set(build);

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll([shell, ...build.filter((file) => !/\/(chart-|moderation-|walk[-.])/.test(file))]))
      .catch(async (error: unknown) => {
        // An empty one would be taken for the former version's.
        if ((await (await caches.open(name)).keys()).length === 0) await caches.delete(name);
        throw error;
      })
      .then(() => worker.skipWaiting())
  );
});

/** Of the versions before only the last is kept: pages of it may be open still, and the server has another by now. */
async function forgetOlder(): Promise<void> {
  const others = (await caches.keys()).filter((known) => known !== name);
  const former = others.filter((known) => known.startsWith(prefix)).at(-1);
  await Promise.all(others.filter((known) => known !== former).map((known) => caches.delete(known)));
}

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return;
  if (url.pathname.startsWith(hashed)) {
    event.respondWith(fromCache(event.request, url.pathname));
  } else if (event.request.mode === 'navigate') {
    event.respondWith(page(event.request));
  }
});

/** A proxy before a server that is away answers by itself: the page says that better, and tries again. */
async function page(request: Request): Promise<Response> {
  const answer = await fetch(request).catch(() => null);
  if (answer && ![502, 503, 504].includes(answer.status)) return answer;
  return (await (await caches.open(name)).match(shell)) ?? answer ?? Response.error();
}

/** Built files never change under their name: what is cached, of this version or the one before, is right. */
async function fromCache(request: Request, path: string): Promise<Response> {
  const known = await caches.match(path);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && cached.has(path)) await (await caches.open(name)).put(path, answer.clone());
  return answer;
}

/** What the server pushes: it names nobody. */
interface Pushed {
  title: string;
  body: string;
  tag: string;
  url: string;
}

worker.addEventListener('push', (event) => {
  const pushed = event.data?.json() as Pushed | undefined;
  if (pushed) event.waitUntil(show(pushed));
});

/** Browsers want something to be shown each time; who looks at the page sees it there, and the rest is in the way. */
async function show({ title, body, tag, url }: Pushed): Promise<void> {
  const looks = (await pages()).some((each) => each.visibilityState === 'visible');
  await worker.registration.showNotification(title, {
    body,
    tag,
    icon: '/icon-192.png',
    data: url,
    silent: looks
  });
  if (looks) for (const shown of await worker.registration.getNotifications({ tag })) shown.close();
}

const pages = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true });

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** In a page that is open already, if there is one. */
async function open(path: string): Promise<void> {
  const url = new URL(path, worker.location.origin);
  if (url.origin !== worker.location.origin) return;
  const [page] = await pages();
  if (!page) return void (await worker.clients.openWindow(url));
  await page.focus();
  // Only pages that this worker serves can be led on by it.
  await page.navigate(url).catch(() => worker.clients.openWindow(url));
}

/** The browser has put another subscription in place of ours, or wants to. */
worker.addEventListener('pushsubscriptionchange', (event) => {
  (event as ExtendableEvent).waitUntil(renew());
});

async function renew(): Promise<void> {
  const key = await fetch('/api/v1/push/key').then((answer) => answer.json() as Promise<{ data: { publicKey: string } }>);
  const subscription =
    (await worker.registration.pushManager.getSubscription()) ??
    (await worker.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key.data.publicKey
    }));
  // Where the session is over, the page does it when it is opened.
  await fetch('/api/v1/push/subscriptions', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(subscription)
  });
}
