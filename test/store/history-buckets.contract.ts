import { describe, expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import type { AggregatePoint, Bucketing, History, TimeRange } from '../../store/contracts.ts';
import { expected, scattered } from './support/expected.ts';
import { minute, noon, reading } from './support/facts.ts';
import { collect } from './support/places.ts';

const hour = 60 * minute;
const day = 24 * hour;
const shanghai = 'Asia/Shanghai';
const berlin = 'Europe/Berlin';
const around: TimeRange = { fromMs: noon - 20 * day, toMs: noon + 20 * day };

function beat(takenAtMs: number, heartRateBpm: number): Reading {
  return reading({ takenAtMs, facts: { heartRateBpm } });
}

/** Sums of floating-point numbers depend on their order in the last digits. */
function rounded(point: AggregatePoint): AggregatePoint {
  return { ...point, mean: Number(point.mean.toFixed(9)) };
}

/** The part of the history's contract that is about buckets; `history` is fresh in each story. */
export function bucketStories(history: () => History): void {
  describe('in buckets', () => {
    const inBuckets = (everyMs: number, timeZone = shanghai, range: TimeRange = around): Promise<AggregatePoint[]> =>
      collect(history().aggregate('r-1', 'heartRateBpm', range, { everyMs, timeZone }));
    const starts = (points: readonly AggregatePoint[]) => points.map(({ atMs }) => new Date(atMs).toISOString());

    test('mean, least, most, how many and the newest; empty buckets are left out', async () => {
      await history().append([
        beat(noon, 60),
        beat(noon + 4 * minute, 65),
        beat(noon + 2 * minute, 70),
        beat(noon + 12 * minute, 80),
      ]);
      expect(await inBuckets(5 * minute)).toEqual([
        { atMs: noon, mean: 65, min: 60, max: 70, count: 3, last: 65 },
        { atMs: noon + 10 * minute, mean: 80, min: 80, max: 80, count: 1, last: 80 },
      ]);
    });

    test('a bucket at the edge of the range has only what lies in the range', async () => {
      await history().append([1, 2, 3, 61, 62, 63].map((n) => beat(noon + n * minute, n)));
      const found = await inBuckets(hour, shanghai, { fromMs: noon + 2 * minute, toMs: noon + 62 * minute });
      expect(found).toEqual([
        { atMs: noon, mean: 2.5, min: 2, max: 3, count: 2, last: 3 },
        { atMs: noon + hour, mean: 61, min: 61, max: 61, count: 1, last: 61 },
      ]);
    });

    test('what comes late, or twice, changes an answer given before just as it should', async () => {
      await history().append([beat(noon, 60), beat(noon + 3 * hour, 90), beat(noon + 10 * day, 70)]);
      expect((await inBuckets(day)).map(({ mean, count }) => [mean, count])).toEqual([
        [75, 2],
        [70, 1],
      ]);
      await history().append([beat(noon, 60), { ...beat(noon + hour, 120), late: true, receivedAtMs: noon + 9 * day }]);
      const told = { atMs: noon - 20 * hour, mean: 90, min: 60, max: 120, count: 3, last: 90 };
      expect((await inBuckets(day))[0]).toEqual(told);
      expect((await inBuckets(hour)).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    });

    test('a day begins at midnight where the people are', async () => {
      const midnight = Date.UTC(2025, 5, 1, 16); // 2 June in Shanghai
      await history().append([beat(midnight - 1, 60), beat(midnight, 70), beat(midnight + day - 1, 80)]);
      const found = await inBuckets(day);
      expect(found.map(({ atMs, count }) => [atMs - midnight, count])).toEqual([
        [-day, 1],
        [0, 2],
      ]);
    });

    test('the day the clocks go forward has 23 hours, the day they go back 25', async () => {
      const spring = Date.UTC(2025, 2, 29, 23); // 30 March 2025, 00:00 in Berlin
      const autumn = Date.UTC(2025, 9, 25, 22); // 26 October 2025, 00:00 in Berlin
      for (const [midnight, hours] of [[spring, 23] as const, [autumn, 25] as const]) {
        await history().append(
          [midnight, midnight + hours * hour - 1, midnight + hours * hour].map((at) => beat(at, 70)),
        );
        const found = await inBuckets(day, berlin, { fromMs: midnight, toMs: midnight + 2 * day });
        expect(found.map(({ atMs, count }) => [(atMs - midnight) / hour, count])).toEqual([
          [0, 2],
          [hours, 1],
        ]);
      }
    });

    test('a quarter of a day keeps to the clock on the wall when the clocks change', async () => {
      const midnight = Date.UTC(2025, 9, 25, 22); // 26 October 2025 in Berlin, 25 hours long
      await history().append(Array.from({ length: 25 }, (_, n) => beat(midnight + n * hour, n)));
      const found = await inBuckets(6 * hour, berlin, { fromMs: midnight, toMs: midnight + 25 * hour });
      expect(found.map(({ atMs, count }) => [(atMs - midnight) / hour, count])).toEqual([
        [0, 7],
        [7, 6],
        [13, 6],
        [19, 6],
      ]);
    });

    test('the hour that comes twice when the clocks go back is two hours', async () => {
      const twoOClock = Date.UTC(2025, 9, 26, 0); // 02:00 summer time, an hour later it is 02:00 again
      await history().append([0, 1, 2].map((n) => beat(twoOClock + n * hour + minute, n)));
      const found = await inBuckets(hour, berlin, { fromMs: twoOClock, toMs: twoOClock + 3 * hour });
      expect(found.map(({ atMs }) => (atMs - twoOClock) / hour)).toEqual([0, 1, 2]);
    });

    test('hours are whole where the people are, half an hour off too', async () => {
      await history().append([beat(noon + 29 * minute, 60), beat(noon + 30 * minute, 70)]);
      expect(starts(await inBuckets(hour, 'Asia/Kolkata'))).toEqual([
        '2025-06-01T11:30:00.000Z',
        '2025-06-01T12:30:00.000Z',
      ]);
    });

    test('from one second to a month', async () => {
      await history().append([beat(noon, 60), beat(noon + 999, 70), beat(noon + 1000, 80), beat(noon + 3 * day, 90)]);
      expect((await inBuckets(1000)).map(({ count }) => count)).toEqual([2, 1, 1]);
      const months = await inBuckets(31 * day);
      expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(4);
      expect(months.length).toBeLessThanOrEqual(2);
      expect(months.at(-1)?.last).toBe(90);
    });

    test('claims count as 0 and 1', async () => {
      const claims = [true, false, true, true];
      await history().append(claims.map((worn, n) => reading({ takenAtMs: noon + n * minute, facts: { worn } })));
      const found = await collect(history().aggregate('r-1', 'worn', around, { everyMs: day, timeZone: shanghai }));
      expect(found.map(({ mean, last }) => [mean, last])).toEqual([[0.75, 1]]);
    });

    const ways: readonly Bucketing[] = [
      { everyMs: 90_000, timeZone: shanghai },
      { everyMs: 7 * minute, timeZone: 'America/New_York' },
      { everyMs: hour, timeZone: shanghai },
      { everyMs: 3 * hour, timeZone: berlin },
      { everyMs: hour, timeZone: 'Asia/Kathmandu' },
      { everyMs: day, timeZone: berlin },
      { everyMs: day, timeZone: 'Asia/Kolkata' },
      { everyMs: 7 * day, timeZone: 'America/New_York' },
    ];
    test('weeks of readings give what counting one by one gives, before and after late ones', async () => {
      // Both changes of the clocks lie in these weeks.
      const spans = [Date.UTC(2025, 2, 7), Date.UTC(2025, 9, 24)].map((fromMs) => ({
        fromMs,
        toMs: fromMs + 25 * day,
      }));
      const told: Reading[] = [];
      for (const round of [1, 2]) {
        for (const { fromMs } of spans) {
          const fresh = scattered(round, fromMs, 25 * day, 400).map(([atMs, value]) => beat(atMs, value));
          told.push(...fresh);
          await history().append(fresh);
        }
        for (const way of ways) {
          for (const range of spans) {
            const found = await collect(history().aggregate('r-1', 'heartRateBpm', range, way));
            expect(found.map(rounded)).toEqual(expected(told, 'heartRateBpm', range, way).map(rounded));
          }
        }
      }
    });
  });
}
