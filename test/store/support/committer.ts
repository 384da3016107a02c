import { CommitFailed } from '../../../store/contracts.ts';
import { openTelemetry } from '../../../store/telemetry/telemetry.ts';
import { batch, noon, reading, signal } from './facts.ts';

/*
 * A process of its own that commits until it is killed or the disk refuses: `node committer.ts {dir} {readings}`.
 * Says the number of each commit only after it is confirmed.
 */
const [dir = '', readings = '10'] = process.argv.slice(2);
const store = await openTelemetry(dir, { writeBufferBytes: 128 * 1024 });
const say = (word: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${word}\n`, () => resolve()));

for (let n = 0; ; n += 1) {
  const many = Array.from({ length: Number(readings) }, (_, index) =>
    reading({ id: `${n}.${index}`, takenAtMs: noon + n }),
  );
  try {
    await store.commit(
      batch({ readings: many, states: new Map([['r-1', String(n)]]), signals: [signal({ id: `s${n}` })] }),
    );
  } catch (error) {
    if (!(error instanceof CommitFailed)) throw error;
    await say('refused');
    const again = await store
      .commit(batch({ states: new Map([['r-1', 'after the failure']]) }))
      .catch((e: Error) => e.name);
    await say(`again ${again}`);
    process.exit(0);
  }
  await say(String(n));
}
