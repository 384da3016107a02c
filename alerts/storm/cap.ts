import type { Notification } from '../../model/notification.ts';

/** More than so many messages to one person in that time, and what can wait becomes one. */
export const messagesAtMost = 10;
export const withinMs = 600_000;
/** Addresses remembered; with more, those used longest ago are forgotten. */
const addressesAtMost = 20_000;

/**
 * How much each person was sent lately, by address: one person may be a contact of two residents. P1 and P2 count and are
 * never held. The count starts anew with the service; what was held stays held, for its time is stored.
 */
export class Cap {
  readonly #sent = new Map<string, readonly number[]>();

  /** How long (ms) until one more may go; 0: now. */
  waitMs(notification: Notification, nowMs: number): number {
    if (notification.severity <= 'P2') return 0;
    const sent = (this.#sent.get(keyOf(notification)) ?? []).filter((atMs) => atMs <= nowMs);
    const oldest = sent.at(-messagesAtMost);
    return oldest === undefined || sent.length < messagesAtMost ? 0 : Math.max(0, oldest + withinMs - nowMs);
  }

  sent(notification: Notification, nowMs: number): void {
    const key = keyOf(notification);
    const sent = [...(this.#sent.get(key) ?? []), nowMs].slice(-messagesAtMost);
    this.#sent.delete(key); // to the end: newest last
    this.#sent.set(key, sent);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > addressesAtMost && oldest !== undefined) this.#sent.delete(oldest);
  }
}

function keyOf({ channel, address }: Notification): string {
  return `${channel} ${address}`;
}
