import { answerOf, Refused, service } from './client.ts';

/*
 * Push messages to this browser. The service worker (web/worker) shows them and leads to the alert; the browser's own
 * push service brings them, also while no page is open.
 */

const workerUrl = '/service-worker.js';
const logOutWaitsMs = 2_000;

/** `unsupported`: this browser cannot, or only once the page is on the home screen (iPhone). `denied`: its owner said no. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

/** Makes the service worker ready; the page works without one. */
export async function startWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  // A browser that forbids it (private window) or a connection that is gone.
  return navigator.serviceWorker.register(workerUrl).catch(() => undefined);
}

/** Somebody pressed a notification while a page was open: the page goes there. */
export function onNotificationPressed(go: (path: string) => void): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('open' in data)) return;
    if (typeof data.open === 'string' && data.open.startsWith('/')) go(data.open);
  });
}

export async function pushState(): Promise<PushState> {
  if (!('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await subscription()) === null ? 'off' : 'on';
}

/** Asks the owner of the browser, subscribes, and tells the service, also in which language they read. Throws `Refused` (status 0: the push service). */
export async function turnPushOn(language: 'zh' | 'en'): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  const { publicKey } = await answerOf(service.GET('/api/v1/push-key'));
  const registration = await startWorker();
  if (registration === undefined) return 'unsupported';
  const made = await registration.pushManager
    .subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
    .catch(notSubscribed);
  const { endpoint = '', expirationTime = null, keys = {} } = made.toJSON();
  const { p256dh = '', auth = '' } = keys;
  await answerOf(service.PUT('/api/v1/me/push', { body: { endpoint, expirationTime, keys: { p256dh, auth } } }));
  await answerOf(service.PATCH('/api/v1/me', { body: { language } }));
  return 'on';
}

/** This browser gets nothing any more: the service is told, and the browser forgets. Throws `Refused`. */
export async function turnPushOff(): Promise<PushState> {
  const known = await subscription();
  if (known === null) return 'off';
  await known.unsubscribe();
  await answerOf(service.DELETE('/api/v1/me/push', { body: { endpoint: known.endpoint } }));
  return 'off';
}

/** Has the service send this browser a message that only says so. Throws `Refused`. */
export async function tryPush(): Promise<'sent' | 'failed' | 'off'> {
  const known = await subscription();
  if (known === null) return 'off';
  const { outcome } = await answerOf(service.POST('/api/v1/me/push/test', { body: { endpoint: known.endpoint } }));
  return outcome;
}

/** Before logging out: the next who uses this browser must not read about somebody else's mother. Never fails, waits 2 s at most. */
export async function takePushBack(): Promise<void> {
  const waited = new Promise<void>((done) => setTimeout(done, logOutWaitsMs));
  const off = turnPushOff().then(
    () => undefined,
    () => undefined, // unsubscribed all the same: the push service refuses what still comes
  );
  await Promise.race([off, waited]);
}

async function subscription(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

function notSubscribed(error: unknown): never {
  throw new Refused(0, error instanceof Error ? error.message : String(error));
}
