import { setTimeout } from 'node:timers/promises';
import { openRecords } from '../../../store/records/records.ts';

/*
 * A process of its own that writes the audit log until it is killed, in a file whose log begins anew all the time:
 * `node auditor.ts {file}`. Says the number of an entry after it is confirmed; of three entries one is not waited for, and
 * now and then everything deleted is taken off the disk.
 */
const [file = ''] = process.argv.slice(2);
const limits = { copiedFrom: 10, anewFrom: 20, heldFrom: 30, atMost: 60 };
const records = await openRecords(file, { limits });
const say = (word: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${word}\n`, () => resolve()));

await say('0');
/** Refused when the disk is too slow, as whoever writes is. */
const write = async (n: number): Promise<void> => {
  const entry = { atMs: n, who: `u-${n}`, what: 'change', about: 'x'.repeat((n % 7) * 150) };
  await records.audit([entry]).catch(async () => {
    await setTimeout(10);
    return write(n);
  });
};

for (let n = 1; ; n += 1) {
  await write(n);
  if (n % 40 === 0) await records.rewrite(Number.MAX_SAFE_INTEGER).catch(() => false);
  if (n % 3 === 0) continue;
  await records.durable();
  await say(String(n));
}
