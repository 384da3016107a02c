import type { AlertView } from './alert.ts';
import type { ChannelKind } from './people.ts';

export type NotificationState = 'queued' | 'sent' | 'delivered' | 'read' | 'acknowledged' | 'failed';

/** One message to one recipient over one channel. Its id comes from alert, reason, recipient and channel, so a replay cannot double it. */
export type Notification = {
  readonly id: string;
  readonly alertId: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly channel: ChannelKind;
  /** URL, mail address, MQTT topic: a secret, never logged. */
  readonly address: string;
  readonly secret?: string;
  readonly severity: AlertView['severity'];
  /** Why now: `opened`, `repeated`, `raised` (severity), `escalated`. */
  readonly reason: string;
  readonly queuedAtMs: number;
  readonly state: NotificationState;
  readonly attempts: number;
  readonly nextAttemptAtMs: number;
  /** Why the last attempt did not succeed. */
  readonly failure?: string;
};

/** What became of one attempt. `retry` may heal by itself, `rejected` will be the same tomorrow. */
export type Delivery =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'retry'; readonly reason: string; readonly afterMs?: number }
  | { readonly outcome: 'rejected'; readonly reason: string };

/** Sends once and says what happened; waiting, backing off and giving up belong to the outbox. */
export interface Channel {
  readonly kind: ChannelKind;
  send(notification: Notification, alert: AlertView, signal: AbortSignal): Promise<Delivery>;
}
