import { z } from 'zod';
import type { AlertView } from './alert.ts';
import type { ChannelKind, ContactChannel, Language } from './people.ts';

/** `withheld`: never sent, because there was no reason to any more; `failure` says why. */
export const NotificationState = z.enum(['queued', 'sent', 'delivered', 'read', 'acknowledged', 'failed', 'withheld']);
export type NotificationState = z.infer<typeof NotificationState>;

/** One message to one recipient over one channel. Its id comes from alert, reason, recipient and channel, so a replay cannot double it. */
export type Notification = {
  readonly id: string;
  readonly alertId: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly language?: Language;
  /** Who it is about, as the recipient knows them. Personal: in messages, never in a log. */
  readonly residentName?: string;
  readonly channel: ChannelKind;
  /** URL, mail address, telephone number, user name: a secret, never logged. */
  readonly address: string;
  readonly secret?: string;
  /** The recipient's other channels, to be used one after the other when this one is no good. */
  readonly fallbacks?: readonly ContactChannel[];
  readonly severity: AlertView['severity'];
  /** Why now: `opened`, `repeated`, `raised` (severity), `escalated`, `digest`, … */
  readonly reason: string;
  readonly queuedAtMs: number;
  readonly state: NotificationState;
  /** Times it was handed to the channel. */
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** How long it is held back without having been tried: a provider's limit, or an endpoint that is out of order. */
  readonly heldForMs?: number;
  /** When the recipient opened it, as far as anybody says. */
  readonly readAtMs?: number;
  /** Why the last attempt did not succeed, or why it is held back. */
  readonly failure?: string;
  /** The other alerts this one message stands for. Names are there while it is sent, and never stored. */
  readonly also?: readonly { readonly alertId: string; readonly residentName?: string }[];
};

/** What became of one attempt. `retry` may heal by itself, `rejected` will be the same tomorrow. */
export type Delivery =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'sent' }
  | {
      readonly outcome: 'retry';
      readonly reason: string;
      readonly afterMs?: number;
      /** The endpoint is well and says that it was too much: nothing is wrong with it. */
      readonly limited?: true;
    }
  | {
      readonly outcome: 'rejected';
      readonly reason: string;
      /** The endpoint says that it will never take anything again. */
      readonly gone?: true;
    };

/** Sends once and says what happened; waiting, backing off and giving up belong to the outbox. */
export interface Channel {
  readonly kind: ChannelKind;
  send(notification: Notification, alert: AlertView, signal: AbortSignal): Promise<Delivery>;
}

const order: readonly NotificationState[] = [
  'queued',
  'withheld',
  'failed',
  'sent',
  'delivered',
  'read',
  'acknowledged',
];

/**
 * The notification after news of it. News come in any order (a receipt may overtake the answer to the request), so the
 * state only ever goes forward: what was read was not merely sent. Only `sent` can still turn out to have failed.
 * Returns the same object when there is nothing new.
 */
export function afterNews(notification: Notification, state: NotificationState, reason?: string): Notification {
  const fails = state === 'failed' && (notification.state === 'sent' || notification.state === 'queued');
  if (!fails && order.indexOf(state) <= order.indexOf(notification.state)) return notification;
  const { failure: _failure, ...rest } = notification;
  return { ...rest, state, ...(reason !== undefined && { failure: reason }) };
}
