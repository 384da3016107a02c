import type { Alert } from '../model/alert.ts';
import {
  afterNews,
  type Channel,
  type Delivery,
  type Notification,
  type NotificationState,
} from '../model/notification.ts';
import type { RecordStore } from '../store/contracts.ts';
import { afterAttempt } from './after-attempt.ts';
import { Deliverer } from './delivery.ts';
import { fallsOver } from './fall-over.ts';
import { Gate } from './gate.ts';
import { GoneEndpoints } from './gone.ts';
import { isDue, isTooOld } from './ladder.ts';
import { Lanes } from './lanes.ts';
import type { Log } from './log.ts';
import { Receipts } from './receipts.ts';
import { alsoAbout, Bundles, withoutNames } from './storm/bundles.ts';
import { Cap } from './storm/cap.ts';
import type { Ruling } from './storm/ruling.ts';

/** Read from the records at once; what is beyond waits there until these are done. */
const heldAtMost = 20_000;

export type OutboxParts = {
  readonly channels: readonly Channel[];
  readonly records: Pick<
    RecordStore,
    'dueNotifications' | 'updateNotifications' | 'notification' | 'setting' | 'putSetting'
  >;
  /** The alert as it is now. */
  readonly alertOf: (alertId: string) => Alert | undefined | Promise<Alert | undefined>;
  /** May it be sent now? */
  readonly ruling: (notification: Notification) => Ruling;
  /** Told of what will never be delivered, after that was stored. */
  readonly onFailed: (failed: readonly Notification[]) => void;
  /** Told when the recipient's next channel is to be used; may be told of the same one again after a restart. */
  readonly onHindered: (hindered: Notification) => void;
  readonly clock: () => number;
  /** In 0..1. */
  readonly random: () => number;
  readonly log: Log;
};

type Held = {
  notification: Notification;
  inLane: boolean;
  fellOver?: true;
  /** Goes out in this one, and shares what becomes of it. */
  mates?: readonly Held[];
};

/** Calls to one person about one notification; each that nobody takes counts against the provider's limit. */
const callsAtMost = 3;

/**
 * Sends what was decided, at least once. queued -> delivered | sent | failed; a failed attempt waits its turn on the
 * ladder. What is due is kept in the records, so that a restart goes on where it stopped. Receipts and answers take it
 * further: sent -> delivered -> read -> acknowledged, or failed.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #deliverer: Deliverer;
  readonly #held = new Map<string, Held>();
  readonly #lanes: Lanes<Held>;
  readonly #receipts: Receipts;
  readonly #gone: GoneEndpoints;
  readonly #gate: Gate;
  readonly #bundles = new Bundles<Held>();
  readonly #cap = new Cap();
  readonly #inFlight = new Set<AbortController>();
  #moreInRecords = false;
  #stopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#deliverer = new Deliverer(parts);
    this.#receipts = new Receipts(parts);
    this.#gone = new GoneEndpoints(parts);
    this.#gate = new Gate(this.#gone);
    this.#lanes = new Lanes<Held>(
      ({ notification }) => this.#gate.placeOf(notification),
      (held) => this.#attempt(held),
    );
  }

  /** Reads what an earlier run left. */
  async load(): Promise<void> {
    await this.#gone.load();
    await this.#readMore();
  }

  async #readMore(): Promise<void> {
    const left = await this.#parts.records.dueNotifications(Number.MAX_SAFE_INTEGER, heldAtMost);
    this.#moreInRecords = left.length === heldAtMost;
    for (const notification of left) this.#hold(notification);
  }

  /**
   * Takes new notifications and hands them to their channels in the same turn. `stored: false` when the records do not
   * have them yet: what becomes of them is written after `nowStored`.
   */
  take(notifications: readonly Notification[], stored = true): void {
    if (!stored) this.#receipts.hold(notifications);
    const nowMs = this.#parts.clock();
    const news = notifications.flatMap((notification) => this.#hold(notification) ?? []);
    for (const held of news) if (!this.#stopped && isDue(held.notification, nowMs)) this.#launch(held);
  }

  nowStored(notifications: readonly Notification[]): void {
    this.#receipts.release(notifications);
  }

  /** Sends what is due. Resolves when the receipts so far are stored; deliveries go on. */
  async tick(nowMs: number): Promise<void> {
    if (this.#stopped) return;
    this.#send(nowMs);
    await this.#receipts.flush();
    if (this.#moreInRecords && this.#held.size < heldAtMost / 2) await this.#readMore();
  }

  /**
   * A receipt or an answer: what became of a notification, by its id or at least the id's first 15 characters. Resolves
   * with how it is now, stored; undefined when there is none.
   */
  async news(id: string, state: NotificationState, reason?: string): Promise<Notification | undefined> {
    const known = await this.find(id);
    if (known === undefined) return undefined;
    const news = afterNews(known, state, reason);
    if (news === known) return known;
    const next = state === 'read' ? { ...news, readAtMs: this.#parts.clock() } : news;
    await this.#settle(next);
    return next;
  }

  /** Nobody took the call: once more after `afterMs`, up to three times, then it has failed. */
  async again(id: string, reason: string, afterMs: number): Promise<void> {
    const known = await this.find(id);
    if (known?.state !== 'sent') return;
    if (known.attempts >= callsAtMost) return void (await this.news(known.id, 'failed', reason));
    const nextAttemptAtMs = this.#parts.clock() + afterMs;
    const next = { ...known, state: 'queued', failure: reason, heldForMs: afterMs, nextAttemptAtMs } as const;
    this.#hold(next);
    this.#receipts.add(next);
    await this.#receipts.flush(); // the provider reports once
    this.#noteTrouble({ notification: next, inLane: false });
  }

  /** How it is now, with what is not stored yet. */
  async find(id: string): Promise<Notification | undefined> {
    const known = this.#held.get(id)?.notification ?? this.#receipts.latest(id);
    if (known !== undefined) return known;
    const stored = await this.#parts.records.notification(id); // also by the beginning of its id
    return stored && (this.#held.get(stored.id)?.notification ?? this.#receipts.latest(stored.id) ?? stored);
  }

  async #settle(next: Notification): Promise<void> {
    const held = this.#held.get(next.id);
    if (held !== undefined) held.notification = next;
    if (held !== undefined && !held.inLane) this.#letGo(held);
    this.#receipts.add(next);
    await this.#receipts.flush();
  }

  /** Lets attempts in flight end; after `withinMs` they are cut and stay due. */
  async stop(withinMs: number): Promise<void> {
    this.#stopped = true;
    this.#lanes.clear();
    const untilMs = performance.now() + withinMs;
    while (this.#inFlight.size > 0 && performance.now() < untilMs) await pause();
    for (const controller of this.#inFlight) controller.abort();
    await this.#receipts.flush();
  }

  #hold(notification: Notification): Held | undefined {
    if (this.#held.has(notification.id) || notification.state !== 'queued') return undefined;
    const held: Held = { notification, inLane: false };
    this.#held.set(notification.id, held);
    this.#bundles.add(held);
    return held;
  }

  #letGo(held: Held): void {
    this.#held.delete(held.notification.id);
    this.#bundles.remove(held);
  }

  #send(nowMs: number): void {
    for (const held of this.#held.values()) {
      if (!held.inLane && isDue(held.notification, nowMs)) this.#launch(held);
    }
  }

  /** With everything that can wait and goes to the same place; P1 and P2 alone and at once. */
  #launch(held: Held): void {
    if (held.inLane || !this.#mayGo(held)) return;
    const waitMs = this.#cap.waitMs(held.notification, this.#parts.clock());
    if (waitMs > 0) {
      this.#holdBack(held, 'too many messages in ten minutes: it goes with others', waitMs);
      return;
    }
    const [first = held, ...mates] = this.#bundles.around(held).filter((one) => one === held || this.#mayGo(one));
    const also = alsoAbout(
      first.notification,
      mates.map(({ notification }) => notification),
    );
    if (also.length > 0) first.notification = { ...first.notification, also };
    first.mates = mates;
    for (const one of [first, ...mates]) one.inLane = true;
    this.#lanes.add(first);
  }

  #mayGo(held: Held): boolean {
    const ruling = this.#parts.ruling(held.notification);
    if (ruling.may === 'go') return true;
    if (ruling.may === 'withhold') {
      held.notification = { ...held.notification, state: 'withheld', failure: ruling.reason };
      this.#letGo(held);
      this.#receipts.add(held.notification);
    } else if (held.notification.failure !== ruling.reason) {
      held.notification = { ...held.notification, failure: ruling.reason };
      this.#receipts.add(held.notification);
    }
    return false;
  }

  async #attempt(held: Held): Promise<void> {
    const { notification } = held;
    const passage = this.#gate.pass(notification, this.#parts.clock());
    if (passage.may === 'wait') return this.#holdBack(held, passage.reason, passage.waitMs);
    if (passage.may === 'refuse') return this.#conclude(held, { outcome: 'rejected', reason: passage.reason }, 0);
    this.#cap.sent(notification, this.#parts.clock());
    const controller = new AbortController();
    this.#inFlight.add(controller);
    const delivery = await this.#deliverer.deliver(notification, controller);
    this.#inFlight.delete(controller);
    held.inLane = false;
    if (controller.signal.aborted && this.#stopped) return; // cut short by us: still due, found again at the next start
    this.#gate.heard(notification, delivery, this.#parts.clock());
    this.#conclude(held, delivery, 1);
  }

  #conclude(held: Held, delivery: Delivery, attempts: 0 | 1): void {
    held.inLane = false;
    held.notification = withoutNames(this.#after(held.notification, delivery, attempts));
    if (held.notification.state !== 'queued') this.#letGo(held);
    this.#receipts.add(held.notification);
    this.#noteTrouble(held);
    for (const mate of this.#matesOf(held)) this.#conclude(mate, delivery, attempts);
  }

  /** They are on their own again. */
  #matesOf(held: Held): readonly Held[] {
    const { mates = [] } = held;
    delete held.mates;
    return mates;
  }

  /** Not tried, so no rung of its ladder is used up. Written once: after a restart it is asked again anyway. */
  #holdBack(held: Held, reason: string, waitMs: number): void {
    const nowMs = this.#parts.clock();
    const { notification } = held;
    if (isTooOld(notification, nowMs)) {
      this.#conclude(held, { outcome: 'rejected', reason }, 0);
      return;
    }
    held.inLane = false;
    const { also: _also, ...rest } = notification; // gathered anew then
    held.notification = { ...rest, failure: reason, heldForMs: waitMs, nextAttemptAtMs: nowMs + waitMs };
    if (notification.failure !== reason) this.#receipts.add(held.notification);
    this.#noteTrouble(held);
    for (const mate of this.#matesOf(held)) this.#holdBack(mate, reason, waitMs);
  }

  /** Somebody who has another channel is told there, once in each run. */
  #noteTrouble(held: Held): void {
    if (held.fellOver || !fallsOver(held.notification)) return;
    held.fellOver = true;
    this.#parts.onHindered(held.notification);
  }

  #after(notification: Notification, delivery: Delivery, attempts: 0 | 1): Notification {
    const { clock, random, log } = this.#parts;
    return afterAttempt(notification, { delivery, attempts, nowMs: clock(), random: random() }, log);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
