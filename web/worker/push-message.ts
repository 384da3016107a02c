/** What a push message of the service says (docs/CHANNELS.md). */
export type PushMessage = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly alertId?: string;
  readonly severity?: string;
  readonly state?: string;
};

type Shown = {
  readonly title: string;
  readonly options: {
    readonly body: string;
    readonly tag: string;
    /** It makes itself heard again, though there is one already. */
    readonly renotify: boolean;
    readonly requireInteraction: boolean;
    readonly icon: string;
    readonly badge: string;
    readonly data: { readonly url: string };
  };
};

/** How a message is shown: one for each alert, the newest of it; an emergency stays until somebody looks. Pure. */
export function shownOf({ id, title, body, alertId, severity, state }: PushMessage): Shown {
  const isOpen = state !== 'resolved';
  return {
    title,
    options: {
      body,
      tag: alertId ?? id,
      renotify: isOpen,
      requireInteraction: severity === 'P1' && isOpen,
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      data: { url: addressOf(alertId) },
    },
  };
}

/** Where a press leads: to the room of whoever is logged in, and there to the alert. Pure. */
export function addressOf(alertId: string | undefined): string {
  return alertId === undefined ? '/' : `/?alert=${encodeURIComponent(alertId)}`;
}
