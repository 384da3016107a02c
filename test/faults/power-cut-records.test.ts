import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkRecords } from '../../store/records/check.ts';
import { openRecords } from '../../store/records/records.ts';
import { removeFolder, temporaryFolder } from '../support/service.ts';
import { type DiskHistory, randomOf } from './support/disk-image.ts';
import { inForm } from './support/form.ts';
import { confirmationsOf, recordedOf } from './support/recorded.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Records written as fast as they are confirmed, whose log is emptied all the time, and what they asked of the disk. */
async function recordedAudit(entries: number): Promise<DiskHistory> {
  const folder = temporaryFolder();
  ends.push(() => removeFolder(folder));
  const [dir, record] = [join(folder, 'data'), join(folder, 'record')];
  mkdirSync(dir);
  return recordedOf({ dir, record, atLeast: entries }, 'auditor.ts', join(dir, 'records.sqlite'));
}

/** What is wrong with the records as the power cut at `line` left them. */
async function wrongAfter(history: DiskHistory, line: number, confirmed: number, seed: number): Promise<string[]> {
  const dir = temporaryFolder();
  ends.push(() => removeFolder(dir));
  history.lay(line, dir, randomOf(seed));
  const file = join(dir, 'records.sqlite');
  const at = `seed ${seed}, line ${line}:`;
  const records = await openRecords(file).catch((error: Error) => error);
  if (records instanceof Error) return [`${at} ${records.message}`];
  const { entries, damage } = await records.checkAudit();
  const called = records.damage;
  await records.close();
  const wrong = [...called, ...damage, ...checkRecords(file).damage].map(
    ({ what, where }) => `${at} ${where}: ${what}`,
  );
  if (entries < confirmed) wrong.push(`${at} ${entries} entries are there, ${confirmed} were confirmed`);
  return wrong;
}

test('the power goes at any moment while the log of the records begins anew: every confirmed entry is there, the chain holds, the file is whole, nothing is called damaged', {
  timeout: 600_000,
}, async () => {
  const history = await recordedAudit(inForm(120, 600));
  const confirmations = confirmationsOf(history);
  const [first, last] = [confirmations.at(0)?.line ?? 0, confirmations.at(-1)?.line ?? 0];
  expect(confirmations.length).toBeGreaterThan(70);
  const wrong: string[] = [];
  for (let round = 0; round < inForm(20, 300); round += 1) {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const line = first + 1 + Math.floor(randomOf(seed)() * (last - first));
    const confirmed = confirmations.findLast((one) => one.line < line)?.n ?? 0;
    wrong.push(...(await wrongAfter(history, line, confirmed, seed)));
  }
  expect(wrong).toEqual([]);
});
