import { openTelemetry } from '../../../store/telemetry/telemetry.ts';
import { batch, minute, noon, reading } from './facts.ts';
import { collect } from './places.ts';

/*
 * A process of its own that commits readings of five days in a scattered order and asks about them all the while, so
 * that days are added up, touched again and added up again, until it is killed: `node asker.ts {dir} {first}`.
 */
const [dir = '', first = '0'] = process.argv.slice(2);
const day = 24 * 60 * minute;
const store = await openTelemetry(dir, { writeBufferBytes: 64 * 1024 });
const inDays = { everyMs: day, timeZone: 'UTC' };

for (let n = Number(first); ; n += 1) {
  const readings = Array.from({ length: 5 }, (_, index) =>
    reading({
      id: `${n}.${index}`,
      takenAtMs: noon + index * day + ((n * 7_919) % 1_000) * minute,
      receivedAtMs: noon + 9 * day,
      facts: { heartRateBpm: 60 + (n % 50) },
    }),
  );
  await store.commit(batch({ readings }));
  if (n % 3 === 0) await collect(store.aggregate('r-1', 'heartRateBpm', { fromMs: 0, toMs: noon + 9 * day }, inDays));
  process.stdout.write(`${n}\n`);
}
