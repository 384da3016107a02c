import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type CommitRecord, decodeCommit, encodeCommit } from './commits.ts';

/** Longer than any record, so that a short one overwrites a long one. */
const fileLength = 160;
/** To hand a write to another thread takes a fair part of what a small commit takes, of which there are hundreds a second. */
const apartMs = 50;

type Rest = (until: AbortSignal) => Promise<void>;

const aMoment: Rest = (signal) => wait(apartMs, undefined, { ref: false, signal }).catch(() => undefined);

/**
 * The newest commit known to be on disk, kept outside LevelDB: LevelDB takes a log cut short for a crash in the middle
 * of a write and starts without a word, so something else has to remember how far it had been.
 *
 * It may lag behind (after `kill -9` by the last `apartMs`, after a power cut by what the system had not flushed), never
 * lead: it is written after the commit is synced. Closing in order makes it exact.
 */
export class ConfirmedMark {
  readonly #file: FileHandle;
  readonly #rest: Rest;
  #newest: CommitRecord | undefined;
  #writing: Promise<void> | undefined;
  /** Then what waits is written at once. */
  readonly #closing = new AbortController();

  private constructor(file: FileHandle, rest: Rest) {
    this.#file = file;
    this.#rest = rest;
  }

  /** @param rest between two writes, until its signal is given */
  static async open(path: string, rest: Rest = aMoment): Promise<ConfirmedMark> {
    return new ConfirmedMark(await open(path, constants.O_RDWR | constants.O_CREAT, 0o600), rest);
  }

  /** Notes a commit; returns at once. While one is being written, and a little longer, only the newest waits. */
  note(record: CommitRecord): void {
    this.#newest = record;
    this.#writing ??= this.#writeAll();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#writing;
    // A mark that could not be synced only lags behind.
    await this.#file.sync().catch(() => undefined);
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#newest !== undefined) {
      const text = encodeCommit(this.#newest)
        .join(' ')
        .padEnd(fileLength - 1);
      this.#newest = undefined;
      await this.#file.write(`${text}\n`, 0).catch(() => undefined);
      await this.#rest(this.#closing.signal);
    }
    this.#writing = undefined;
  }
}

/** What the mark said when the store was last in use. */
export type FoundMark =
  | { readonly found: 'none' | 'unreadable' }
  | { readonly found: 'mark'; readonly record: CommitRecord };

export async function readMark(path: string): Promise<FoundMark> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined || text === '') return { found: 'none' };
  const [key = '', value = ''] = text.trim().split(' ');
  const record = decodeCommit(key, value);
  return record === undefined ? { found: 'unreadable' } : { found: 'mark', record };
}
