import type { Notification } from '../model/notification.ts';
import type { OutboxParts } from './outbox.ts';

/** After a write the next one gathers for at least so long, and for as long as the last one took. */
const gatherMs = 50;

/**
 * What became of attempts, on its way to the records. The first is written at once, those behind it gather: a thousand
 * deliveries must not be a thousand synchronous writes, each of which holds up the next delivery. What a crash takes of
 * them is sent once more.
 */
export class Receipts {
  readonly #parts: Pick<OutboxParts, 'records' | 'onFailed' | 'log'>;
  readonly #waiting = new Map<string, Notification>();
  /** Ids of notifications the records do not have yet. */
  readonly #unstored = new Set<string>();
  #writing: Promise<void> | undefined;
  #restsUntilMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Pick<OutboxParts, 'records' | 'onFailed' | 'log'>) {
    this.#parts = parts;
  }

  add(notification: Notification): void {
    this.#waiting.set(notification.id, notification);
    this.#beginInTime();
  }

  /** What is known of a notification and not yet in the records. */
  latest(id: string): Notification | undefined {
    return this.#waiting.get(id);
  }

  hold(notifications: readonly Notification[]): void {
    for (const { id } of notifications) this.#unstored.add(id);
  }

  release(notifications: readonly Notification[]): void {
    for (const { id } of notifications) this.#unstored.delete(id);
    void this.#begin();
  }

  /** Everything so far is written. Never rejects: what could not be is kept and goes with the next. */
  async flush(): Promise<void> {
    await this.#writing; // it may have looked for the last time before the newest came
    await this.#begin();
  }

  #beginInTime(): void {
    if (this.#timer !== undefined || this.#writing !== undefined) return;
    const restMs = this.#restsUntilMs - performance.now();
    if (restMs <= 0) void this.#begin();
    else this.#timer = setTimeout(() => void this.#begin(), restMs);
  }

  #begin(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#write().then((mayGoOn) => {
      this.#writing = undefined;
      if (mayGoOn && this.#ready().length > 0) this.#beginInTime();
    });
    return this.#writing;
  }

  /** False when the records take nothing: the next receipt, or the next tick, tries again. */
  async #write(): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve)); // let those that end in this turn come along
    const batch = this.#ready();
    if (batch.length === 0) return true;
    const startMs = performance.now();
    const isWritten = await this.#written(batch);
    const endMs = performance.now();
    this.#restsUntilMs = endMs + Math.max(gatherMs, endMs - startMs);
    if (!isWritten) return false;
    for (const one of batch) if (this.#waiting.get(one.id) === one) this.#waiting.delete(one.id);
    const failed = batch.filter(({ state }) => state === 'failed');
    if (failed.length > 0) this.#parts.onFailed(failed);
    return true;
  }

  #ready(): Notification[] {
    return [...this.#waiting.values()].filter(({ id }) => !this.#unstored.has(id));
  }

  async #written(batch: readonly Notification[]): Promise<boolean> {
    try {
      await this.#parts.records.updateNotifications(batch);
      return true;
    } catch (error) {
      this.#parts.log.error({ count: batch.length, error: String(error) }, 'delivery receipts could not be stored');
      return false;
    }
  }
}
