import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Copied } from './checkpointer.ts';
import type { SyncLog } from './group-sync.ts';

/** To copy what the log has; to begin it anew, also with a file of length 0; to end. */
export type Job = 'copy' | 'anew' | 'cut' | 'end';
type Reply = { readonly result?: unknown; readonly error?: string };

/** In frames of SQLite's log, which are pages of 4 kB. */
export type LogLimits = {
  /** Copied into the file when so much is new in it. */
  readonly copiedFrom: number;
  /** Begun anew from here on when nobody writes just now. */
  readonly anewFrom: number;
  /** From here on although somebody writes, when the disk is quick. */
  readonly heldFrom: number;
  /** From here on in any case. */
  readonly atMost: number;
};
/** 4, 16, 32 and 256 MB. */
export const usualLimits: LogLimits = { copiedFrom: 1_000, anewFrom: 4_000, heldFrom: 8_000, atMost: 64_000 };
/** Then the disk is slow: whoever writes meanwhile would be held up, or refused. */
const slowFromMs = 50;
/** A job that failed is not tried again before. */
const restMs = 10_000;

export type CheckpointParts = {
  readonly file: string;
  /** Committed frames in the log now. */
  readonly frames: () => Promise<number>;
  /** Nobody writes while `work` runs. */
  readonly holdWrites: (work: () => Promise<void>) => Promise<void>;
  readonly limits: LogLimits;
  readonly log: SyncLog;
};

/** Keeps SQLite's log short, in a thread of its own that is started when there is something to do, or at `start`. */
export class Checkpoints {
  readonly #parts: CheckpointParts;
  #worker: Worker | undefined;
  #copied = 0;
  #jobs: Promise<unknown> = Promise.resolve();
  #shortening: Promise<void> | undefined;
  #isClosing = false;
  #restsUntilMs = 0;

  constructor(parts: CheckpointParts) {
    this.#parts = parts;
  }

  /** The log has so many frames, all of them on disk; the last sync took so long. Returns at once. */
  look(frames: number, syncTookMs: number): void {
    if (frames < this.#copied) this.#copied = 0; // begun anew
    if (this.#isClosing || frames - this.#copied < this.#parts.limits.copiedFrom) return;
    if (performance.now() >= this.#restsUntilMs) this.#begin(syncTookMs);
  }

  /** Starts its thread at once: later it would cost whoever waits then a few milliseconds. */
  start(): void {
    this.#begin(0);
  }

  /** Everything in the records file, and nothing left in the log; false when somebody reads in it. */
  async cut(): Promise<boolean> {
    await this.#ask('copy'); // the most of it while others go on
    return this.#beginAnew('cut');
  }

  /** Nothing is done to the log while `work` runs. */
  whileStill<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#shortening;
    await this.#jobs;
    const worker = this.#worker;
    if (worker === undefined) return;
    const gone = once(worker, 'exit');
    await this.#ask('end').catch(() => undefined);
    worker.ref(); // until it is gone
    await gone;
  }

  #begin(syncTookMs: number): void {
    this.#shortening ??= this.#shorten(syncTookMs).finally(() => {
      this.#shortening = undefined;
    });
  }

  /** Never rejects. */
  async #shorten(syncTookMs: number): Promise<void> {
    try {
      const startMs = performance.now();
      const { frames, copied } = (await this.#ask('copy')) as Copied; // what `copy` says
      this.#copied = copied;
      const isQuick = Math.max(syncTookMs, (performance.now() - startMs) / 3) < slowFromMs; // three syncs at most
      const isIdle = copied === frames && frames === (await this.#parts.frames());
      const { anewFrom, heldFrom, atMost } = this.#parts.limits;
      const isLong = frames >= (isIdle ? anewFrom : heldFrom);
      if (this.#isClosing) return;
      if ((isLong && isQuick) || frames >= atMost) await this.#beginAnew('anew');
    } catch (error) {
      this.#restsUntilMs = performance.now() + restMs;
      this.#parts.log.error({ err: error }, 'the log of the records could not be shortened; it is tried again');
    }
  }

  async #beginAnew(job: 'anew' | 'cut'): Promise<boolean> {
    let isDone = false;
    await this.#parts.holdWrites(async () => {
      isDone = (await this.#ask(job)) === true;
    });
    if (isDone) this.#copied = 0;
    return isDone;
  }

  /** Rejects with what went wrong in words. */
  #ask(job: Job): Promise<unknown> {
    return this.#inTurn(() => this.#do(job));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#jobs.then(work);
    this.#jobs = turn.catch(() => undefined);
    return turn;
  }

  async #do(job: Job): Promise<unknown> {
    const worker = this.#started();
    const gone = new AbortController();
    worker.ref();
    try {
      const reply = once(worker, 'message', { signal: gone.signal });
      const ended = once(worker, 'exit', { signal: gone.signal }).then(() => [{ error: 'its thread has ended' }]);
      worker.postMessage(job);
      const [{ result, error }] = (await Promise.race([reply, ended])) as [Reply]; // what the worker says
      if (error !== undefined) throw new Error(error);
      return result;
    } finally {
      worker.unref();
      gone.abort();
    }
  }

  #started(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url), { workerData: this.#parts.file });
    worker.on('error', () => undefined); // told to whoever asked; an event nobody hears would end the service
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#worker = worker;
    return worker;
  }
}
