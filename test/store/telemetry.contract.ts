import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reading } from '../../model/reading.ts';
import type { TelemetryStore } from '../../store/contracts.ts';
import { always, batch, minute, noon, reading, refused, signal } from './support/facts.ts';
import { collect, type Place } from './support/places.ts';

/** What every telemetry store promises, whatever it is made of. Each story gets a fresh place. */
export function telemetryContract(name: string, freshPlace: () => Promise<Place<TelemetryStore>>): void {
  describe(name, () => {
    let place: Place<TelemetryStore>;
    let store: TelemetryStore;

    beforeEach(async () => {
      place = await freshPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    const reopened = async (): Promise<TelemetryStore> => {
      await store.close();
      store = await place.open();
      return store;
    };

    test('what was committed is read back exactly, after a restart too', async () => {
      const full: Reading = reading({
        seq: 17,
        late: true,
        deviceClockMs: 5,
        lane: 'event',
        facts: {
          events: ['sos', 'fall'],
          position: { lat: 24.4451, lon: 118.0823, accuracyM: 12, source: 'gnss' },
          batteryPct: 3,
          worn: false,
        },
      });
      await store.commit(batch({ readings: [full], states: new Map([['r-1', '{"sos":{}}']]), signals: [signal()] }));
      await reopened();
      expect(await collect(store.readings('r-1', always))).toEqual([full]);
      expect(await collect(store.states())).toEqual([['r-1', '{"sos":{}}']]);
      expect(await collect(store.pendingSignals())).toEqual([signal()]);
      expect(store.damage).toEqual([]);
    });

    test('a history comes in order of time, whatever the order of arrival', async () => {
      const times = [3, 1, 11, 2].map((n) => noon + n * minute);
      for (const takenAtMs of times) await store.commit(batch({ readings: [reading({ takenAtMs })] }));
      const found = await collect(store.readings('r-1', always));
      expect(found.map(({ takenAtMs }) => (takenAtMs - noon) / minute)).toEqual([1, 2, 3, 11]);
    });

    test('a range has its beginning and not its end', async () => {
      const times = [1, 2, 3].map((n) => noon + n * minute);
      await store.commit(batch({ readings: times.map((takenAtMs) => reading({ takenAtMs })) }));
      const found = await collect(store.readings('r-1', { fromMs: noon + minute, toMs: noon + 3 * minute }));
      expect(found.map(({ takenAtMs }) => takenAtMs)).toEqual(times.slice(0, 2));
    });

    test('the same reading twice is one row, two readings of one instant are two', async () => {
      await store.commit(
        batch({ readings: [reading(), reading(), reading({ id: 'button-1:9', deviceId: 'button-1' })] }),
      );
      await store.commit(batch({ readings: [reading()] }));
      expect(await collect(store.readings('r-1', always))).toHaveLength(2);
    });

    test('nobody finds the history of another, however alike the names', async () => {
      const subjects = ['r', 'r-1', 'r-10', '~r-1', 'R-1', 'r_1'];
      await store.commit(batch({ readings: subjects.map((subjectId) => reading({ subjectId })) }));
      for (const subjectId of subjects) {
        const found = await collect(store.readings(subjectId, always));
        expect(found.map((one) => one.subjectId)).toEqual([subjectId]);
      }
    });

    test('a track has only what has a position, a metric only what was measured', async () => {
      const position = { lat: 24.4, lon: 118.1 };
      await store.commit(
        batch({
          readings: [
            reading({ takenAtMs: noon + 1, facts: { position, worn: true } }),
            reading({ takenAtMs: noon + 2, facts: { heartRateBpm: 80, worn: false } }),
            reading({ takenAtMs: noon + 3, facts: { position: { ...position, accuracyM: 7 } } }),
          ],
        }),
      );
      expect(await collect(store.track('r-1', always))).toEqual([
        { atMs: noon + 1, ...position, deviceId: 'band-1' },
        { atMs: noon + 3, ...position, accuracyM: 7, deviceId: 'band-1' },
      ]);
      const points = await collect(store.metric('r-1', 'heartRateBpm', always));
      expect(points).toEqual([{ atMs: noon + 2, value: 80, deviceId: 'band-1' }]);
      const worn = await collect(store.metric('r-1', 'worn', always));
      expect(worn.map(({ value }) => value)).toEqual([1, 0]);
    });

    test('the latest position is the newest at or before the moment, and not older than asked for', async () => {
      const at = (n: number, withPosition: boolean): Reading =>
        reading({
          takenAtMs: noon + n * minute,
          facts: withPosition ? { position: { lat: n, lon: n } } : { steps: n },
        });
      await store.commit(batch({ readings: [at(0, true), at(5, true), at(6, false), at(9, true)] }));
      const hasPosition = (one: Reading): boolean => one.facts.position !== undefined;
      const found = (atMs: number, withinMs: number) => store.latest('r-1', hasPosition, atMs, withinMs);
      expect((await found(noon + 8 * minute, 10 * minute))?.facts.position?.lat).toBe(5);
      expect((await found(noon + 9 * minute, 10 * minute))?.facts.position?.lat).toBe(9);
      expect(await found(noon + 8 * minute, 2 * minute)).toBeUndefined();
    });

    test('the last rule state of a subject counts', async () => {
      await store.commit(
        batch({
          states: new Map([
            ['r-1', '1'],
            ['r-2', '2'],
          ]),
        }),
      );
      await store.commit(batch({ states: new Map([['r-1', '3']]) }));
      expect(await store.state('r-1')).toBe('3');
      expect(await store.state('nobody')).toBeUndefined();
      expect(await collect(store.states())).toEqual([
        ['r-1', '3'],
        ['r-2', '2'],
      ]);
    });

    test('signals wait in order of commit until they are forgotten, over a restart', async () => {
      const ids = ['z', 'a', 'm', 'b'];
      await store.commit(batch({ signals: [signal({ id: 'z' }), signal({ id: 'a' })] }));
      await store.commit(batch({ signals: [signal({ id: 'm' }), signal({ id: 'b' }), signal({ id: 'a' })] }));
      expect((await collect(store.pendingSignals())).map(({ id }) => id)).toEqual(ids);
      await reopened();
      await store.forgetSignals(['a', 'm', 'unknown']);
      await reopened();
      expect((await collect(store.pendingSignals())).map(({ id }) => id)).toEqual(['z', 'b']);
    });

    test('the quarantine shows the newest first and one device cannot push out the others', async () => {
      await store.commit(batch({ quarantined: [refused({ deviceId: 'quiet' })] }));
      for (let n = 0; n < 300; n += 1) {
        await store.commit(batch({ quarantined: [refused({ deviceId: 'noisy', receivedAtMs: noon + n })] }));
      }
      await reopened();
      const noisy = await store.quarantined({ deviceId: 'noisy', limit: 1000 });
      expect(noisy.length).toBeLessThan(300);
      expect(noisy[0]?.receivedAtMs).toBe(noon + 299);
      expect(await store.quarantined({ deviceId: 'quiet', limit: 10 })).toHaveLength(1);
      expect(await store.quarantined({ limit: 5 })).toHaveLength(5);
    });

    test('commits asked for at the same moment are all there', async () => {
      const commits = Array.from({ length: 20 }, (_, n) =>
        store.commit(batch({ readings: [reading({ takenAtMs: noon + n })], signals: [signal({ id: `s${n}` })] })),
      );
      await Promise.all(commits);
      await reopened();
      expect(await collect(store.readings('r-1', always))).toHaveLength(20);
      expect((await collect(store.pendingSignals())).map(({ id }) => id)).toEqual(commits.map((_, n) => `s${n}`));
      expect(store.damage).toEqual([]);
    });
  });
}
