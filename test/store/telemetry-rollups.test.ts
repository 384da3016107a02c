import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import type { AggregatePoint, TelemetryStore } from '../../store/contracts.ts';
import { rolledKey } from '../../store/telemetry/keys.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { killNow, readUntil, start } from './support/child.ts';
import { expected, scattered } from './support/expected.ts';
import { always, batch, minute, noon, reading } from './support/facts.ts';
import { collect, inTempFolder } from './support/places.ts';

const day = 24 * 60 * minute;
const inHours = { everyMs: 60 * minute, timeZone: 'Asia/Shanghai' };
const inDays = { everyMs: day, timeZone: 'Asia/Shanghai' };

function beat(takenAtMs: number, heartRateBpm: number): Reading {
  return reading({ takenAtMs, receivedAtMs: noon + 20 * day, facts: { heartRateBpm } });
}

/** Ten days of readings, all of them over. */
const tenDays = scattered(3, noon, 10 * day, 400).map(([atMs, value]) => beat(atMs, value));

/** Three days over which the clocks change on Lord Howe, with a reading every two minutes, and a hole. */
const denseFromMs = Date.UTC(2025, 3, 5);
const denseDays = Array.from({ length: 3 * 720 }, (_, n) => n)
  .filter((n) => n < 500 || n > 550)
  .map((n) => beat(denseFromMs + 2 * n * minute + ((n * 37) % 120) * 1000, 50 + ((n * 7919) % 1000) / 10));

function heartRate(store: TelemetryStore, bucketing = inHours): Promise<AggregatePoint[]> {
  return collect(store.aggregate('r-1', 'heartRateBpm', always, bucketing));
}

function counted(readings: readonly Reading[], bucketing = inHours): AggregatePoint[] {
  return expected(readings, 'heartRateBpm', always, bucketing).map(rounded);
}

/** Sums of floating-point numbers depend on their order in the last digits. */
function rounded(point: AggregatePoint): AggregatePoint {
  return { ...point, mean: Number(point.mean.toFixed(9)) };
}

async function inRows<T>(dir: string, work: (db: ClassicLevel) => Promise<T>): Promise<T> {
  const db = new ClassicLevel(join(dir, 'rows'));
  await db.open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

test('days that are over are added up once and answer from then on, after a restart too', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: tenDays }));
    expect(await store.rollUp(4)).toBe(4);
    expect((await heartRate(store)).map(rounded)).toEqual(counted(tenDays));
    expect(await store.rollUp(100)).toBe(0);
    await store.close();
    const rolled = await inRows(dir, (db) => collect(db.keys({ gte: 'a!', lt: 'a"' })));
    expect(rolled).toHaveLength(11);
    const again = await openTelemetry(dir);
    expect((await heartRate(again, inDays)).map(rounded)).toEqual(counted(tenDays, inDays));
    expect((await again.statistics()).readings).toBe(tenDays.length);
    await again.close();
  });
});

test('the day that is not over is not added up', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: [reading({ takenAtMs: noon }), reading({ takenAtMs: noon + day })] }));
    expect(await store.rollUp(100)).toBe(1);
    expect(await heartRate(store, inDays)).toHaveLength(2);
    expect(await store.rollUp(100)).toBe(0);
    await store.close();
  });
});

describe('days with a reading every few minutes', () => {
  const ways = [
    { everyMs: 5 * minute, timeZone: 'UTC' },
    { everyMs: 15 * minute, timeZone: 'Asia/Shanghai' },
    { everyMs: 7 * minute, timeZone: 'Asia/Shanghai' },
    { everyMs: 60 * minute, timeZone: 'Asia/Kathmandu' },
    { everyMs: 60 * minute, timeZone: 'Australia/Lord_Howe' }, // clocks go back half an hour on 6 April
    { everyMs: day, timeZone: 'Asia/Kolkata' },
    { everyMs: day, timeZone: 'Europe/Berlin' },
  ];
  const ranges = [always, { fromMs: denseFromMs + 7 * minute + 1, toMs: denseFromMs + 2 * day + 13 * minute }];
  const rowsOfKind = (dir: string, kind: string) =>
    inRows(dir, (db) => collect(db.keys({ gte: `${kind}!`, lt: `${kind}"` })));

  test('are added up by five minutes as well, and say what counting one by one says', async () => {
    await inTempFolder(async (dir) => {
      const store = await openTelemetry(dir);
      await store.commit(batch({ readings: denseDays }));
      for (const way of ways) await heartRate(store, way);
      const late = [denseFromMs + 3 * minute, denseFromMs + day + 40 * minute].map((atMs) => beat(atMs, 199));
      await store.commit(batch({ readings: late }));
      const told = [...denseDays, ...late];
      for (const way of ways) {
        for (const range of ranges) {
          const right = expected(told, 'heartRateBpm', range, way).map(rounded);
          for (const round of ['from the readings', 'from the rows']) {
            const found = await collect(store.aggregate('r-1', 'heartRateBpm', range, way));
            expect(found.map(rounded), round).toEqual(right);
          }
        }
      }
      await store.close();
      expect(await rowsOfKind(dir, 'm')).toHaveLength(3);
    });
  });

  test('whoever asks first makes the rows, the hourly round makes the others', async () => {
    await inTempFolder(async (dir) => {
      const store = await openTelemetry(dir);
      await store.commit(batch({ readings: denseDays }));
      await heartRate(store, { everyMs: 5 * minute, timeZone: 'UTC' });
      const others = [...denseDays, ...tenDays].map((one) => ({ ...one, subjectId: 'r-2' }));
      await store.commit(batch({ readings: others }));
      while ((await store.rollUp(100)) > 0);
      await store.close();
      const rows = await rowsOfKind(dir, 'm');
      expect(rows.map((key) => key.slice(2, 5))).toEqual(['r-1', 'r-1', 'r-1', 'r-2', 'r-2', 'r-2']);
    });
  });

  test('a damaged row of five minutes is said, and the readings are asked instead', async () => {
    await inTempFolder(async (dir) => {
      const store = await openTelemetry(dir);
      await store.commit(batch({ readings: denseDays }));
      while ((await store.rollUp(100)) > 0);
      await store.close();
      const key = rolledKey('m', 'r-1', Math.floor(denseFromMs / day) + 1);
      await inRows(dir, async (db) => db.put(key, `${(await db.get(key)) ?? ''}x`));
      const again = await openTelemetry(dir);
      const way = { everyMs: 5 * minute, timeZone: 'UTC' };
      expect((await heartRate(again, way)).map(rounded)).toEqual(counted(denseDays, way));
      expect(again.damage.map(({ what }) => what)).toEqual(['a roll-up is damaged; readings were asked instead']);
      await again.close();
    });
  });
});

test('what comes late after a restart takes the old sum of its day away', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: tenDays }));
    await heartRate(store);
    await store.close();
    const again = await openTelemetry(dir);
    const late = [beat(noon + 3 * day + 1, 200), beat(noon + 7 * day + 1, 20)];
    await again.commit(batch({ readings: [...late, tenDays[5] ?? late[0]!] })); // tenDays is longer than that
    expect((await heartRate(again)).map(rounded)).toEqual(counted([...tenDays, ...late]));
    expect((await again.statistics()).readings).toBe(tenDays.length + 2);
    await again.close();
  });
});

test('the sums are right after kill -9 at any moment, while days are added up and touched again', async () => {
  await inTempFolder(async (dir) => {
    let first = 0;
    for (const rounds of [7, 20, 12]) {
      const { child, lines } = start('asker.ts', dir, String(first));
      const seen = await readUntil(lines, (line) => Number(line) >= first + rounds);
      await killNow(child);
      const store = await openTelemetry(dir);
      const kept = await collect(store.readings('r-1', always));
      expect(kept.length).toBeGreaterThanOrEqual((Number(seen.at(-1)) + 1) * 5);
      expect((await heartRate(store)).map(rounded)).toEqual(counted(kept));
      await store.close();
      first = Number(seen.at(-1)) + 1;
    }
  });
});

test('answers given while readings come in are never kept when they are no longer right', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    const commits = tenDays.map((one) => store.commit(batch({ readings: [one] })));
    const asked = Array.from({ length: 10 }, () => heartRate(store));
    await Promise.all([...commits, ...asked]);
    expect((await heartRate(store)).map(rounded)).toEqual(counted(tenDays));
    await store.close();
  });
});

test('a damaged sum is said, and the readings are asked instead', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: tenDays }));
    await heartRate(store);
    await store.close();
    const key = rolledKey('a', 'r-1', Math.floor(noon / day) + 2);
    await inRows(dir, async (db) => {
      const value = (await db.get(key)) ?? '';
      await db.put(key, `${value.slice(0, 20)}${value[20] === 'x' ? 'y' : 'x'}${value.slice(21)}`);
    });
    const again = await openTelemetry(dir);
    expect((await heartRate(again)).map(rounded)).toEqual(counted(tenDays));
    expect(again.damage.map(({ what }) => what)).toEqual(['a roll-up is damaged; readings were asked instead']);
    await again.close();
  });
});

test('a day with a damaged reading says so each time it is asked about', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: tenDays }));
    await store.close();
    await inRows(dir, async (db) => {
      const [key = ''] = await collect(db.keys({ gte: 'r!', lt: 'r"', limit: 1 }));
      await db.put(key, `${await db.get(key)}x`);
    });
    for (const opening of ['first', 'second']) {
      const again = await openTelemetry(dir);
      const told = await heartRate(again);
      expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(tenDays.length - 1);
      expect(
        again.damage.map(({ what }) => what),
        opening,
      ).toEqual(['a reading is damaged and was left out']);
      await again.close();
    }
  });
});

test('nothing is left of the sums of who is erased or whose time is over', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    const other = tenDays.map((one) => ({ ...one, subjectId: 'r-2' }));
    await store.commit(batch({ readings: [...tenDays, ...other] }));
    await store.commit(batch({ readings: [...denseDays, ...denseDays.map((one) => ({ ...one, subjectId: 'r-2' }))] }));
    while ((await store.rollUp(100)) > 0);
    expect(await store.erase('r-1')).toBe(tenDays.length + denseDays.length);
    while ((await store.expire('vitals', noon + 30 * day, 100)) > 0);
    await store.close();
    const left = await inRows(dir, (db) => collect(db.keys()));
    expect(left.filter((key) => /^[ramn]!/.test(key))).toEqual([]);
  });
});

test('the newest known is not kept when it is erased while it is searched', async () => {
  await inTempFolder(async (dir) => {
    const store = await openTelemetry(dir);
    await store.commit(batch({ readings: tenDays }));
    const [, erased] = await Promise.all([
      store.latestValues(['r-1'], 'heartRateBpm', noon + 20 * day, 99 * day),
      store.erase('r-1'),
    ]);
    expect(erased).toBe(tenDays.length);
    expect((await store.latestValues(['r-1'], 'heartRateBpm', noon + 20 * day, 99 * day)).size).toBe(0);
    await store.close();
  });
});
