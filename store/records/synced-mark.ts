import { type FileHandle, open, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Salts } from './wal-format.ts';

/** Frames of a log that are certainly on disk: what is broken among them was damaged, behind them the power may have gone. */
export type Synced = { readonly salts: Salts; readonly frames: number };

const bytesOfMark = 16;

/**
 * Beside the records, how much of their log was synced. It is behind by a second or two, never ahead: it says what had
 * been synced before it was written.
 */
export class SyncedMark {
  readonly #file: FileHandle;
  #isWriting = false;
  #writtenAtMs = Number.NEGATIVE_INFINITY;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(recordsFile: string): Promise<SyncedMark> {
    const file = fileOf(recordsFile);
    // Created where it is not there, and not emptied where it is.
    return new SyncedMark(await open(file, 'r+').catch(() => open(file, 'wx+', 0o600)));
  }

  /** Says so on the disk, at most once in `everyMs`. Never rejects: without it the log is only judged more kindly. */
  async note(synced: Synced, everyMs: number): Promise<void> {
    const nowMs = performance.now();
    if (this.#isWriting || nowMs - this.#writtenAtMs < everyMs) return;
    this.#writtenAtMs = nowMs;
    this.#isWriting = true;
    await this.#write(synced).catch(() => undefined);
    this.#isWriting = false;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #write({ salts, frames }: Synced): Promise<void> {
    const mark = Buffer.alloc(bytesOfMark);
    for (const [index, word] of [...salts, frames].entries()) mark.writeUInt32BE(word, index * 4);
    mark.writeUInt32BE(crc32(mark.subarray(0, 12)), 12);
    await this.#file.write(mark, 0, bytesOfMark, 0);
    await this.#file.datasync();
  }
}

/** What the mark beside a records file says; undefined when there is none that can be read. */
export async function syncedOf(recordsFile: string): Promise<Synced | undefined> {
  const mark = await readFile(fileOf(recordsFile)).catch(() => undefined);
  if (mark?.length !== bytesOfMark || crc32(mark.subarray(0, 12)) !== mark.readUInt32BE(12)) return undefined;
  return { salts: [mark.readUInt32BE(0), mark.readUInt32BE(4)], frames: mark.readUInt32BE(8) };
}

function fileOf(recordsFile: string): string {
  return `${recordsFile}-synced`;
}
