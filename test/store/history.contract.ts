import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Metric, Reading } from '../../model/reading.ts';
import type { AggregatePoint, History, Purpose, TimeRange } from '../../store/contracts.ts';
import { bucketStories } from './history-buckets.contract.ts';
import { always, minute, noon, reading } from './support/facts.ts';
import { collect } from './support/places.ts';

/** Where a history lives for one story; `remove` also closes what `open` opened. */
export type HistoryPlace = { open(): Promise<History>; remove(): Promise<void> };

const hour = 60 * minute;
const day = 24 * hour;
const shanghai = 'Asia/Shanghai';

/** What every history promises, wherever it is kept. Each story gets a fresh place. */
export function historyContract(name: string, freshPlace: () => Promise<HistoryPlace>): void {
  describe(name, () => {
    let place: HistoryPlace;
    let history: History;

    beforeEach(async () => {
      place = await freshPlace();
      history = await place.open();
    });
    afterEach(() => place.remove());

    const beats = (metric: Metric = 'heartRateBpm', range: TimeRange = always) =>
      collect(history.metric('r-1', metric, range));
    const inBuckets = (everyMs: number): Promise<AggregatePoint[]> =>
      collect(history.aggregate('r-1', 'heartRateBpm', around, { everyMs, timeZone: shanghai }));
    const expireAll = async (purpose: Purpose, beforeMs: number, atMost = 100): Promise<number[]> => {
      const steps: number[] = [];
      do steps.push(await history.expire(purpose, beforeMs, atMost));
      while (steps.at(-1) !== 0);
      return steps;
    };

    describe('what was measured', () => {
      test('comes in order of time, whatever the order of arrival, and each once', async () => {
        await history.append([3, 1, 11].map((n) => beat(noon + n * minute, n)));
        await history.append([2, 3].map((n) => beat(noon + n * minute, n)));
        const found = [1, 2, 3, 11].map((n) => ({ atMs: noon + n * minute, value: n, deviceId: 'band-1' }));
        expect(await beats()).toEqual(found);
      });

      test('days late it still lands in its place', async () => {
        await history.append([beat(noon, 70), beat(noon + 5 * day, 75)]);
        await history.append([{ ...beat(noon + 2 * day, 72), late: true, receivedAtMs: noon + 5 * day }]);
        expect((await beats()).map(({ value }) => value)).toEqual([70, 72, 75]);
      });

      test('a range has its beginning and not its end', async () => {
        await history.append([1, 2, 3].map((n) => beat(noon + n, n)));
        const found = await beats('heartRateBpm', { fromMs: noon + 1, toMs: noon + 3 });
        expect(found.map(({ value }) => value)).toEqual([1, 2]);
      });

      test('two devices of one resident at the same instant are two points', async () => {
        await history.append([beat(noon, 70), { ...beat(noon, 90), id: 'watch-1:1', deviceId: 'watch-1' }]);
        const found = (await beats()).map(({ deviceId, value }) => `${deviceId} ${value}`);
        expect(found.toSorted()).toEqual(['band-1 70', 'watch-1 90']);
      });

      test('every number and every claim of a message is a history of its own', async () => {
        const facts = { temperatureC: 36.6, steps: 5120, signalDbm: -71, worn: false, contactOpen: true };
        await history.append([reading({ facts })]);
        for (const [metric, value] of Object.entries(facts)) {
          expect(await beats(metric as Metric)).toEqual([{ atMs: noon, value: Number(value), deviceId: 'band-1' }]);
        }
        expect(await beats('spo2Pct')).toEqual([]);
      });

      test('nobody finds the history of another, however alike the names', async () => {
        const subjects = ['r', 'r-1', 'r-10', '~r-1', 'R-1', 'r_1'];
        await history.append(subjects.map((subjectId, n) => ({ ...beat(noon, n), subjectId })));
        for (const [n, subjectId] of subjects.entries()) {
          const found = await collect(history.metric(subjectId, 'heartRateBpm', always));
          expect(found.map(({ value }) => value)).toEqual([n]);
        }
      });

      test('a track has every position of the range, with its accuracy when the device said it', async () => {
        const place = { lat: 24.4451234, lon: 118.0823456 };
        const rough = { ...place, accuracyM: 12.5 };
        await history.append([
          reading({ takenAtMs: noon + 2, facts: { position: rough, heartRateBpm: 70 } }),
          beat(noon + 1, 71),
          reading({ takenAtMs: noon, facts: { position: place } }),
          reading({ takenAtMs: noon + 9, facts: { position: place } }),
        ]);
        expect(await collect(history.track('r-1', { fromMs: noon, toMs: noon + 9 }))).toEqual([
          { atMs: noon, ...place, deviceId: 'band-1' },
          { atMs: noon + 2, ...rough, deviceId: 'band-1' },
        ]);
      });
    });

    bucketStories(() => history);

    describe('the newest of many', () => {
      const spot = (subjectId: string, takenAtMs: number, lat: number): Reading =>
        reading({ id: `fix:${takenAtMs}`, subjectId, takenAtMs, facts: { position: { lat, lon: 118 } } });
      const pulse = (subjectId: string, takenAtMs: number, value: number): Reading => ({
        ...beat(takenAtMs, value),
        subjectId,
      });

      test('is each one at or before the moment and not older than asked for', async () => {
        await history.append([
          spot('r-1', noon, 1),
          spot('r-1', noon + 5 * minute, 2),
          spot('r-1', noon + 20 * minute, 3),
          spot('r-2', noon - 2 * hour, 4),
          spot('r-3', noon + 6 * minute, 5),
          pulse('r-3', noon + 8 * minute, 70),
          pulse('r-4', noon, 70),
        ]);
        const found = await history.latestPositions(['r-1', 'r-2', 'r-3', 'r-4', 'nobody'], noon + 10 * minute, hour);
        expect([...found].toSorted()).toEqual([
          ['r-1', { atMs: noon + 5 * minute, lat: 2, lon: 118, deviceId: 'band-1' }],
          ['r-3', { atMs: noon + 6 * minute, lat: 5, lon: 118, deviceId: 'band-1' }],
        ]);
      });

      test('is not pushed out by what arrives late', async () => {
        await history.append([pulse('r-1', noon, 70), spot('r-1', noon, 1)]);
        await history.append([pulse('r-1', noon - minute, 60), spot('r-1', noon - minute, 2)]);
        expect((await history.latestValues(['r-1'], 'heartRateBpm', noon, day)).get('r-1')?.value).toBe(70);
        expect((await history.latestPositions(['r-1'], noon, day)).get('r-1')?.lat).toBe(1);
      });

      test('can be asked for each metric by itself, for hundreds at once', async () => {
        const names = Array.from({ length: 300 }, (_, n) => `r-${n}`);
        await history.append(names.map((name, n) => pulse(name, noon + n, n)));
        await history.append(
          names.map((name, n) => reading({ subjectId: name, takenAtMs: noon + hour, facts: { worn: n % 2 === 0 } })),
        );
        const found = await history.latestValues(names, 'heartRateBpm', noon + day, 2 * day);
        expect(names.map((name) => found.get(name)?.value)).toEqual(names.map((_, n) => n));
        expect((await history.latestValues(['r-2', 'r-3'], 'worn', noon + day, 2 * day)).get('r-3')).toEqual({
          atMs: noon + hour,
          value: 0,
          deviceId: 'band-1',
        });
        expect((await history.latestValues(names, 'heartRateBpm', noon - 1, day)).size).toBe(0);
      });
    });

    describe('letting go', () => {
      test('what is older than its purpose is kept for goes, in steps as small as asked for', async () => {
        await history.append(Array.from({ length: 10 }, (_, n) => beat(noon + n * day, n)));
        const steps = await expireAll('vitals', noon + 7 * day, 3);
        expect(Math.max(...steps)).toBeLessThanOrEqual(3);
        expect(steps.reduce((sum, step) => sum + step, 0)).toBe(7);
        expect((await beats()).map(({ value }) => value)).toEqual([7, 8, 9]);
        expect((await inBuckets(day)).map(({ count }) => count)).toEqual([1, 1, 1]);
      });

      test('each purpose has its own time', async () => {
        const position = { lat: 24.4, lon: 118.1 };
        await history.append([
          reading({ takenAtMs: noon, facts: { position } }),
          beat(noon + 1, 70),
          reading({ takenAtMs: noon + 2, facts: { motion: true } }),
          reading({ takenAtMs: noon + 3, facts: { batteryPct: 80 } }),
          reading({ takenAtMs: noon + 4, facts: { worn: true } }),
        ]);
        const left = async () => [
          (await collect(history.track('r-1', always))).length,
          (await beats('heartRateBpm')).length,
          (await beats('motion')).length,
          (await beats('batteryPct')).length,
          (await beats('worn')).length,
        ];
        await expireAll('positions', noon + day);
        expect(await left()).toEqual([0, 1, 1, 1, 1]);
        await expireAll('motion', noon + day);
        expect(await left()).toEqual([0, 1, 0, 1, 0]);
        await expireAll('vitals', noon + day);
        expect(await left()).toEqual([0, 0, 0, 1, 0]);
        await expireAll('device', noon + day);
        expect(await left()).toEqual([0, 0, 0, 0, 0]);
        expect((await history.statistics()).readings).toBe(0);
      });

      test('where she was is forgotten in its time, though her pulse came in the same message and is kept', async () => {
        const told = (takenAtMs: number): Reading => reading({ takenAtMs, facts: everything });
        await history.append([told(noon), told(noon + minute), told(noon + 9 * day)]);
        await inBuckets(day);
        const steps = await expireAll('positions', noon + day, 1);
        expect(Math.max(...steps)).toBe(1);
        expect(await collect(history.track('r-1', { fromMs: 0, toMs: noon + day }))).toEqual([]);
        expect((await history.latestPositions(['r-1'], noon + day, 9 * day)).size).toBe(0);
        expect(await collect(history.track('r-1', always))).toHaveLength(1);
        for (const metric of ['heartRateBpm', 'temperatureC', 'steps', 'worn', 'batteryPct', 'charging'] as const)
          expect(await beats(metric), metric).toHaveLength(3);
        expect((await inBuckets(day)).map(({ count }) => count)).toEqual([2, 1]);
        expect((await history.statistics()).readings).toBe(3);
      });

      test('and the other way round: the pulse goes, the way she walked stays, until nothing is left of the message', async () => {
        const place = everything.position;
        await history.append([reading({ facts: everything })]);
        await inBuckets(day);
        await expireAll('vitals', noon + day);
        expect([...(await beats()), ...(await beats('temperatureC'))]).toEqual([]);
        expect(await inBuckets(day)).toEqual([]);
        expect((await history.latestValues(['r-1'], 'heartRateBpm', noon + day, 9 * day)).size).toBe(0);
        expect(await collect(history.track('r-1', always))).toEqual([{ atMs: noon, ...place, deviceId: 'band-1' }]);
        await expireAll('motion', noon + day);
        expect([...(await beats('steps')), ...(await beats('worn'))]).toEqual([]);
        expect([...(await beats('batteryPct')), ...(await beats('charging'))]).toHaveLength(2);
        await expireAll('device', noon + day);
        expect((await history.statistics()).readings).toBe(1);
        await expireAll('positions', noon + day);
        expect(await collect(history.track('r-1', always))).toEqual([]);
        expect(await history.statistics()).toMatchObject({ readings: 0, subjects: 0 });
      });

      test('what arrives after its time was up goes with the next round', async () => {
        await history.append([beat(noon, 70)]);
        await expireAll('vitals', noon + day);
        await history.append([beat(noon + minute, 71), beat(noon + 2 * day, 72)]);
        await expireAll('vitals', noon + day);
        expect((await beats()).map(({ value }) => value)).toEqual([72]);
      });

      test('one person is forgotten completely and nobody else', async () => {
        const everybody = ['r-1', 'r-10', '~r-1', 'r'];
        const position = { lat: 24.4, lon: 118.1 };
        const days = Array.from({ length: 5 }, (_, n) => noon + n * day);
        const both = { position, heartRateBpm: 72 };
        await history.append(
          everybody.flatMap((subjectId) => days.map((takenAtMs) => reading({ subjectId, takenAtMs, facts: both }))),
        );
        await inBuckets(day);
        expect(await history.erase('r-1')).toBe(5);
        expect(await beats()).toEqual([]);
        expect(await inBuckets(day)).toEqual([]);
        expect(await collect(history.track('r-1', always))).toEqual([]);
        expect((await history.latestPositions(everybody, noon + 9 * day, 99 * day)).size).toBe(3);
        expect((await history.latestValues(everybody, 'heartRateBpm', noon + 9 * day, 99 * day)).size).toBe(3);
        expect((await history.statistics()).subjects).toBe(3);
        expect(await history.erase('r-1')).toBe(0);
      });

      test('who comes back after being forgotten has a history from then on', async () => {
        await history.append([beat(noon, 70)]);
        await history.erase('r-1');
        await history.append([beat(noon + minute, 71)]);
        expect((await beats()).map(({ value }) => value)).toEqual([71]);
        expect((await inBuckets(day)).map(({ count, mean }) => [count, mean])).toEqual([[1, 71]]);
      });
    });

    test('says how much there is, of how many, from when to when', async () => {
      expect(await history.statistics()).toMatchObject({ readings: 0, subjects: 0 });
      await history.append([beat(noon, 1), beat(noon + day, 2), { ...beat(noon - day, 3), subjectId: 'r-2' }]);
      await history.append([beat(noon, 1)]);
      expect(await history.statistics()).toMatchObject({
        readings: 3,
        subjects: 2,
        oldestMs: noon - day,
        newestMs: noon + day,
      });
    });
  });
}

/** A message that says something for each purpose. */
const everything = {
  position: { lat: 24.4, lon: 118.1, accuracyM: 8 },
  heartRateBpm: 72,
  temperatureC: 36.6,
  steps: 120,
  worn: true,
  batteryPct: 80,
  charging: false,
} as const;

const around: TimeRange = { fromMs: noon - 20 * day, toMs: noon + 20 * day };

function beat(takenAtMs: number, heartRateBpm: number): Reading {
  return reading({ takenAtMs, facts: { heartRateBpm } });
}
