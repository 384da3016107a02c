import type { BrowserContext, CDPSession, Page, Worker } from 'playwright-core';
import { browser } from '../../alerts/support/providers/push.ts';
import { eventually } from '../../support/service.ts';

export type Notice = {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly requireInteraction: boolean;
  readonly actions: readonly { readonly action: string; readonly title: string }[];
};

/**
 * A telephone whose push service is `endpoint`: it reads what was encrypted for it and wakes the page's service worker
 * with it. Only what a headless browser lacks is put in its place: subscribing, and the hand that presses a notification.
 */
export class Phone {
  readonly #keys = browser();
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** A script that runs before those of the page. */
  get subscribing(): string {
    const [p256dh, auth] = this.#keys.secret.split('.');
    const json = JSON.stringify({ endpoint: this.#endpoint, expirationTime: null, keys: { p256dh, auth } });
    return `
      const subscription = { ...${json}, toJSON: () => (${json}), unsubscribe: async () => true };
      let isSubscribed = false;
      PushManager.prototype.subscribe = async () => { isSubscribed = true; return subscription; };
      PushManager.prototype.getSubscription = async () => (isSubscribed ? subscription : null);
      Notification.requestPermission = async () => 'granted';
    `;
  }

  /** What only this telephone can read (RFC 8291). */
  read(body: Buffer): string {
    return this.#keys.read(body);
  }
}

/** The service worker of a page, as its browser sees it. */
export class NoticeBoard {
  readonly #tools: CDPSession;
  readonly #worker: Worker;
  readonly #origin: string;
  readonly #registrationId: string;

  private constructor(tools: CDPSession, worker: Worker, origin: string, registrationId: string) {
    this.#tools = tools;
    this.#worker = worker;
    this.#origin = origin;
    this.#registrationId = registrationId;
  }

  static async of(page: Page): Promise<NoticeBoard> {
    const context: BrowserContext = page.context();
    const { origin } = new URL(page.url());
    await context.grantPermissions(['notifications'], { origin });
    await page.evaluate<unknown>('navigator.serviceWorker.ready.then(() => 0)');
    const tools = await context.newCDPSession(page);
    const registrationId = await new Promise<string>((resolve) => {
      tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
        if (ours !== undefined) resolve(ours.registrationId);
      });
      void tools.send('ServiceWorker.enable');
    });
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    return new NoticeBoard(tools, worker, origin, registrationId);
  }

  /** A push message comes in, as the browser hands it to the worker: decrypted. */
  async deliver(data: string): Promise<void> {
    const registration = { origin: this.#origin, registrationId: this.#registrationId };
    await this.#tools.send('ServiceWorker.deliverPushMessage', { ...registration, data });
  }

  /**
   * The same, until it is on the screen: Chromium loses one that is shown in the moment in which an earlier one of the same
   * tag is closed (2 of 25 here), and a closed one is what somebody pressed; on a busy machine it has lost a first one, too.
   */
  async show(data: string, tag: string): Promise<Notice> {
    const found = async () => (await this.shown()).find((notice) => notice.tag === tag);
    for (let tries = 0; tries < 5; tries++) {
      await this.deliver(data);
      // Given time: one that comes again while it is put up is taken down first, and whoever presses then finds none.
      const notice = await eventually(found, 3_000);
      if (notice !== undefined) return notice;
    }
    throw new Error(`no notification ${tag} came up`);
  }

  /** What is on the screen of the telephone. */
  shown(): Promise<Notice[]> {
    return this.#worker.evaluate<Notice[]>(`registration.getNotifications().then((all) =>
      all.map(({ title, body, tag, requireInteraction, actions }) => ({ title, body, tag, requireInteraction, actions })))`);
  }

  /**
   * Somebody presses a notification, or a button of it. Resolves, once the worker is done, with the addresses it wanted a
   * new window for: only a real hand may open one. Rejects when the worker leaves the notification where it is (looking
   * for it would not do: one that was delivered twice may come up again).
   */
  press(tag: string, action = ''): Promise<string[]> {
    return this.#worker.evaluate<string[]>(`(async () => {
      const [notification] = await registration.getNotifications({ tag: ${JSON.stringify(tag)} });
      const opened = [];
      let isClosed = false;
      notification.close = () => { isClosed = true; Notification.prototype.close.call(notification); };
      clients.openWindow = async (url) => { opened.push(url); return null; };
      const event = new NotificationEvent('notificationclick', { notification, action: ${JSON.stringify(action)} });
      let done;
      Object.defineProperty(event, 'waitUntil', { value: (promise) => { done = promise; } });
      dispatchEvent(event);
      await done;
      if (!isClosed) throw new Error('what was pressed stays on the screen');
      return opened;
    })()`);
  }
}
