import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRecords } from '../../store/records/records.ts';
import { recordsContract } from './records.contract.ts';
import { alert, change } from './support/facts.ts';
import { inTempFolder, remove, tempFolder } from './support/places.ts';

recordsContract('records in SQLite', async () => {
  const dir = await tempFolder();
  return { open: () => openRecords(join(dir, 'records.sqlite')), remove: () => remove(dir) };
});

test('records can live in memory', async () => {
  const records = await openRecords(':memory:');
  await records.applyAlerts([change()]);
  expect(await records.openAlerts()).toEqual([alert()]);
  await records.close();
});

test('a file that is no database is refused in words', async () => {
  await inTempFolder(async (dir) => {
    const file = join(dir, 'records.sqlite');
    await writeFile(file, 'no database '.repeat(100));
    await expect(openRecords(file)).rejects.toThrow(/records\.sqlite cannot be opened \(.*not a database/);
  });
});
