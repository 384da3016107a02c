import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, test } from 'vitest';
import type { TelemetryStore } from '../../store/contracts.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { always, batch, minute, noon, reading } from './support/facts.ts';
import { collect, inTempFolder } from './support/places.ts';

const day = 24 * 60 * minute;
const facts = { position: { lat: 24.4, lon: 118.1 }, heartRateBpm: 72, worn: true };
const told = (subjectId: string, count: number) =>
  Array.from({ length: count }, (_, n) => reading({ subjectId, takenAtMs: noon + n * minute, facts }));

async function expireAll(store: TelemetryStore, atMost = 100): Promise<number> {
  let sum = 0;
  for (let some = -1; some !== 0; sum += some) some = await store.expire('positions', noon + 9 * day, atMost);
  return sum;
}

test('a night that takes positions away touches each message once, and the next night none', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: [...told('r-1', 700), ...told('r-2', 30)] }));
    expect(await expireAll(store, 64)).toBe(730);
    expect(await expireAll(store)).toBe(0);
    const [first] = await collect(store.readings('r-1', always));
    expect(first).toEqual(reading({ subjectId: 'r-1', takenAtMs: noon, facts: { heartRateBpm: 72, worn: true } }));
    await store.close();
  });
});

test('sums of the days stay as they are when positions go, and are made again when something summed goes', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: [...told('r-1', 30), reading({ takenAtMs: noon + 20 * day })] }));
    while ((await store.rollUp(100)) > 0);
    await expireAll(store);
    expect(await store.rollUp(100)).toBe(0);
    while ((await store.expire('motion', noon + 9 * day, 100)) > 0);
    expect(await store.rollUp(100)).toBe(1);
    const way = { everyMs: day, timeZone: 'UTC' };
    const counts = async (metric: 'worn' | 'heartRateBpm') =>
      (await collect(store.aggregate('r-1', metric, { fromMs: 0, toMs: noon + day }, way))).map(({ count }) => count);
    expect([await counts('worn'), await counts('heartRateBpm')]).toEqual([[], [30]]);
    await store.close();
  });
});

test('who is erased while the night goes on does not come back', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    for (let n = 0; n < 20; n += 1) {
      await store.commit(batch({ readings: [...told('r-1', 400), ...told('r-2', 400)] }));
      await Promise.all([expireAll(store, 1_000), store.erase('r-1')]);
      expect(await collect(store.readings('r-1', always))).toEqual([]);
      expect(await collect(store.readings('r-2', always))).toHaveLength(400);
    }
    await store.close();
  });
});

test('a data folder of an earlier version is refused in words, not taken for a damaged one', async () => {
  await inTempFolder(async (dir) => {
    await (await openTelemetry(dir)).close();
    const db = new ClassicLevel(join(dir, 'rows'));
    await db.put(`r!r-1!${String(noon).padStart(16, '0')}!band-1:s17!`, '2abcde');
    await db.close();
    await expect(openTelemetry(dir)).rejects.toThrow('a form of an earlier version');
  });
});
