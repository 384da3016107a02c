import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CommitLog, Pipeline } from '../../ingest/pipeline.ts';
import type { Reading } from '../../model/reading.ts';
import { Engine } from '../../rules/engine.ts';
import { HomeZones } from '../../rules/home-zones.ts';
import { rules } from '../../rules/index.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const startMs = Date.UTC(2026, 4, 4, 2);
const newEngine = () =>
  new Engine(
    rules,
    (subjectId) => ({
      subjectId,
      resident: undefined,
      devices: new Map(),
      zones: HomeZones.none,
      home: undefined,
      timeZone: 'Asia/Shanghai',
    }),
    startMs,
  );

/** One message of the band; every third is a press. */
function said(n: number): Reading {
  const atMs = startMs + n * 60_000;
  const facts = n % 3 === 0 ? { events: ['sos' as const], steps: n } : { heartRateBpm: 60 + (n % 40), steps: n };
  const about = {
    id: `band-1:t${atMs}`,
    deviceId: 'band-1',
    kind: 'wristband',
    subjectId: 'r1',
    lane: 'event',
  } as const;
  return { ...about, takenAtMs: atMs, receivedAtMs: atMs, late: false, facts };
}

async function all<T, K>(items: AsyncIterable<T>, key: (item: T) => K): Promise<K[]> {
  const keys: K[] = [];
  for await (const item of items) keys.push(key(item));
  return keys;
}

type Fault = 'none' | 'lost' | 'reported though written';
/** How many messages arrive at once, and what the disk makes of the commit that holds them. */
const burst = fc.record({
  messages: fc.integer({ min: 1, max: 6 }),
  fault: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Fault>('none') },
    fc.constant<Fault>('lost'),
    fc.constant<Fault>('reported though written'),
  ),
});

test('whatever the disk does, who is answered is stored, who is not comes again, and no press is lost or doubled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 6 }), async (bursts) => {
      const folder = temporaryFolder();
      const store = await openTelemetry(folder);
      const disk = { fault: 'none' as Fault, writing: 0, most: 0 };
      const log: CommitLog = {
        async commit(batch) {
          disk.most = Math.max(disk.most, ++disk.writing);
          const fault = disk.fault;
          disk.fault = 'none';
          if (fault !== 'lost') await store.commit(batch);
          disk.writing -= 1;
          if (fault !== 'none') throw new Error(fault);
        },
        reopen: () => store.reopen(),
        states: () => store.states(),
        pendingSignals: () => store.pendingSignals(),
      };
      const heard = new Set<string>();
      const note = (signals: readonly { readonly id: string }[]) => void signals.map(({ id }) => heard.add(id));
      const ignore = () => undefined;
      const pipeline = new Pipeline({
        engine: newEngine(),
        log,
        clock: () => startMs,
        onCommitted: ({ signals }) => note(signals),
        onUnstored: note,
        onTrouble: ignore,
        onForget: ignore,
      });
      const answers = new Map<string, number>();
      /** As a device does: again until it is answered. */
      const insist = async (readings: readonly Reading[]): Promise<void> => {
        const refused: Reading[] = [];
        const answered = readings.map(
          (reading) =>
            new Promise<void>((resolve) =>
              pipeline.take({ readings: [reading], quarantined: [] }, (error) => {
                if (error) refused.push(reading);
                else answers.set(reading.id, (answers.get(reading.id) ?? 0) + 1);
                resolve();
              }),
            ),
        );
        await Promise.all(answered);
        const stored = new Set(await all(store.readings('r1', { fromMs: 0, toMs: startMs * 2 }), ({ id }) => id));
        for (const reading of readings) if (!refused.includes(reading)) expect(stored).toContain(reading.id);
        if (refused.length === 0) return;
        await eventually(() => !pipeline.failing || undefined);
        await insist(refused);
      };
      try {
        let n = 0;
        for (const { messages, fault } of bursts) {
          disk.fault = fault;
          await insist(Array.from({ length: messages }, () => said(n++)));
        }
        const everything = Array.from({ length: n }, (_, i) => said(i));
        const engine = newEngine();
        const signals = everything.flatMap((reading) => engine.step(reading, startMs).signals.map(({ id }) => id));
        expect(await all(store.readings('r1', { fromMs: 0, toMs: startMs * 2 }), ({ id }) => id)).toEqual(
          everything.map(({ id }) => id),
        );
        expect(everything.every(({ id }) => answers.get(id) === 1)).toBe(true);
        expect([...heard].toSorted()).toEqual(signals.toSorted());
        expect((await all(store.pendingSignals(), ({ id }) => id)).toSorted()).toEqual(signals.toSorted());
        expect(disk.most).toBe(1);
      } finally {
        await pipeline.stop(1_000);
        await store.close();
        removeFolder(folder);
      }
    }),
    { numRuns: 12 },
  );
});
