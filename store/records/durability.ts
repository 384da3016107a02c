import type { SyncState } from '../contracts.ts';
import { type CheckpointParts, Checkpoints } from './checkpoints.ts';
import { GroupSync } from './group-sync.ts';
import { type Synced, SyncedMark } from './synced-mark.ts';
import { WalFile } from './wal-file.ts';

const markedEveryMs = 1_000;

/** Brings what SQLite has written to disk, without SQLite and beside the main thread. */
export class Durability {
  readonly #parts: CheckpointParts;
  readonly #wal: WalFile;
  readonly #mark: SyncedMark;
  readonly #checkpoints: Checkpoints;
  readonly #group: GroupSync;
  #synced: Synced = { salts: [0, 0], frames: 0 };

  private constructor(parts: CheckpointParts, wal: WalFile, mark: SyncedMark) {
    this.#parts = parts;
    this.#wal = wal;
    this.#mark = mark;
    this.#checkpoints = new Checkpoints(parts);
    this.#group = new GroupSync({ sync: () => this.#sync(), mend: () => this.#mend(), log: parts.log });
  }

  /** Of records that are open. What is in them already is on disk afterwards. `isServing`: they are open for long. */
  static async open(parts: CheckpointParts, isServing: boolean): Promise<Durability> {
    const durability = new Durability(parts, await WalFile.open(parts.file), await SyncedMark.open(parts.file));
    await durability.#sync();
    if (isServing) durability.#checkpoints.start();
    return durability;
  }

  /** Something was committed. */
  written(): void {
    this.#group.noted();
  }

  durable(): Promise<void> {
    return this.#group.durable();
  }

  get state(): SyncState {
    return this.#group.state;
  }

  /** Nothing of what was deleted is left in the log; false when somebody reads in it. Call it when everything is `durable`. */
  cut(): Promise<boolean> {
    return this.#checkpoints.cut();
  }

  /** `closeRecords` brings the rest to disk: SQLite copies its log into the file when nobody else has it open. */
  async close(closeRecords: () => Promise<void>): Promise<void> {
    await this.#group.close(async () => {
      await this.#checkpoints.close();
      await closeRecords();
    });
    await this.#wal.close();
    await this.#mark.close();
  }

  async #sync(): Promise<void> {
    const now = await this.#now();
    const startMs = performance.now();
    await this.#wal.sync();
    this.#arrived(now, performance.now() - startMs);
  }

  /** While it runs the log does not begin anew: old bytes would be written over new ones. */
  async #mend(): Promise<void> {
    const mended = await this.#checkpoints.whileStill(async () => {
      const now = await this.#now();
      const isSame = now.salts.every((salt, i) => salt === this.#synced.salts[i]);
      await this.#wal.rewrite({ from: isSame ? Math.min(this.#synced.frames, now.frames) : 0, to: now.frames });
      return now;
    });
    this.#arrived(mended, Number.POSITIVE_INFINITY);
  }

  #arrived(synced: Synced, tookMs: number): void {
    this.#synced = synced;
    void this.#mark.note(synced, markedEveryMs);
    this.#checkpoints.look(synced.frames, tookMs);
  }

  /** What is committed. When the log begins anew in between: nothing of it, which is true as well. */
  async #now(): Promise<Synced> {
    const salts = await this.#wal.salts();
    const frames = await this.#parts.frames();
    const after = await this.#wal.salts();
    return { salts: after, frames: after.every((salt, i) => salt === salts[i]) ? frames : 0 };
  }
}
