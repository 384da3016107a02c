import { statSync } from 'node:fs';
import { openRecords } from '../../../store/records/records.ts';

/*
 * A process of its own that writes records, each when the disk has confirmed the one before, every fifth a large one:
 * `node recorder.ts {file} {writes}`. Says `open`, the number of each write after it is confirmed, and before it closes the
 * longest the log was, in bytes.
 */
const [file = '', writes = '100'] = process.argv.slice(2);
const say = (word: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${word}\n`, () => resolve()));

const records = await openRecords(file);
await say('open');
let longest = 0;
for (let n = 1; n <= Number(writes); n += 1) {
  await records.putSetting(
    n % 5 === 0 ? 'large' : 'small',
    String(n)
      .padStart(7)
      .repeat(n % 5 === 0 ? 120_000 : 6),
  );
  await records.putSetting('count', String(n));
  await records.durable();
  longest = Math.max(longest, statSync(`${file}-wal`).size);
  await say(String(n));
}
await say(`longest ${longest}`);
await records.close();
await say('closed');
