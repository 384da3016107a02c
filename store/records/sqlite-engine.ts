import type { Kysely } from 'kysely';
import type { RecordsSnapshot, SyncState } from '../contracts.ts';
import type { Durability } from './durability.ts';
import type { Engine } from './engine.ts';
import { rewriteFile } from './erasure.ts';
import { inTime } from './in-time.ts';
import { snapshotOf } from './snapshot.ts';
import type { Tables } from './tables.ts';

/** An erasure whose traces the disk does not take so soon is finished at the next start. */
const cutWithinMs = 10_000;
const atRest: SyncState = { isFailing: false, waitingMs: 0 };

export type SqliteParts = {
  readonly db: Kysely<Tables>;
  readonly file: string;
  /** Absent when nothing is kept. */
  readonly disk: Durability | undefined;
};

/** An SQLite file: it answers on this thread or refuses after a moment, and what it refused was not done. */
export class SqliteEngine implements Engine {
  readonly #db: Kysely<Tables>;
  readonly #file: string;
  readonly #disk: Durability | undefined;

  constructor({ db, file, disk }: SqliteParts) {
    this.#db = db;
    this.#file = file;
    this.#disk = disk;
  }

  async durable(): Promise<void> {
    await this.#disk?.durable();
  }

  get state(): SyncState {
    return this.#disk?.state ?? atRest;
  }

  first<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  promptly<T>(_changes: number, work: () => Promise<T>): Promise<T> {
    return work();
  }

  once<T extends object>(things: readonly T[], write: (some: readonly T[]) => Promise<void>): Promise<void> {
    return write(things);
  }

  rewrite(atMostBytes: number): Promise<boolean> {
    return rewriteFile(this.#db, atMostBytes, () => this.#cutLog());
  }

  snapshot(): RecordsSnapshot {
    return snapshotOf(this.#file);
  }

  async close(): Promise<void> {
    const close = () => this.#db.destroy();
    await (this.#disk?.close(close) ?? close());
  }

  async #cutLog(): Promise<boolean> {
    await inTime(this.durable(), cutWithinMs);
    return (await this.#disk?.cut()) ?? true;
  }
}
