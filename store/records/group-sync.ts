import { setTimeout as pause } from 'node:timers/promises';
import type { SyncState } from '../contracts.ts';

/** What nobody waits for is on disk so soon all the same. */
const syncedWithinMs = 1_000;
const firstRetryMs = 100;
const longestRetryMs = 5_000;

/** The part of a pino logger that is used here. */
export type SyncLog = {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

export type GroupSyncParts = {
  /** Brings to disk what was written before it was called. */
  readonly sync: () => Promise<void>;
  /**
   * The same after a `sync` that failed: the system may have dropped what it could not write, and then answers the next
   * sync as if nothing had been.
   */
  readonly mend: () => Promise<void>;
  readonly log: SyncLog;
};

type Waiter = { readonly upTo: number; readonly settle: PromiseWithResolvers<void> };

/**
 * Group commit for writes that are made elsewhere: `noted` after each, `durable` by whoever promises something on the
 * strength of it. One sync at a time, for everybody who waited when it began; who comes while it runs waits for the next.
 * A sync that fails is tried again until it succeeds, and they all wait.
 */
export class GroupSync {
  readonly #parts: GroupSyncParts;
  /** Writes so far, and how many of them are on disk. */
  #written = 0;
  #onDisk = 0;
  #waiters: Waiter[] = [];
  #running: Promise<void> | undefined;
  #runningSinceMs: number | undefined;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  constructor(parts: GroupSyncParts) {
    this.#parts = parts;
  }

  /** Something was written. */
  noted(): void {
    this.#written += 1;
    if (this.#running === undefined) this.#beginLater();
  }

  /** Everything written so far is on disk. Rejects only when it could not be brought there before `close`. */
  durable(): Promise<void> {
    if (this.#closed !== undefined) return this.#closed;
    if (this.#onDisk === this.#written) return Promise.resolve();
    const settle = Promise.withResolvers<void>();
    this.#waiters.push({ upTo: this.#written, settle });
    this.#begin();
    return settle.promise;
  }

  get state(): SyncState {
    const sinceMs = this.#runningSinceMs;
    const waitingMs = sinceMs === undefined ? 0 : performance.now() - sinceMs;
    return { isFailing: this.#failures > 0, waitingMs };
  }

  /** Syncs no more; the rest is brought to disk by `bringToDisk`, which is also the answer to whoever still waits. */
  async close(bringToDisk: () => Promise<void>): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#timer);
    await this.#running;
    this.#closed = bringToDisk();
    for (const { settle } of this.#waiters.splice(0)) this.#closed.then(settle.resolve, settle.reject);
    await this.#closed;
  }

  #beginLater(): void {
    if (!this.#closing.signal.aborted) this.#timer ??= setTimeout(() => this.#begin(), syncedWithinMs).unref();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#running !== undefined || this.#closing.signal.aborted) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      this.#runningSinceMs = undefined;
      if (this.#waiters.length > 0)
        this.#begin(); // who came while it ended
      else if (this.#onDisk < this.#written) this.#beginLater();
    });
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    do {
      this.#runningSinceMs ??= performance.now();
      const upTo = this.#written;
      if (await this.#isSynced()) this.#arrived(upTo);
      else await this.#rest();
    } while ((this.#waiters.length > 0 || this.#failures > 0) && !this.#closing.signal.aborted);
  }

  async #isSynced(): Promise<boolean> {
    const { sync, mend, log } = this.#parts;
    try {
      await (this.#failures === 0 ? sync() : mend());
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) log.error({ err: error }, 'the disk does not take the records; it is tried again');
      return false;
    }
    if (this.#failures > 0) log.warn({ failures: this.#failures }, 'the disk takes the records again');
    this.#failures = 0;
    return true;
  }

  #arrived(upTo: number): void {
    this.#runningSinceMs = undefined;
    this.#onDisk = upTo;
    const [arrived, waiting] = [[] as Waiter[], [] as Waiter[]];
    for (const waiter of this.#waiters) (waiter.upTo <= upTo ? arrived : waiting).push(waiter);
    this.#waiters = waiting;
    for (const { settle } of arrived) settle.resolve();
  }

  async #rest(): Promise<void> {
    const restMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
    await pause(restMs, undefined, { signal: this.#closing.signal }).catch(() => undefined); // cut short by closing
  }
}
