import type { Notification } from '../model/notification.ts';
import type { OutboxParts } from './outbox.ts';

/**
 * What became of attempts, on its way to the records. Those that come in while one write is under way share the next
 * one: a thousand deliveries must not be a thousand synchronous writes.
 */
export class Receipts {
  readonly #parts: Pick<OutboxParts, 'records' | 'onFailed' | 'log'>;
  readonly #waiting = new Map<string, Notification>();
  /** Ids of notifications the records do not have yet. */
  readonly #unstored = new Set<string>();
  #writing: Promise<void> | undefined;

  constructor(parts: Pick<OutboxParts, 'records' | 'onFailed' | 'log'>) {
    this.#parts = parts;
  }

  add(notification: Notification): void {
    this.#waiting.set(notification.id, notification);
    void this.#begin();
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

  #begin(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve)); // let those that end in this turn come along
    for (let batch = this.#ready(); batch.length > 0; batch = this.#ready()) {
      if (!(await this.#written(batch))) return;
      for (const one of batch) if (this.#waiting.get(one.id) === one) this.#waiting.delete(one.id);
      const failed = batch.filter(({ state }) => state === 'failed');
      if (failed.length > 0) this.#parts.onFailed(failed);
    }
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
