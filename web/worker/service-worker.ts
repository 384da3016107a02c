/// <reference lib="webworker" />
import { answerPathOf, type Pressed, type PushMessage, shownOf } from './push-message.ts';

/*
 * Shows push messages and leads to what they are about. Keeps one page for when there is no connection; nothing else is
 * kept, so that nothing old is ever shown as if it were so now.
 */

// The compiler takes the global scope of a worker for that of any worker.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const cacheName = 'offline-1';
const offlineFiles = ['/offline.html', '/answer.css', '/icon.svg'];

worker.addEventListener('install', (event) => {
  event.waitUntil(keepOfflinePage());
  void worker.skipWaiting();
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldCaches());
});

worker.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(pageOrOffline(event.request));
  else if (offlineFiles.includes(new URL(event.request.url).pathname)) event.respondWith(fileOrKept(event.request));
});

worker.addEventListener('push', (event) => {
  const { title, options } = shownOf(event.data?.json() as PushMessage); // of our own service, encrypted for this browser
  event.waitUntil(worker.registration.showNotification(title, options));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const pressed = event.notification.data as Pressed; // as `shownOf` made it
  event.waitUntil(follow(event.action, pressed));
});

/** A press on the notification leads to the alert; on a button it answers, and taking it on leads there as well. */
async function follow(action: string, { url, links }: Pressed): Promise<void> {
  const path = answerPathOf(links[action]);
  if (path === undefined) return open(url);
  const isAnswered = await fetch(path, { method: 'POST' }).then(
    ({ ok }) => ok,
    () => false, // no connection
  );
  // Whose answer did not count has to know it: the page of the link says why, and can be tried again.
  if (!isAnswered) return openNew(path);
  if (action === 'claim') return open(url);
}

async function keepOfflinePage(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(offlineFiles);
}

async function forgetOldCaches(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
}

async function pageOrOffline(request: Request): Promise<Response> {
  return fetch(request).catch(async () => (await caches.match('/offline.html')) ?? Response.error());
}

async function fileOrKept(request: Request): Promise<Response> {
  return fetch(request).catch(async () => (await caches.match(request)) ?? Response.error());
}

/** In a page that is open already, else in a new one. */
async function open(url: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [page] = pages;
  if (page === undefined) return openNew(url);
  await page.focus().catch(() => undefined); // a system that lets nobody come to the front
  // A page that this worker does not control cannot be led by it: it is told, and goes itself.
  page.postMessage({ open: url });
}

async function openNew(url: string): Promise<void> {
  await worker.clients.openWindow(url);
}
