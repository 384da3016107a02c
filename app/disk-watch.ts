import { statfs } from 'node:fs/promises';
import type { Pipeline } from '../ingest/pipeline.ts';
import type { Log } from './log.ts';

/** A commit takes milliseconds; one that takes so long keeps every device waiting. */
const stalledAfterMs = 5_000;
const roomLookedAtEveryMs = 10_000;
/** LevelDB needs room to merge its files, SQLite for its log; below this it is time to act. */
const littleRoomBytes = 256 * 1024 * 1024;

export type DiskWatchParts = {
  readonly dataDir: string;
  readonly pipeline: () => Pick<Pipeline, 'failing' | 'writingSinceMs'>;
  readonly clock: () => number;
  readonly log: Log;
};

type Episode = { readonly sinceMs: number; readonly said: Set<string> };

/**
 * What the disk does to the service, in words, each once: that it takes nothing, why, and that it takes readings again.
 * While it lasts every attempt fails in the same way, and a log that repeats it fills what room is left.
 */
export class DiskWatch {
  readonly #parts: DiskWatchParts;
  #episode: Episode | undefined;
  #isStalled = false;
  #freeBytes = Number.POSITIVE_INFINITY;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: DiskWatchParts) {
    this.#parts = parts;
  }

  /** Something went wrong on the way to the disk. */
  trouble(error: unknown, what: string): void {
    const { pipeline, clock, log } = this.#parts;
    if (pipeline().failing) {
      this.#episode ??= { sinceMs: clock(), said: new Set() };
      const isSaid = this.#episode.said.has(what);
      this.#episode.said.add(what);
      if (isSaid) return;
    }
    log.error({ err: error }, what);
  }

  /** Called by a timer. */
  look(nowMs: number): void {
    this.#noticeRecovery(nowMs);
    this.#noticeStall(nowMs);
    if (nowMs - this.#lookedAtMs >= roomLookedAtEveryMs || nowMs < this.#lookedAtMs) {
      this.#lookedAtMs = nowMs;
      void this.#lookAtRoom();
    }
  }

  /** Will what a device sends now be acknowledged soon? */
  isReady(nowMs: number): boolean {
    return !this.#parts.pipeline().failing && !this.#stalls(nowMs);
  }

  /** For health, in words. */
  checks(nowMs: number): { readonly telemetry: string; readonly disk: string } {
    const { failing, writingSinceMs = nowMs } = this.#parts.pipeline();
    const seconds = Math.round((nowMs - writingSinceMs) / 1000);
    const isLow = this.#freeBytes < littleRoomBytes;
    return {
      telemetry: failing
        ? 'the disk does not take readings; nothing is acknowledged until it does'
        : this.#stalls(nowMs)
          ? `the disk has been writing the same commit for ${seconds} s; nothing is acknowledged until it has`
          : 'ok',
      disk: isLow ? `only ${Math.floor(this.#freeBytes / 1_048_576)} MB are free` : 'ok',
    };
  }

  #stalls(nowMs: number): boolean {
    const { writingSinceMs } = this.#parts.pipeline();
    return writingSinceMs !== undefined && nowMs - writingSinceMs > stalledAfterMs;
  }

  #noticeRecovery(nowMs: number): void {
    if (this.#episode === undefined || this.#parts.pipeline().failing) return;
    const forS = Math.round((nowMs - this.#episode.sinceMs) / 1000);
    this.#episode = undefined;
    this.#parts.log.warn({ forS }, 'the disk takes readings again');
  }

  #noticeStall(nowMs: number): void {
    const stalls = this.#stalls(nowMs);
    if (stalls === this.#isStalled) return;
    this.#isStalled = stalls;
    if (stalls) this.#parts.log.error({}, 'the disk is slow: a commit is not written yet, nothing is acknowledged');
    else this.#parts.log.warn({}, 'the disk has written the slow commit');
  }

  async #lookAtRoom(): Promise<void> {
    const { dataDir, log } = this.#parts;
    const found = await statfs(dataDir).catch(() => undefined);
    if (found === undefined) return;
    const freeBytes = found.bavail * found.bsize;
    const wasLow = this.#freeBytes < littleRoomBytes;
    this.#freeBytes = freeBytes;
    if (freeBytes < littleRoomBytes && !wasLow) log.warn({ freeBytes }, 'the disk of the data folder is nearly full');
  }
}
