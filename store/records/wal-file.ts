import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  endOf,
  frameHeaderBytes,
  headerBytes,
  isFrameWhole,
  isHeaderWhole,
  isSalted,
  type Log,
  logOf,
  type Salts,
  saltsOf,
  sumsAt,
} from './wal-format.ts';

/** Read and written again at a time: about a megabyte. */
const framesAtOnce = 256;

/** A stretch of a log, by numbers of frames. */
export type Stretch = { readonly from: number; readonly to: number };

/**
 * SQLite's log through a descriptor of our own, to sync it without SQLite and so beside the main thread. It may be opened
 * and closed as we like: SQLite's locks are on the records and on the `-shm` file (closing any descriptor of *those*
 * would drop them), none on the log.
 *
 * It stays open as long as the records are: Linux tells of what could not be written to each descriptor that was open by
 * then, once; a new one may never hear of it.
 */
export class WalFile {
  readonly #file: FileHandle;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Of records that are open: SQLite has made it by then. Its name, and that of the records, are on disk afterwards. */
  static async open(recordsFile: string): Promise<WalFile> {
    const file = await open(`${recordsFile}-wal`, 'r+');
    const folder = await open(dirname(recordsFile), 'r');
    await folder.sync().finally(() => folder.close());
    return new WalFile(file);
  }

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  /** Zeros when there is no header: it is just being begun anew. */
  async salts(): Promise<Salts> {
    const bytes = new Uint8Array(headerBytes);
    const { bytesRead } = await this.#file.read(bytes, 0, headerBytes, 0);
    return bytesRead < headerBytes ? [0, 0] : saltsOf(logOf(bytes));
  }

  /**
   * Writes a stretch once more, byte for byte, and syncs it. After a sync that failed Linux may hold pages for clean that
   * never reached the disk: the next sync would be answered without writing them. Throws when they are gone from memory,
   * too, and what can be read is not what SQLite wrote.
   */
  async rewrite({ from, to }: Stretch): Promise<void> {
    const log = await this.#header();
    if (!isHeaderWhole(log)) throw lost();
    if (from === 0) await this.#file.write(new Uint8Array(log.bytes.buffer), 0, headerBytes, 0);
    let before = from === 0 ? sumsAt(log, 24) : sumsAt(await this.#frames(log, { from: from - 1, to: from }), 16);
    for (let at = from; at < to; at += framesAtOnce) {
      const some = await this.#frames(log, { from: at, to: Math.min(to, at + framesAtOnce) });
      before = requireWhole(some, saltsOf(log), before);
      await this.#file.write(some.bytes, 0, some.bytes.byteLength, endOf(at, log.pageBytes));
      await setImmediate();
    }
    await this.sync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #header(): Promise<Log> {
    return logOf(await this.#read(0, headerBytes));
  }

  async #frames(log: Log, { from, to }: Stretch): Promise<Log> {
    const [begin, end] = [endOf(from, log.pageBytes), endOf(to, log.pageBytes)];
    const bytes = await this.#read(begin, end - begin);
    return { ...log, bytes: new DataView(bytes.buffer) };
  }

  async #read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, at);
    if (bytesRead < length) throw lost();
    return bytes;
  }
}

/** The sums behind the last frame. */
function requireWhole(log: Log, salts: Salts, first: readonly [number, number]): readonly [number, number] {
  let before = first;
  for (let at = 0; at < log.bytes.byteLength; at += frameHeaderBytes + log.pageBytes) {
    if (!isSalted(log, at, salts) || !isFrameWhole(log, at, before)) throw lost();
    before = sumsAt(log, at + 16);
  }
  return before;
}

function lost(): Error {
  return new Error('the system has lost a part of what was recorded before it reached the disk: restart the service');
}
