import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryStatistics } from '../contracts.ts';
import { dayMs } from './day.ts';
import type { Ground } from './ground.ts';
import { dayIn, type KeyRange, rangeOfReadings, rangeOfSubject, subjectIn, takenAtIn } from './keys.ts';
import { decodeJson } from './rows.ts';
import { chunks, firstKey, scan } from './scan.ts';

type Counted = { readonly readings: number; readonly oldestMs: number; readonly newestMs: number };

/** Counts days that were added up without reading them; only other days are counted row by row. */
export async function statisticsOf(ground: Ground): Promise<HistoryStatistics> {
  const { db } = ground.opened();
  const all: Counted[] = [];
  let range: KeyRange = { gte: 'r!', lt: 'r"' };
  for (let first = await firstKey(db, range, ground.damage); first !== undefined; ) {
    const subjectId = subjectIn(first);
    all.push(await countSubject(ground, subjectId, takenAtIn(first)));
    range = { gte: rangeOfSubject('r', subjectId).lt, lt: 'r"' };
    first = await firstKey(db, range, ground.damage);
  }
  return {
    readings: all.reduce((sum, { readings }) => sum + readings, 0),
    subjects: all.length,
    oldestMs: all.reduce<number | undefined>(
      (oldest, one) => Math.min(oldest ?? one.oldestMs, one.oldestMs),
      undefined,
    ),
    newestMs: all.reduce<number | undefined>(
      (newest, one) => Math.max(newest ?? one.newestMs, one.newestMs),
      undefined,
    ),
    bytesOnDisk: await bytesIn(db.location),
  };
}

async function countSubject(ground: Ground, subjectId: string, oldestMs: number): Promise<Counted> {
  const { db } = ground.opened();
  const rows = rangeOfSubject('r', subjectId);
  const last = await firstKey(db, { ...rows, reverse: true }, ground.damage);
  const newestMs = last === undefined ? oldestMs : takenAtIn(last);
  let readings = 0;
  let atMs = oldestMs;
  for await (const [key, value] of scan(db, rangeOfSubject('n', subjectId), ground.damage)) {
    const [count] = decodeJson<readonly number[]>(key, value) ?? [];
    if (count === undefined) continue; // damaged: counted with the days that have none
    const startMs = dayIn(key) * dayMs;
    readings += count + (await countRows(ground, subjectId, atMs, startMs));
    atMs = startMs + dayMs;
  }
  readings += await countRows(ground, subjectId, atMs, newestMs + 1);
  return { readings, oldestMs, newestMs };
}

async function countRows(ground: Ground, subjectId: string, fromMs: number, toMs: number): Promise<number> {
  if (fromMs >= toMs) return 0;
  let count = 0;
  const range = { ...rangeOfReadings(subjectId, { fromMs, toMs }), values: false };
  for await (const rows of chunks(ground.opened().db, range, ground.damage)) count += rows.length;
  return count;
}

async function bytesIn(dir: string): Promise<number> {
  const names = await readdir(dir);
  // LevelDB may drop a file between the two looks.
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
