import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { anju } from '../../support/anju.ts';
import { removeFolder, temporaryFolder } from '../../support/service.ts';

const folder = temporaryFolder();
afterAll(() => removeFolder(folder));
const few = ['--residents', '6', '--days', '2', '--seed', 'lane'];

test('one table on the terminal, and the same figures as JSON', async () => {
  const { status, stdout } = await anju(folder, ['evaluate', ...few]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^6 residents, 2 days, seed lane\n/);
  expect(stdout).toMatch(/\nzoneExit +naive +\d+ +\d+/);
  expect(stdout).toMatch(/\n(met|missed) +false exits at most 0\.1 per resident-month: \d/);

  const json = JSON.parse((await anju(folder, ['evaluate', ...few, '--json'])).stdout);
  expect(json).toMatchObject({ residents: 6, days: 2, seed: 'lane', recorded: [] });
  const naive = json.naive.lines.find(({ type }: { type: string }) => type === 'zoneExit');
  expect(stdout).toContain(` ${naive.falsePerResidentMonth.toFixed(3)}\n`);
});

test('recordings alone are scored when nobody lives in the community; what is not there is left out', async () => {
  mkdirSync(join(folder, 'recordings'));
  const none = await anju(folder, ['evaluate', '--residents', '0', '--recordings', join(folder, 'recordings')]);
  expect(none).toMatchObject({ status: 0, stdout: '' });
  const nowhere = await anju(folder, ['evaluate', '--residents', '0', '--recordings', join(folder, 'nowhere')]);
  expect(nowhere).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no folder') });
});

for (const words of [['--residents', 'many'], ['--days', '0'], ['--speed'], ['week']]) {
  test(`anju evaluate ${words.join(' ')} is wrong usage`, async () => {
    expect(await anju(folder, ['evaluate', ...words])).toMatchObject({ status: 2, stdout: '' });
  });
}
