import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRecords } from '../../store/records/records.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const looked = (n: number) => ({ atMs: n, who: `u-${n}`, what: 'livePositionRead', about: 'r0' });

/** What lies on the disk after `looks`, when the power went and the first of them never got there. */
async function afterPowerCut(looks: number) {
  const folder = temporaryFolder();
  const file = join(folder, 'records.sqlite');
  const records = await openRecords(file);
  await records.audit([looked(0)]);
  const before = readFileSync(`${file}-wal`);
  for (let n = 1; n <= looks; n += 1) await records.auditLooks([looked(n)]);
  const copy = join(folder, 'copy.sqlite');
  for (const ending of ['', '-wal']) cpSync(file + ending, copy + ending);
  const log = readFileSync(`${copy}-wal`);
  const firstLook = log.findIndex((byte, at) => byte !== before[at]);
  writeFileSync(`${copy}-wal`, log.fill(0xff, firstLook + 512, firstLook + 1024));
  const opened = await openRecords(copy);
  ends.push(
    () => removeFolder(folder),
    () => records.close(),
    () => opened.close(),
  );
  return opened;
}

test('looks that a power cut took are called lost by nobody, and what was synced before them is there', async () => {
  const records = await afterPowerCut(8);
  expect(records.damage).toEqual([]);
  expect((await records.auditLog({ limit: 9 })).map(({ who }) => who)).toEqual(['u-0']);
  expect((await records.checkAudit()).damage).toEqual([]);
});

test('behind a change that was synced nothing is a power cut: it is told as damage', async () => {
  const { damage } = await afterPowerCut(20);
  expect(damage).toMatchObject([
    { what: expect.stringMatching(/a change is damaged; it and \d+ later ones are lost/) },
  ]);
});
