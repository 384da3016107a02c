/** What a push message of the service says (docs/CHANNELS.md). */
export type PushMessage = {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly alertId?: string;
  readonly severity?: string;
  readonly state?: string;
  /** Buttons, in the language of the message, and the links they stand for; absent where there is nothing to answer. */
  readonly actions?: readonly { readonly action: string; readonly title: string }[];
  readonly links?: Readonly<Record<string, string>>;
};

/** What a notification knows when it is pressed. */
export type Pressed = { readonly url: string; readonly links: Readonly<Record<string, string>> };

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
    readonly actions: readonly { readonly action: string; readonly title: string }[];
    readonly data: Pressed;
  };
};

/** How a message is shown: one for each alert, the newest of it; an emergency stays until somebody looks. Pure. */
export function shownOf({ id, title, body, alertId, severity, state, actions = [], links = {} }: PushMessage): Shown {
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
      actions,
      data: { url: addressOf(alertId), links },
    },
  };
}

/** Where a press leads: to the room of whoever is logged in, and there to the alert. Pure. */
export function addressOf(alertId: string | undefined): string {
  return alertId === undefined ? '/' : `/?alert=${encodeURIComponent(alertId)}`;
}

/**
 * The page of an answer's link, at the service this worker is of: the link in the message has the address people reach it
 * at from outside, which is not always the one this page came from. Pure.
 */
export function answerPathOf(link: string | undefined): string | undefined {
  return link === undefined ? undefined : new URL(link).pathname;
}
