import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { Reading } from '../../model/reading.ts';
import { levelHistory } from '../../store/telemetry/history.ts';
import { tableForm } from '../../store/telemetry/opening.ts';
import { openTelemetry } from '../../store/telemetry/telemetry.ts';
import type { Contestant } from './contestant.ts';

/** What a busy service gathers at most for one commit (ingest/pipeline.ts); the next one is made ready while it is written. */
const readingsPerCommit = 4_096;
const commitsAtATime = 2;

/** The embedded store, each commit synced, asked in the process as the service asks it. */
export async function embedded(dir: string): Promise<Contestant> {
  const telemetryDir = join(dir, 'telemetry');
  let store = await openTelemetry(telemetryDir);
  return {
    name: 'anju',
    dir,
    prepare: (readings) => inBatches(readings),
    async write(prepared) {
      const waiting = (prepared as Reading[][]).values(); // made by `prepare`
      const work = async (): Promise<void> => {
        for (const batch of waiting) await levelHistory(store).append(batch);
      };
      await Promise.all(Array.from({ length: commitsAtATime }, work));
    },
    async settle() {
      while ((await store.rollUp(1_000)) > 0);
      await store.close();
      const db = new ClassicLevel(join(telemetryDir, 'rows'), tableForm);
      await db.open();
      await db.compactRange('', '~');
      await db.close();
      store = await openTelemetry(telemetryDir);
    },
    track: (subjectId, fromMs, toMs) => countOf(store.track(subjectId, { fromMs, toMs })),
    means: (subjectId, fromMs, toMs, everyMs) =>
      countOf(store.aggregate(subjectId, 'heartRateBpm', { fromMs, toMs }, { everyMs, timeZone: 'UTC' })),
    latest: async (subjectIds, atMs, withinMs) => (await store.latestPositions(subjectIds, atMs, withinMs)).size,
    stop: () => store.close(),
  };
}

function inBatches(readings: readonly Reading[]): Reading[][] {
  const count = Math.ceil(readings.length / readingsPerCommit);
  return Array.from({ length: count }, (_, n) => readings.slice(n * readingsPerCommit, (n + 1) * readingsPerCommit));
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}
