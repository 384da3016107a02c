import { afterNews, type Delivery, type Notification } from '../model/notification.ts';
import { waitMs } from './ladder.ts';
import type { Log } from './log.ts';

type Attempted = {
  readonly delivery: Delivery;
  /** 0 when it was refused before it was tried. */
  readonly attempts: 0 | 1;
  readonly nowMs: number;
  /** In 0..1. */
  readonly random: number;
};

/** The notification after an attempt: on its way, waiting for its next rung, or failed. Says in the log what went wrong. */
export function afterAttempt(notification: Notification, attempted: Attempted, log: Log): Notification {
  const { delivery, attempts, nowMs, random } = attempted;
  const { heldForMs: _heldForMs, ...rest } = notification;
  const tried: Notification = { ...rest, attempts: notification.attempts + attempts };
  if (delivery.outcome === 'delivered' || delivery.outcome === 'sent') return afterNews(tried, delivery.outcome);
  if (tried.state !== 'queued') return tried; // answered or received meanwhile, whatever the attempt says
  const { reason } = delivery;
  const asked = delivery.outcome === 'retry' ? delivery.afterMs : undefined;
  const wait = delivery.outcome === 'retry' ? waitMs(tried, random, asked) : undefined;
  note(tried, reason, wait, log);
  if (wait === undefined) return { ...tried, state: 'failed', failure: reason };
  return { ...tried, failure: reason, nextAttemptAtMs: nowMs + wait };
}

function note(
  { id, alertId, recipientId, channel, attempts }: Notification,
  reason: string,
  wait: number | undefined,
  log: Log,
): void {
  const fields = { notificationId: id, alertId, recipientId, channel, attempts, reason };
  if (wait === undefined) log.error(fields, 'a notification could not be delivered');
  else log.warn({ ...fields, againInMs: wait }, 'a notification is tried again');
}
