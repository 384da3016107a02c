import { crc32 } from 'node:zlib';
import { ClassicLevel } from 'classic-level';
import type { CopiedRows, TelemetrySnapshot } from '../contracts.ts';
import { DamageLog } from './damage.ts';
import { openLevel } from './opening.ts';
import { asRefusal } from './scan.ts';

/** Rows read and written at a time: about a millisecond of the main thread, so that commits pass in between. */
const rowsAtATime = 512;
const bytes = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const;
const limits = { writeBufferBytes: 64 << 20, cacheBytes: 8 << 20, maxOverall: 10_000, maxPerDevice: 100 };

type Rows = [key: Buffer, value: Buffer][];

/**
 * The rows as they are at this moment. LevelDB keeps what a snapshot sees, so commits go on while it is copied into a
 * fresh LevelDB; hard links of its files would be faster, but its log and manifest are never still.
 */
export function snapshotOf(db: ClassicLevel): TelemetrySnapshot {
  const snapshot = db.snapshot();
  return {
    async copyTo(dir, onRows) {
      const copied = await copyRows(rowsOf(db, snapshot), `${dir}/rows`, onRows);
      await confirm(dir);
      return copied;
    },
    release: () => snapshot.close(),
  };
}

/** Rows and checksum of a copy, read back. */
export async function readBack(rowsDir: string, onRows?: (rows: number) => void): Promise<CopiedRows> {
  const db = new ClassicLevel(rowsDir, { createIfMissing: false });
  await db.open();
  try {
    const sum = new Checksum();
    for await (const some of rowsOf(db)) {
      sum.add(some);
      onRows?.(sum.rows);
    }
    return sum;
  } finally {
    await db.close();
  }
}

class Checksum implements CopiedRows {
  rows = 0;
  checksum = 0;

  add(some: Rows): void {
    for (const [key, value] of some) this.checksum = crc32(value, crc32(key, this.checksum));
    this.rows += some.length;
  }
}

async function* rowsOf(db: ClassicLevel, snapshot?: ReturnType<ClassicLevel['snapshot']>): AsyncGenerator<Rows> {
  const rows = db.iterator<Buffer, Buffer>({ ...bytes, fillCache: false, ...(snapshot && { snapshot }) });
  try {
    for (let some = await rows.nextv(rowsAtATime); some.length > 0; some = await rows.nextv(rowsAtATime)) yield some;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await rows.close();
  }
}

async function copyRows(rows: AsyncIterable<Rows>, rowsDir: string, onRows?: (rows: number) => void) {
  const target = new ClassicLevel<Buffer, Buffer>(rowsDir, { ...bytes, errorIfExists: true });
  await target.open();
  try {
    const sum = new Checksum();
    let last: Rows[number] | undefined;
    for await (const some of rows) {
      await target.batch(some.map(([key, value]) => ({ type: 'put', key, value })));
      last = some.at(-1);
      sum.add(some);
      onRows?.(sum.rows);
    }
    // A synced write takes everything before it to the disk.
    if (last) await target.put(...last, { sync: true });
    return { rows: sum.rows, checksum: sum.checksum };
  } finally {
    await target.close();
  }
}

/** Notes in the copy which commit is its newest, as closing a store in order does. */
async function confirm(dir: string): Promise<void> {
  const opened = await openLevel(dir, limits, new DamageLog());
  opened.mark.note(opened.last);
  await opened.mark.close();
  await opened.db.close();
}
