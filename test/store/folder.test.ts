import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../store/folder.ts';
import { killNow, readUntil, start } from './support/child.ts';
import { inTempFolder } from './support/places.ts';

test('a new data folder belongs to its owner alone', async () => {
  await inTempFolder(async (parent) => {
    const folder = await openDataFolder(join(parent, 'a', 'data'));
    expect((await stat(folder.dir)).mode & 0o777).toBe(0o700);
    await folder.release();
  });
});

test('a second start on the same folder is refused and names the process that has it', async () => {
  await inTempFolder(async (dir) => {
    const { child, lines } = start('holder.ts', dir);
    await readUntil(lines, (line) => line === 'held');
    await expect(openDataFolder(dir)).rejects.toThrow(`in use by the process ${child.pid}:`);
    await killNow(child);
  });
});

test('after kill -9 the folder can be used at once', async () => {
  await inTempFolder(async (dir) => {
    const { child, lines } = start('holder.ts', dir);
    await readUntil(lines, (line) => line === 'held');
    await killNow(child);
    const folder = await openDataFolder(dir);
    await folder.release();
  });
});

test('the same process cannot have it twice, but again after giving it back', async () => {
  await inTempFolder(async (dir) => {
    const folder = await openDataFolder(dir);
    await expect(openDataFolder(dir)).rejects.toThrow(`in use by the process ${process.pid}:`);
    await folder.release();
    await (await openDataFolder(dir)).release();
  });
});

test('a folder that cannot be made is refused in words', async () => {
  await inTempFolder(async (dir) => {
    await writeFile(join(dir, 'file'), '');
    await expect(openDataFolder(join(dir, 'file', 'data'))).rejects.toThrow('cannot be used');
  });
});
