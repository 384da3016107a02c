import type { Delivery, Notification } from '../model/notification.ts';
import { Breakers } from './breaker.ts';
import type { GoneEndpoints } from './gone.ts';
import type { Placed } from './lanes.ts';
import { Limits } from './limits.ts';

/** A P1 that would have to wait longer for a provider's limit is given up here: the next contact is told at once. */
const p1WaitsAtMostMs = 60_000;

/** `wait`: not now, and not its fault. `refuse`: no use trying. */
export type Passage =
  | { readonly may: 'go' }
  | { readonly may: 'wait'; readonly waitMs: number; readonly reason: string }
  | { readonly may: 'refuse'; readonly reason: string };

/** Between the outbox and the channels: endpoints that are gone, endpoints out of order, and providers' limits. */
export class Gate {
  readonly #breakers = new Breakers();
  readonly #limits = new Limits();
  readonly #gone: GoneEndpoints;

  constructor(gone: GoneEndpoints) {
    this.#gone = gone;
  }

  /** Asked right before an attempt; `go` counts as one. */
  pass(notification: Notification, nowMs: number): Passage {
    const { channel, address, severity } = notification;
    const isP1 = severity === 'P1';
    if (this.#gone.has(notification, nowMs)) return { may: 'refuse', reason: 'the endpoint said it is gone (410)' };
    const mendMs = this.#breakers.waitMs(channel, address, nowMs, isP1);
    if (mendMs > 0) return { may: 'wait', waitMs: mendMs, reason: 'the endpoint is out of order' };
    const roomMs = this.#limits.take(channel, address, nowMs, isP1);
    if (roomMs === 0) return { may: 'go' };
    const reason = `the limit of ${channel} for this address is reached`;
    return isP1 && roomMs > p1WaitsAtMostMs ? { may: 'refuse', reason } : { may: 'wait', waitMs: roomMs, reason };
  }

  heard(notification: Notification, delivery: Delivery, nowMs: number): void {
    const { channel, address } = notification;
    // Too much, or not this: whoever says so is well.
    const isWell = delivery.outcome !== 'retry' || delivery.limited === true;
    this.#breakers.heard(channel, address, isWell, nowMs);
    if (delivery.outcome === 'rejected' && delivery.gone) this.#gone.add(notification, nowMs);
    else if (delivery.outcome !== 'retry') this.#gone.remove(notification);
  }

  /**
   * Where an endpoint hangs, those that were tried before go first: a few messages keep to their ladder, and the first
   * that gets through clears the way for all. Everywhere else news go before repetitions.
   */
  placeOf(notification: Notification): Placed {
    const { channel, address, severity, attempts } = notification;
    const suspect = this.#breakers.isOpen(channel, address);
    return {
      lane: `${channel} ${address}`,
      rank: Number(severity.slice(1)) - 1,
      suspect,
      ahead: suspect && attempts > 0,
    };
  }
}
