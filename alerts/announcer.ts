import type { Alert, TimelineEntry } from '../model/alert.ts';
import type { Notification } from '../model/notification.ts';
import type { AlertChange } from '../store/contracts.ts';
import type { AlertListener } from './contracts.ts';
import type { Ledger } from './ledger.ts';
import type { Log } from './log.ts';
import type { Outbox } from './outbox.ts';

/**
 * Stores changes, then tells of them: notifications to the outbox, the change to whoever listens. When the records
 * refuse, P1 is told from memory and the rest once it is stored.
 */
export class Announcer {
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #log: Log;
  readonly #listeners: AlertListener[] = [];
  /** Told although the records did not have them: not told again when they are stored. */
  readonly #toldEarly = new Set<AlertChange>();
  readonly #whenStored = new Map<AlertChange, () => void>();
  /** By the signal that caused it: a change decided, and not in the records yet. */
  readonly #storing = new Map<string, Promise<void>>();

  constructor(ledger: Ledger, outbox: Outbox, log: Log) {
    this.#ledger = ledger;
    this.#outbox = outbox;
    this.#log = log;
  }

  listen(listener: AlertListener): void {
    this.#listeners.push(listener);
  }

  /** Returns a promise for each change that could not be stored; it settles when it is. */
  async write(changes: readonly AlertChange[], nowMs: number): Promise<readonly Promise<void>[]> {
    if (changes.length === 0) return [];
    const { stored, behind } = await this.#ledger.write(changes, nowMs);
    this.tell(stored);
    const urgent = behind.filter(({ alert }) => alert.severity === 'P1');
    for (const change of urgent) this.#toldEarly.add(change);
    this.tell(urgent, false);
    return behind.map((change) => this.#promise(change));
  }

  /** The same for what can wait; its messages are handed back, to be sent together with those of other changes. */
  async writeOnly(changes: readonly AlertChange[], nowMs: number): Promise<readonly Notification[]> {
    const { stored, behind } = await this.#ledger.write(changes, nowMs);
    this.#show(stored);
    for (const change of behind) void this.#promise(change);
    return stored.flatMap(({ notifications }) => notifications);
  }

  send(notifications: readonly Notification[], stored = true): void {
    this.#outbox.take(notifications, stored);
  }

  /** When what this signal caused is stored; undefined when nothing of it waits. */
  storing(signalId: string): Promise<void> | undefined {
    return this.#storing.get(signalId);
  }

  /** Tries again what the records refused, when its time has come or `atOnce`. */
  async retry(nowMs: number, atOnce = false): Promise<void> {
    const stored = await this.#ledger.retry(nowMs, atOnce);
    this.tell(stored.filter((change) => !this.#toldEarly.has(change)));
    for (const change of stored) {
      if (this.#toldEarly.delete(change)) this.#outbox.nowStored(change.notifications);
      this.#whenStored.get(change)?.();
      this.#whenStored.delete(change);
      if (change.signalId !== undefined) this.#storing.delete(change.signalId);
    }
  }

  #promise(change: AlertChange): Promise<void> {
    const promise = new Promise<void>((resolve) => this.#whenStored.set(change, resolve));
    if (change.signalId !== undefined) this.#storing.set(change.signalId, promise);
    return promise;
  }

  /** `stored: false` when the records do not have them yet. */
  tell(changes: readonly AlertChange[], stored = true): void {
    this.send(
      changes.flatMap(({ notifications }) => notifications),
      stored,
    );
    this.#show(changes);
  }

  #show(changes: readonly AlertChange[]): void {
    for (const { alert, entries } of changes) {
      for (const listener of this.#listeners) this.#hear(listener, alert, entries);
    }
  }

  #hear(listener: AlertListener, alert: Alert, entries: readonly TimelineEntry[]): void {
    try {
      listener(alert, entries);
    } catch (error) {
      this.#log.error({ alertId: alert.id, error: String(error) }, 'somebody who listens to alerts broke');
    }
  }
}
