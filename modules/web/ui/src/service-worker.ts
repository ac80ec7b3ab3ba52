/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, version } from '$service-worker';

// Caches the shell only: the built files and the one page that starts them. Never an answer of the API.
const worker = self as unknown as ServiceWorkerGlobalScope;
const name = `shell-${version}`;
const shell = '/index.html';
const cached = new Set(build);

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll([shell, ...build.filter((file) => !file.includes('/chart-'))]))
      .then(() => worker.skipWaiting())
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((known) => known !== name).map((known) => caches.delete(known))))
      .then(() => worker.clients.claim())
  );
});

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return;
  if (cached.has(url.pathname)) {
    event.respondWith(fromCache(event.request));
  } else if (event.request.mode === 'navigate') {
    event.respondWith(page(event.request));
  }
});

/** A proxy before a server that is away answers by itself: the page says that better, and tries again. */
async function page(request: Request): Promise<Response> {
  const answer = await fetch(request).catch(() => null);
  return answer && ![502, 503, 504].includes(answer.status) ? answer : fromCache(new Request(shell));
}

/** Built files never change under their name: what is cached is right. */
async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
