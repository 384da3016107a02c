import { DatabaseSync } from 'node:sqlite';

/** How long the log is, and how much of it is in the records file itself; in frames. */
export type Copied = { readonly frames: number; readonly copied: number };

/**
 * Moves SQLite's log into the records file, over connections of its own: what it waits for the disk nobody else waits for.
 * It alone decides when the log begins anew, which costs whoever writes next a sync of its header: a reader of its own
 * stands in the log (SQLite overwrites nothing that somebody may read), and steps aside only in `beginAnew`, which makes
 * that next write itself.
 */
export class Checkpointer {
  readonly #file: string;
  readonly #writer: DatabaseSync;
  #standing: DatabaseSync | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#writer = this.#connection();
  }

  /** As much as can be copied while others read and write; both are synced. Throws what SQLite says. */
  copy(): Copied {
    const now = this.#state('noop');
    // Where nothing is left to copy a new reader would stand beside the log, not in it: the one from before stays.
    if (now.frames === now.copied) return now;
    const before = this.#standing;
    this.#standing = this.#reader();
    before?.close();
    return this.#state('passive');
  }

  /**
   * The log begins anew, and its new header is on disk; `isShort`: its file is cut to nothing before. Nobody else may
   * write meanwhile. False when somebody else reads in the log: then it goes on as it was.
   */
  beginAnew(isShort: boolean): boolean {
    const { frames, copied } = this.copy();
    if (copied < frames) return false;
    this.#standing?.close();
    this.#standing = undefined;
    const isCut = !isShort || this.#writer.prepare('pragma wal_checkpoint(truncate)').get()?.busy === 0;
    this.#writeNothing();
    return isCut && this.#state('noop').frames === 1;
  }

  close(): void {
    this.#standing?.close();
    this.#writer.close();
  }

  #state(mode: 'passive' | 'noop'): Copied {
    const said = this.#writer.prepare(`pragma wal_checkpoint(${mode})`).get();
    return { frames: Number(said?.log), copied: Number(said?.checkpointed) };
  }

  /** A page as it is: a number that nobody uses is set to what it is. */
  #writeNothing(): void {
    const version = Number(this.#writer.prepare('pragma user_version').get()?.user_version);
    this.#writer.exec(`pragma user_version = ${version}`);
  }

  #reader(): DatabaseSync {
    const reader = this.#connection();
    reader.exec('begin');
    reader.prepare('select 1 from sqlite_schema limit 1').get();
    return reader;
  }

  #connection(): DatabaseSync {
    const connection = new DatabaseSync(this.#file);
    connection.exec('pragma synchronous = normal; pragma wal_autocheckpoint = 0; pragma cache_size = -256');
    return connection;
  }
}
