import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRecords } from '../../store/records/records.ts';
import { syncedOf } from '../../store/records/synced-mark.ts';
import { eventually, removeFolder, temporaryFolder } from '../support/service.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const looked = (n: number) => ({ atMs: n, who: `u-${n}`, what: 'livePositionRead', about: 'r0' });
const frameBytes = 24 + 4096;

async function open(file: string) {
  const records = await openRecords(file);
  ends.push(() => records.close());
  return records;
}

/** Twenty looks, of which the first is torn in a copy that is opened then; `isMarked`: the disk has confirmed them. */
async function afterTheFirstWasTorn(isMarked: boolean) {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const file = join(folder, 'records.sqlite');
  const records = await open(file);
  await records.audit([looked(0)]);
  await records.durable();
  const before = readFileSync(`${file}-wal`).length;
  for (let n = 1; n <= 20; n += 1) await records.auditLooks([looked(n)]);
  const isKnown = async () => {
    await records.auditLooks([looked(21)]);
    await records.durable();
    return ((await syncedOf(file))?.frames ?? 0) * frameBytes > before || undefined;
  };
  if (isMarked) expect(await eventually(isKnown)).toBe(true);
  const copy = join(folder, 'copy.sqlite');
  for (const ending of ['', '-wal', '-synced']) cpSync(file + ending, copy + ending);
  const log = readFileSync(`${copy}-wal`);
  writeFileSync(`${copy}-wal`, log.fill(0xff, before + 512, before + 1024));
  return open(copy);
}

test('looks that a power cut took before the disk had confirmed them are called lost by nobody, and what was confirmed is there', async () => {
  const records = await afterTheFirstWasTorn(false);
  expect(records.damage).toEqual([]);
  expect((await records.auditLog({ limit: 9 })).map(({ who }) => who)).toEqual(['u-0']);
  expect((await records.checkAudit()).damage).toEqual([]);
});

test('what the disk has confirmed is lost by no power cut: when it is broken, that is told as damage', async () => {
  const { damage } = await afterTheFirstWasTorn(true);
  expect(damage).toMatchObject([
    { what: expect.stringMatching(/a change is damaged; it and \d+ later ones are lost/) },
  ]);
});
